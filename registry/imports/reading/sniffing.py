"""What a file is when it is not what it was given as: said in its own words before anything is parsed."""

from __future__ import annotations

from .cells import ORGANISATION, shown
from .headings import squashed
from .lines import Cells, refused
from .rows import Kind

EXPECTED = {
    "ods": "epraccur.csv",
    "epcn": "ePCN.xlsx",
    "list_sizes": "gp-reg-pat-prac-all.csv or the template for list sizes",
}
BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"PK\x03\x04", "a workbook or another packed file"),
    (b"PK\x05\x06", "an empty packed file"),
)


def not_another(kind: Kind, data: bytes, name: str) -> None:
    """Raises `Refused` where the bytes begin as another sort of file does."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    what = next((what for beginning, what in BEGINNINGS if start.startswith(beginning)), "")
    if start[:1] == b"<":
        what = "a web page or XML, perhaps the message of an error"
    elif start[:1] in (b"{", b"["):
        what = "JSON"
    if kind == "epcn" and what == "a workbook or another packed file":
        return
    if kind == "epcn" and not what:
        what = "no workbook"
    if what:
        raise refused(f"“{shown(name)}” is {what}. Choose {EXPECTED[kind]}.")


def likeness(first: Cells) -> str:
    """A sentence, after a space, on what the first line of a file looks like; empty where it is not known."""
    headings = set(map(squashed, first))
    if {"number of patients", "ods code"} & headings:
        return " It looks like a file of list sizes: import it as that."
    if len(first) == 27 and ORGANISATION.fullmatch(first[0]):
        return " It looks like epraccur.csv: import it as the file of practices."
    if "pcn code" in headings or any(cell.startswith("U") and cell[1:].isdigit() for cell in first):
        return " It looks like a part of ePCN: import the workbook as that."
    return ""
