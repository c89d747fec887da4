"""Damage as a strategy: sound files, and what happens to files or is done to them on purpose."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from registry.imports.reading.rows import Kind
from tests.registry.imports.files import epcn, packed, parts, published, rows

VALUE = re.compile(rb">[^<>]+</")  # what a cell holds, between its tags
NASTY = [
    *(
        b"",
        b"=1+1",
        b'"',
        b'""',
        b",",
        b"\r",
        b"\n",
        b"\x00",
        b"\x1b",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3\x28",
    ),
    *(b"NaN", b"-1", b"1e400", b"99999999", b"20190231", b"00000000", b"30190101", b"31/2/2019", b"U"),
    *(b"A", b"X" * 300, b"E84617", b"U10339", "٣".encode(), "ﬁ".encode(), b"<", b"&a;", b"&#0;", b"</row>"),
    *(b"<!DOCTYPE x>", b"<row/>", b'<c r="ZZZ1"/>', b'<c t="s"><v>-1</v></c>', b'<row r="0"/>', b"_xD800_"),
]
CODECS = ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp500", "utf-8-sig"]
places = st.integers(0, 2**16)
bits = st.sampled_from(NASTY) | st.binary(max_size=3)


@cache
def sound_texts() -> list[tuple[Kind, bytes]]:
    return [
        (kind, b"".join(content.splitlines(keepends=True)[:25]))
        for kind, content in published().values()
        if kind != "epcn"
    ]


@cache
def sound_books() -> list[dict[str, bytes]]:
    """Short ones, so that thousands are read in seconds."""
    short = [
        epcn(shape, rows(f"epcn_{year}_pcns.csv"), rows(f"epcn_{year}_members.csv")[:6])
        for shape, year in (("2019", "2019"), ("2022", "2022"), ("sub ICB", "2022"))
    ]
    return [parts(book) for book in short]


def hurt(content: bytes, how: str, place: int, bit: bytes) -> bytes:
    """One thing done to some bytes; `place` is taken round and round."""
    here = place % (len(content) + 1)
    match how:
        case "cut":
            return content[:here]
        case "flip":
            return content[:here] + bytes([place % 256]) + content[here + 1 :]
        case "insert":
            return content[:here] + bit + content[here:]
        case "lose":
            return content[:here] + content[here + place % 40 :]
        case "recode":
            return content.decode(errors="replace").encode(CODECS[place % len(CODECS)], errors="replace")
    ends = b">" if content.startswith(b"<") else b","
    pieces = content.split(ends)
    piece = place % len(pieces)
    match how:
        case "cell":
            _, closes, tag = pieces[piece].partition(b"</")
            pieces[piece] = bit + closes + tag
        case "drop":
            del pieces[piece]
        case "twice":
            pieces.insert(piece, pieces[piece])
    return ends.join(pieces)


WAYS = ["cut", "flip", "insert", "lose", "recode", "drop", "twice", *["cell"] * 5]
wounds = st.lists(st.tuples(st.sampled_from(WAYS), places, bits), min_size=1, max_size=3)


@st.composite
def damaged_texts(draw: st.DrawFn) -> tuple[Kind, bytes]:
    """A CSV file, damaged, under its own kind or now and then another."""
    kind, content = draw(st.sampled_from(sound_texts()))
    for wound in draw(wounds):
        content = hurt(content, *wound)
    return draw(st.sampled_from([kind, kind, kind, "ods", "list_sizes", "epcn"])), content


@st.composite
def damaged_books(draw: st.DrawFn) -> tuple[Kind, bytes]:
    """A workbook damaged in its parts, in its packing, or by the loss of a part."""
    held = dict(draw(st.sampled_from(sound_books())))
    where = draw(st.sampled_from(["cell", "cell", "cell", "part", "part", "packing", "loss"]))
    read = sorted(name for name in held if "work" in name or name.endswith("sharedStrings.xml"))
    name = draw(st.sampled_from(read))
    if where == "loss":
        del held[name]
    elif where == "cell":
        values = list(VALUE.finditer(held[name]))
        for _, place, bit in draw(wounds) if values else ():
            value = values[place % len(values)]
            told = escape(bit.decode(errors="replace")).encode()
            held[name] = held[name].replace(value[0], b">" + told + b"</", 1)
    elif where == "part":
        for wound in draw(wounds):
            held[name] = hurt(held[name], *wound)
    content = packed(held, zipfile.ZIP_STORED)
    if where == "packing":
        for how, place, bit in draw(wounds):
            content = hurt(content, how if how in WAYS[:4] else "flip", place - 2**15, bit)
    return "epcn", content
