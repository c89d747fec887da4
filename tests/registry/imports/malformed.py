"""Files that are refused whole: cut, empty, another file, mis-encoded, hostile, or saying what cannot be."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache

from registry.imports.reading.rows import Kind
from tests.registry.imports.files import epcn, extract, packed, parts, rows

SHEET = "xl/worksheets/sheet2.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
ODS = extract("epraccur.csv")
NHS = extract("gp-reg-pat-prac-all_2021-01.csv")
TEMPLATE = extract("list_sizes.csv")
BOOK = epcn("2022")
PRACTICE = next(line for line in ODS.split(b"\r\n") if b'"GP DIRECT"' in line)


@dataclass(frozen=True, slots=True)
class Malformed:
    """A file that is refused; `sentence` is a pattern of what its user is told."""

    title: str
    kind: Kind
    content: bytes
    sentence: str

    @property
    def name(self) -> str:
        return "file.xlsx" if self.kind == "epcn" else "file.csv"


def ods(old: bytes, new: bytes) -> bytes:
    """epraccur with one cell changed."""
    assert old in PRACTICE
    return ODS.replace(PRACTICE, PRACTICE.replace(old, new, 1))


def sizes(old: bytes, new: bytes) -> bytes:
    assert old in NHS
    return NHS.replace(old, new, 1)


def book(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """ePCN with something changed in one of its parts."""
    held = parts(BOOK)
    assert old in held[part]
    return packed(held | {part: held[part].replace(old, new, 1)})


def member(column: int, value: str) -> bytes:
    members = rows("epcn_2022_members.csv")
    members[5][column] = value
    return epcn("2022", members=members)


def with_password() -> bytes:
    """The mark of encryption set in both places where a zip file keeps it."""
    content = bytearray(BOOK)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(signature)
        while found != -1:
            content[found + place] |= 1
            found = content.find(signature, found + 1)
    return bytes(content)


def archive_of(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({name: content}, method)


def packed_strangely() -> bytes:
    """The workbook packed by a method that Excel does not know."""
    return packed(parts(BOOK), zipfile.ZIP_LZMA)


def part_twice() -> bytes:
    held = parts(BOOK)
    return packed(held | {"xl/workbook.xmk": held["xl/workbook.xml"]}).replace(b".xmk", b".xml")


def lines(*rows_of: str) -> bytes:
    return "".join(f"{row}\n" for row in ("ods_code,as_at,kind,patients,source", *rows_of)).encode()


def figure(written: str) -> bytes:
    return lines(f"E84617,2019-01-01,registered,{written},NHS")


def damaged_in_the_middle() -> bytes:
    middle = BOOK.index(b"xl/worksheets/sheet2.xml") + 400
    return BOOK[:middle] + b"\x00" * 40 + BOOK[middle + 40 :]


def csv_files() -> list[Malformed]:
    ends = r"quotes do not pair|cut short|no end"
    return [
        Malformed("empty", "ods", b"", "file is empty"),
        Malformed("only blanks", "list_sizes", b" \r\n\r\n", "file is empty"),
        Malformed("only commas", "ods", b"," * 26 + b"\r\n", "first line holds 0 values"),
        Malformed("only a heading", "list_sizes", NHS.splitlines(keepends=True)[0], "holds no rows"),
        Malformed("cut in a quoted cell", "ods", ODS[: len(ODS) - 60], ends),
        Malformed("cut between cells", "ods", ODS[: ODS.rindex(b'","') + 2], ends),
        Malformed("cut inside a figure", "list_sizes", NHS[:-3], "no end"),
        Malformed("last line short", "list_sizes", NHS[: NHS.rindex(b",")] + b"\r\n", "cut short"),
        Malformed("quote left open", "ods", ods(b'DIRECT"', b"DIRECT"), ends),
        Malformed("cell over two lines", "ods", ods(b"DIRECT", b"\r\nDIRECT"), "over several lines"),
        Malformed("fewer columns", "ods", b'"E84058","GP DIRECT","Y56"\r\n' * 9, "holds 3 values"),
        Malformed("list sizes as practices", "ods", NHS, "looks like a file of list sizes"),
        Malformed("practices as list sizes", "list_sizes", ODS, "looks like epraccur"),
        Malformed("PCNs as practices", "ods", extract("epcn_2022_pcns.csv"), "looks like a part of ePCN"),
        Malformed("workbook as practices", "ods", BOOK, "is a workbook or another packed file"),
        Malformed("PDF", "list_sizes", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF document"),
        Malformed("message of an error", "ods", b"<!DOCTYPE html><h1>503</h1>\n", "is a web page or XML"),
        Malformed("JSON", "list_sizes", b'{"status": 404}\n', "is JSON"),
        Malformed("semicolons", "list_sizes", NHS.replace(b",", b";"), "has no column"),
        Malformed("UTF-16", "ods", ODS.decode().encode("utf-16"), "not encoded as UTF-8"),
        Malformed("UTF-16 without a mark", "ods", ODS.decode().encode("utf-16-le"), "not encoded as UTF-8"),
        Malformed("NUL byte", "list_sizes", sizes(b"E84617", b"E84\x0017"), "not encoded as UTF-8"),
        Malformed("no letter of any alphabet", "ods", ods(b"DIRECT", b"DIR\x81\x8d"), "unknown encoding"),
        Malformed("control character", "ods", ods(b"DIRECT", b"\x1b[31mDIRECT"), "cannot be printed"),
        Malformed("turned letters", "ods", ods(b"DIRECT", "\u202eTCERID".encode()), "cannot be printed"),
        Malformed("letters lost before", "ods", ods(b"DIRECT", "DR M\ufffdLLER".encode()), "cannot be print"),
        Malformed("10,000 columns", "list_sizes", b"CODE," * 10_000 + b"X\n", "has 10,001 columns"),
        Malformed("long cell", "ods", ods(b"DIRECT", b"DIRECT " * 40), "longer than 200 characters"),
        Malformed("enormous cell", "ods", ods(b"DIRECT", b"X" * 200_000), "far too long"),
        Malformed("formula", "ods", ods(b"GP DIRECT", b'=HYPERLINK(""x"")'), "Line 14 holds a formula"),
        Malformed("formula in an address", "ods", ods(b"3-7 WELBECK", b"=1+1"), "Line 14 holds a formula"),
        Malformed("garbled letters", "ods", ods(b"DIRECT", "MÃ¼LLER".encode()), "garbled when"),
        Malformed("two alphabets", "ods", ods(b"DIRECT", "É".encode() + b"\xc9"), "unknown encoding"),
        Malformed("false mark", "ods", b"\xef\xbb\xbf" + ods(b"DIRECT", b"CAF\xc9"), "unknown encoding"),
        Malformed("file twice", "ods", ODS + ODS, "85 of 170 rows cannot be read"),
        Malformed("unknown status", "ods", ods(b'"A","B"', b'"X","B"'), "no status that"),
        Malformed("unknown setting", "ods", ods(b'"4",""', b'"77",""'), "no prescribing setting that"),
        Malformed("unknown type", "list_sizes", sizes(b",GP,", b",CCG,"), "It should be GP"),
        Malformed("unknown sex", "list_sizes", sizes(b"ALL,ALL", b"SOME,ALL"), "It should be ALL, MALE"),
        Malformed("unknown age", "list_sizes", sizes(b"ALL,ALL", b"ALL,OLD"), "number of years"),
        Malformed("unknown kind", "list_sizes", figure("1").replace(b"registered", b"about"), "one of adj"),
        Malformed("year 3019", "ods", ods(b"19740401", b"30190401"), "not between 1900 and 2100"),
        Malformed("year 1066", "list_sizes", NHS.replace(b"01JAN2021", b"14Oct1066"), "not between 1900"),
        Malformed("two days", "list_sizes", sizes(b"01JAN2021", b"01FEB2021"), "speaks of two days"),
        Malformed("contradiction", "ods", ODS + PRACTICE.replace(b"GP ", b"") + b"\r\n", "contradict"),
        Malformed("heading twice", "list_sizes", sizes(b"PUBLICATION", b"CODE"), "stands over two columns"),
        Malformed("heading missing", "list_sizes", sizes(b"NUMBER_OF", b"SHARE_OF"), "NUMBER_OF_PATIENTS"),
        Malformed("nothing but bad rows", "list_sizes", lines("x,y,registered,z,w"), "1 of 1 rows"),
        Malformed("negative", "list_sizes", figure("-5"), "no number of patients"),
        Malformed("not a number", "list_sizes", figure("NaN"), "no number of patients"),
        Malformed("infinity", "list_sizes", figure("-Infinity"), "no number of patients"),
        Malformed("1e400", "list_sizes", figure("1e400"), "no number of patients"),
        Malformed("a thousand figures", "list_sizes", figure("9" * 190), "no number of patients"),
        Malformed("more than there are", "list_sizes", figure("10000001"), "more than 10,000,000"),
    ]


def workbooks() -> list[Malformed]:
    bad = r"damaged or cut short|damaged after line"
    zeros = parts(BOOK) | {"xl/media/image1.bin": b"\0" * 40_000_000}
    wide = b'<row r="2">' + b'<c r="A2"><v>1</v></c>' + b'<c t="str"><v>x</v></c>' * 10_000 + b"</row>"
    many = {f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(3, 600)}
    deep = b"<sheetData>" + b"<row>" * 5000
    return [
        Malformed("empty workbook", "epcn", b"", "file is empty"),
        Malformed("csv as workbook", "epcn", ODS, "is no workbook"),
        Malformed("cut workbook", "epcn", BOOK[: len(BOOK) // 2], bad),
        Malformed("cut before the end", "epcn", BOOK[:-30], bad),
        Malformed("damaged workbook", "epcn", damaged_in_the_middle(), bad),
        Malformed("old Excel file", "epcn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
        Malformed("archive of a workbook", "epcn", archive_of("ePCN.xlsx", BOOK), "without a workbook in it"),
        Malformed("empty archive", "epcn", packed({}), "is an empty packed file"),
        Malformed("password", "epcn", with_password(), "protected by a password"),
        Malformed("strange packing", "epcn", packed_strangely(), "does not use"),
        Malformed("part twice", "epcn", part_twice(), "holds a part twice"),
        Malformed("many parts", "epcn", packed(parts(BOOK) | many), "unpacks to far more"),
        Malformed("zip bomb", "epcn", packed(zeros), "unpacks to far more"),
        Malformed("entities", "epcn", book(b"<worksheet", BOMB + b"<worksheet"), "that no workbook needs"),
        Malformed(
            "outside entity", "epcn", book(b"<worksheet", OUTSIDE + b"<worksheet"), "no workbook needs"
        ),
        Malformed(
            "entities aside", "epcn", packed(parts(BOOK) | {"a.xml": BOMB + b"<x/>"}), "no workbook need"
        ),
        Malformed("no XML", "epcn", packed(parts(BOOK) | {SHEET: b"\xff\xfe\x00 no XML"}), bad),
        Malformed("XML cut", "epcn", packed(parts(BOOK) | {SHEET: parts(BOOK)[SHEET][:9000]}), bad),
        Malformed("XML left open", "epcn", book(b"<sheetData>", deep), bad),
        Malformed(
            "unknown encoding",
            "epcn",
            book(b"<worksheet", b'<?xml version="1.0" encoding="x"?><worksheet'),
            bad,
        ),
        Malformed("sheet missing", "epcn", packed({k: v for k, v in parts(BOOK).items() if k != SHEET}), bad),
        Malformed(
            "rows missing", "epcn", book(b"<sheetData>", b'<dimension ref="A1:K9000"/><sheetData>'), "9,000"
        ),
        Malformed("rows out of order", "epcn", book(b'<row r="9">', b'<row r="3">'), "stand in no order"),
        Malformed("cell twice", "epcn", book(b'r="B9"', b'r="A9"'), "holds a cell twice"),
        Malformed(
            "10,000 columns of a sheet", "epcn", book(b'<row r="2">', wide + b'<row r="3">'), "200 columns"
        ),
        Malformed("formula for a code", "epcn", member(4, '="U"&10339'), "It is a formula"),
        Malformed("formula for a day", "epcn", member(7, "=TODAY()"), "It is a formula"),
        Malformed("error for a code", "epcn", member(0, "#REF!"), "It is a formula"),
        Malformed("long cell of a sheet", "epcn", member(1, "X" * 201), "longer than 200 characters"),
        Malformed("year 0201", "epcn", member(7, "02011001"), "not between 1900 and 2100"),
        Malformed("control letters", "epcn", member(1, "GP_x001B_[31m"), "cannot be printed"),
        Malformed("no PCNs", "epcn", epcn("2022", pcns=[]), "“PCN Details” holds no rows"),
        Malformed("no members", "epcn", epcn("2022", members=[]), "“PCN Core Partner Details” holds no rows"),
        Malformed("other workbook", "epcn", book(b"PCNDetails", b"Budget", "xl/workbook.xml"), "no sheet"),
    ]


@cache
def malformed_files() -> list[Malformed]:
    return [*csv_files(), *workbooks()]
