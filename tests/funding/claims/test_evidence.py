"""Evidence may be a spreadsheet: what its name says, without macros, and without a cell that runs."""

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from funding.workflow.claims import ALLOWED, EVIDENCE
from pcnportal.pages.spreadsheets import KINDS
from pcnportal.pages.uploads import media_type_of
from pcnportal.refusals import Refused
from registry.models import PCN
from tests.claims import refused
from tests.funding.claims.acting import PDF, baseline, claim, fill
from tests.harrow import Harrow
from tests.reading import signed_in

pytestmark = pytest.mark.usefixtures("autumn")


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


def workbook(types: str = "", **parts: str) -> bytes:
    """As a spreadsheet program writes it, with what is added to its content types and its parts."""
    made, held, changed = Workbook(), io.BytesIO(), io.BytesIO()
    made.active.append(["Pharmacist", 4000])
    made.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("</Types>", f"{types}</Types>"))
        for name, text in parts.items():
            new.writestr(name, text)
    return changed.getvalue()


def opendocument(kind: str = KINDS[".ods"], **parts: str) -> bytes:
    return zipped(mimetype=kind, **{"content.xml": "<office:document-content/>"} | parts)


PAYROLL = "Post,Month,Cost\r\nPharmacist,July 2019,£4000.00\r\nCorrection,July 2019,-£12.50\r\n-,,+3\r\n"
GOOD = {
    "payroll.xlsx": workbook(),
    "PAYROLL.XLSX": workbook(),
    "payroll.ods": opendocument(),
    "payroll.csv": PAYROLL.encode(),
    "from excel.csv": PAYROLL.encode("cp1252"),
    "marked.csv": PAYROLL.encode("utf-8-sig"),
    "parted.csv": "Post;Cost\r\nPharmacist;-£12,50\r\n".encode(),
}
MACRO = '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled"/>'
OLD_MACRO = '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
WRONG = {
    "macros": ("payroll.xlsx", workbook(MACRO)),
    "macros of the old kind": ("payroll.xlsx", workbook(OLD_MACRO)),
    "a form": ("payroll.xlsx", PDF),
    "an archive": ("payroll.xlsx", zipped(run="MZ")),
    "a broken workbook": ("payroll.xlsx", workbook()[:200]),
    "macros in a script": ("payroll.ods", opendocument(**{"Basic/Standard/Module1.xml": "Sub Main"})),
    "a text document": ("payroll.ods", opendocument("application/vnd.oasis.opendocument.text")),
    "a workbook of another kind": ("payroll.ods", workbook()),
    "a page": ("payroll.csv", b"<html><script>alert(1)</script></html>"),
    "a form called rows": ("payroll.csv", PDF),
    "a program": ("payroll.csv", b"MZ\x90\x00\x03\x00"),
}
COMMANDS = {
    "a formula": ("payroll.csv", b"Post,Cost\nPharmacist,=1+1\n"),
    "a command": ("payroll.csv", b"Post,Cost\nPharmacist,\"+cmd|' /C calc'!A0\"\n"),
    "a call": ("payroll.csv", b"Post,Cost\nPharmacist,-SUM(A1)\n"),
    "a call of the old kind": ("payroll.csv", b"Post,Cost\nPharmacist,@SUM(A1)\n"),
    "a command between semicolons": ("payroll.csv", b"a;=cmd|' /C calc'!A0\n"),
    "a call between tabs": ("payroll.csv", b"a\t@SUM(A1)\n"),
}


def kind(name: str, content: bytes) -> str:
    return media_type_of(name, io.BytesIO(content), EVIDENCE, ALLOWED)


@pytest.mark.parametrize("name", GOOD)
def test_a_spreadsheet_is_taken(name: str):
    assert kind(name, GOOD[name]) == KINDS[f".{name.lower().rpartition('.')[2]}"]


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_what_its_name_says_is_refused(what: str):
    with pytest.raises(Refused, match="The file's content is not what its name says"):
        kind(*WRONG[what])


@pytest.mark.parametrize("what", COMMANDS)
def test_a_cell_that_would_run_is_refused_for_that(what: str):
    with pytest.raises(Refused, match="A cell of the file holds a formula or a command"):
        kind(*COMMANDS[what])


@pytest.mark.parametrize("name", ["payroll.xlsm", "payroll.xls", "payroll.xlsb", "area.geojson", "page.html"])
def test_any_other_kind_of_file_is_refused_by_its_name(name: str):
    with pytest.raises(Refused, match="spreadsheet without macros and commands"):
        kind(name, workbook())


def test_a_registration_takes_none():
    with pytest.raises(Refused, match="Choose a PDF, Word document"):
        media_type_of("form.xlsx", io.BytesIO(workbook()))


@given(st.binary(max_size=300), st.sampled_from(["f.xlsx", "f.ods", "f.csv"]))
def test_no_content_upsets_the_check(content: bytes, name: str):
    for made in (content, workbook()[: len(content)] + content, PAYROLL.encode() + content):
        with suppress(Refused):
            kind(name, made)


def test_a_claim_keeps_its_spreadsheet_as_it_came(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    with refused("A cell of the file holds a formula or a command.", "file"):
        claim(harrow, post, upload=ContentFile(COMMANDS["a formula"][1], "payroll.csv"))
    made = claim(harrow, post, upload=ContentFile(GOOD["payroll.xlsx"], "payroll.xlsx"))
    response: Any = signed_in(harrow.user("finance")).get(f"/funding/claims/{made.pk}/evidence/")
    assert response["Content-Type"] == KINDS[".xlsx"]
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content) == GOOD["payroll.xlsx"]
