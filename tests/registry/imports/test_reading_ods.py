"""epraccur: who is in it, in what state, and which rows cannot be taken."""

from datetime import date
from io import BytesIO

import pytest

from pcnportal.refusals import Refused
from registry.imports.reading import read
from tests.registry.imports.files import extract, told

FILE = extract("epraccur.csv")
LINES = FILE.split(b"\r\n")
GP_DIRECT = next(line for line in LINES if b'"GP DIRECT"' in line)


def read_ods(content: bytes = FILE):
    return told("ods", content)


def changed(old: bytes, new: bytes) -> bytes:
    assert old in FILE
    return FILE.replace(old, new, 1)


def of(found, code: str):
    return next(row for row in found.practices if row.code == code)


def test_every_organisation_of_the_file_is_read():
    found = read_ods()
    assert len(found.practices) == 85
    assert found.rejected == []
    assert (found.kind, found.size, found.stated_on) == ("ods", len(FILE), None)
    assert len(found.sha256) == 64


def test_a_practice_is_read_with_its_dates_and_commissioner():
    merged = of(read_ods(), "E84064")
    assert (merged.name, merged.postcode) == ("CHARLTON ROAD MEDICAL CENTRE", "HA3 9HT")
    assert (merged.opened_on, merged.closed_on) == (date(1974, 4, 1), date(2016, 8, 31))
    assert (merged.status, merged.setting, merged.commissioner) == ("C", 4, "08E")
    assert (merged.joined_on, merged.left_on) == (date(2013, 4, 1), date(2016, 8, 31))


@pytest.mark.parametrize(("code", "status"), [("Y01285", "D"), ("Y06505", "P"), ("E84617", "A")])
def test_a_dormant_and_a_proposed_one_are_told_from_an_active_one(code, status):
    assert of(read_ods(), code).status == status


def test_the_islands_have_codes_of_their_own_and_may_have_no_commissioner_or_postcode():
    alderney = of(read_ods(), "ALD700")
    assert (alderney.commissioner, alderney.postcode, alderney.joined_on) == ("", "", None)


@pytest.mark.parametrize(("word", "status"), [("ACTIVE", "A"), ("Inactive", "C"), ("DORMANT", "D")])
def test_a_status_may_be_spelled_out(word, status):
    line = GP_DIRECT.replace(b'"A","B"', f'"{word}","B"'.encode())
    assert of(read_ods(FILE.replace(GP_DIRECT, line)), "E84058").status == status


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + FILE,
        FILE.replace(b"\r\n", b"\n"),
        FILE.replace(b'"A"', b"A"),
        FILE + b"\r\n\r\n",
    ],
    ids=["byte order mark", "LF", "no quotes round the status", "blank lines at the end"],
)
def test_how_the_file_was_saved_makes_no_difference(content):
    assert read_ods(content).practices == read_ods().practices


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_with_accents_are_read_in_either_alphabet(encoding):
    content = FILE.decode().replace("GP DIRECT", "DR MÜLLER’S PRACTICE").encode(encoding)
    assert of(read_ods(content), "E84058").name == "DR MÜLLER’S PRACTICE"


def headed(*headings: str) -> bytes:
    return ",".join(headings).encode() + b"\r\n" + FILE


HEADER = [
    *("Organisation Code", "Name", "National Grouping", "High Level Health Geography"),
    *(f"Address Line {line}" for line in range(1, 6)),
    *("Postcode", "Open Date", "Close Date", "Status Code", "Organisation Sub-Type Code", "Commissioner"),
    *("Join Provider/Purchaser Date", "Left Provider/Purchaser Date", "Contact Telephone Number"),
    *("Null", "Null", "Null", "Amended Record Indicator", "Null", "Provider/Purchaser", "Null"),
    *("Prescribing Setting", "Null"),
]


def test_a_header_row_is_read_as_one():
    assert [row.code for row in read_ods(headed(*HEADER)).practices] == [
        row.code for row in read_ods().practices
    ]


def test_an_unknown_heading_is_no_hindrance_where_the_values_fit():
    strange = [heading.replace("Open Date", "Start") for heading in HEADER]
    assert of(read_ods(headed(*strange)), "E84058").opened_on == date(1974, 4, 1)


def test_an_unknown_heading_over_other_values_refuses_the_file():
    strange = [heading.replace("Open Date", "Telephone") for heading in HEADER]
    content = headed(*strange).replace(b'"19740401"', b'"020 85159300"')
    with pytest.raises(Refused, match="no column “Open Date”"):
        read_ods(content)


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        (b'"E84058"', b'"E8405"', "Organisation Code", "It is not the code of a practice"),
        (b'"GP DIRECT"', b'" "', "Name", "It is empty."),
        (b'"19740401"', b'"20190231"', "Open Date", "It is not a date."),
        (b'"A","B"', b'"","B"', "Status Code", "It is empty."),
        (b'"",""', b'""', "Columns", "The line should have 27."),
        (b'"08E"', b'"NHS HARROW"', "Commissioner", "It is not the code of a commissioner."),
    ],
)
def test_a_row_that_cannot_be_taken_is_rejected_with_its_reason(old, new, column, reason):
    line = GP_DIRECT.replace(old, new, 1)
    found = read_ods(FILE.replace(GP_DIRECT, line))
    assert len(found.practices) == 84
    (rejected,) = found.rejected
    assert (rejected.line, rejected.column) == (LINES.index(GP_DIRECT) + 1, column)
    assert rejected.reason.startswith(reason)


def test_a_practice_that_closed_before_it_opened_is_rejected():
    (rejected,) = read_ods(changed(b'"19740401","20160831"', b'"20190401","20160831"')).rejected
    assert (rejected.column, rejected.value) == ("Close Date", "20160831")
    assert rejected.reason == "It is before the start, 20190401."


def test_the_same_row_twice_is_read_once():
    found = read_ods(FILE + GP_DIRECT + b"\r\n")
    assert len(found.practices) == 85
    assert [rejected.line for rejected in found.rejected] == [86]


def test_progress_is_told_to_the_end():
    told_of: list[tuple[int, int]] = []
    read("ods", BytesIO(FILE), "epraccur.csv", progress=lambda done, total: told_of.append((done, total)))
    assert told_of[-1] == (85, 85)


def test_a_last_line_that_closes_its_quotes_is_whole_without_a_line_end():
    assert read_ods(FILE.rstrip()).practices == read_ods().practices
