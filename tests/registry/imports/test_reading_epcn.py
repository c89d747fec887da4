"""ePCN in its three shapes: PCNs, and memberships that stand, have ended, or begin later."""

from datetime import date

import pytest

from pcnportal.refusals import Refused
from tests.registry.imports.files import Row, epcn, packed, parts, published, rows, told

OF_2019 = rows("epcn_2019_members.csv")
OF_2022 = rows("epcn_2022_members.csv")
PCNS = rows("epcn_2022_pcns.csv")


def read_epcn(content: bytes):
    return told("epcn", content)


def with_members(*added: Row):
    return read_epcn(epcn("2022", members=[*OF_2022, *added]))


def memberships(found, practice: str):
    return [(row.pcn, row.starts_on, row.ends_on) for row in found.members if row.practice == practice]


def test_the_shape_of_2019_is_read():
    found = read_epcn(published()["ePCN 2019"][1])
    assert (len(found.pcns), len(found.members), found.rejected) == (9, 75, [])
    sphere = next(pcn for pcn in found.pcns if pcn.code == "U89806")
    assert (sphere.name, sphere.postcode, sphere.opened_on) == ("SPHERE PCN", "HA3 9BP", date(2019, 10, 1))
    assert (sphere.commissioner, sphere.commissioner_name) == ("08E", "NHS HARROW CCG")
    assert found.stated_on is None


@pytest.mark.parametrize("shape", ["ePCN 2022", "ePCN of sub ICBs"])
def test_later_shapes_are_read_alike(shape):
    found = read_epcn(published()[shape][1])
    assert (len(found.pcns), len(found.members), found.rejected) == (13, 79, [])
    collaborative = next(row for row in found.members if row.practice == "E84005")
    assert (collaborative.practice_name, collaborative.pcn) == ("KINGS ROAD SURGERY", "U10339")
    assert (collaborative.practice_commissioner, collaborative.practice_commissioner_name) == (
        "W2U3Z",
        "NHS NORTH WEST LONDON CCG",
    )


def test_a_membership_that_ended_and_one_that_begins_later_are_kept():
    assert memberships(read_epcn(epcn()), "B81631") == [
        ("U76753", date(2022, 4, 1), None),
        ("U65725", date(2019, 10, 1), date(2022, 3, 31)),
    ]


def test_a_membership_of_one_day_is_kept():
    assert ("U96870", date(2019, 10, 1), date(2019, 10, 1)) in memberships(read_epcn(epcn()), "N81007")


def test_two_open_memberships_of_a_practice_are_both_kept():
    second = ["E84005", "KINGS ROAD SURGERY", "W2U3Z", "", "U51050", "W2U3Z", "", "20201001", ""]
    found = with_members(second)
    assert memberships(found, "E84005") == [
        ("U10339", date(2019, 10, 1), None),
        ("U51050", date(2020, 10, 1), None),
    ]
    assert found.rejected == []


def test_the_derived_columns_are_never_read():
    """The formulas of 2019 may say anything: the PCN's name comes from the PCN's own row."""
    content = epcn("2019")
    held = parts(content)
    sheet = held["xl/worksheets/sheet2.xml"]
    assert b"VLOOKUP" in sheet
    held["xl/worksheets/sheet2.xml"] = sheet.replace(b"VLOOKUP", b"HYPERLINK")
    assert read_epcn(packed(held)).members == read_epcn(content).members


@pytest.mark.parametrize("column", [0, 1, 2, 3, 4, 11])
def test_a_formula_where_a_fact_of_a_pcn_is_read_refuses_the_file(column):
    pcns = [list(row) for row in PCNS]
    pcns[3][column] = '="U"&12345'
    with pytest.raises(Refused, match=r"^Line 5, PCN Details: .*“=.*formula"):
        read_epcn(epcn("2022", pcns=pcns))


@pytest.mark.parametrize("column", [0, 4, 7, 8])
def test_a_formula_where_a_fact_of_a_membership_is_read_refuses_the_file(column):
    members = [list(row) for row in OF_2022]
    members[2][column] = "=A1"
    with pytest.raises(Refused, match=r"^Line 4, PCN Core Partner Details: .*formula"):
        read_epcn(epcn("2022", members=members))


def test_unallocated_is_no_pcn():
    found = with_members(["E84617", "THE CIVIC MEDICAL CENTRE", "W2U3Z", "", "U", "", "", "20210401", ""])
    assert [row.pcn for row in found.members if row.practice == "E84617" and row.pcn == "U"] == []
    assert found.rejected == []


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (["X123", "", "", "", "U10339", "", "", "20210401", ""], "Code", "It is not the code of a practice."),
        (["E84005", "", "", "", "U99999", "", "", "20210401", ""], "PCN Code", "gives no such PCN."),
        (["E84005", "", "", "", "U10339", "", "", "20210231", ""], "Start Date", "It is not a date."),
        (["E84005", "", "", "", "U10339", "", "", "", "20210401"], "Start Date", "It is empty."),
        (["E84005", "", "", "", "U10339", "", "", "20210401", "20200401"], "End Date", "before the start"),
    ],
)
def test_a_membership_that_cannot_be_taken_is_rejected_with_its_reason(row, column, reason):
    found = with_members(row)
    assert len(found.members) == 79
    (rejected,) = found.rejected
    assert rejected.line == 81
    assert rejected.column.startswith("PCN Core Partner Details: ")
    assert column in rejected.column
    assert reason in rejected.reason


def test_a_membership_stated_twice_is_read_once():
    found = with_members(OF_2022[0])
    assert len(found.members) == 79
    assert found.rejected[0].reason == "It repeats line 2."


def test_a_membership_stated_twice_with_two_ends_refuses_the_file():
    with pytest.raises(Refused, match="contradict each other"):
        with_members([*OF_2022[0][:8], "20230331"])


def test_a_pcn_that_closed_and_opened_again_is_read_as_it_stands():
    again = [*PCNS[0][:4], "20220501", "", *PCNS[0][6:]]
    found = read_epcn(epcn("2022", pcns=[*PCNS, again]))
    bevan = [pcn for pcn in found.pcns if pcn.code == "U65725"]
    assert [(pcn.opened_on, pcn.closed_on) for pcn in bevan] == [(date(2022, 5, 1), None)]
    assert [(rejected.line, rejected.value) for rejected in found.rejected] == [(2, "U65725")]


def test_one_code_of_two_pcns_refuses_the_file():
    other = next(row for row in PCNS if row[0] == "U10339")
    with pytest.raises(Refused, match="U10339"):
        read_epcn(epcn("2022", pcns=[*PCNS, [other[0], "ANOTHER PCN", *other[2:]]]))


def test_a_date_may_be_a_date_of_excel():
    pcns = [list(row) for row in PCNS]
    pcns[2][4] = "43739"
    found = read_epcn(epcn("2022", pcns=pcns))
    assert next(pcn for pcn in found.pcns if pcn.code == pcns[2][0]).opened_on == date(2019, 10, 1)


def retitled(old: bytes, new: bytes) -> bytes:
    held = parts(epcn())
    assert old in b"".join(held.values())
    return packed({name: part.replace(old, new) for name, part in held.items()})


def test_an_unknown_heading_is_no_hindrance_where_the_values_fit():
    found = read_epcn(retitled(b"Relationship\nStart Date", b"Beginning"))
    assert len(found.members) == 79


def test_a_missing_column_refuses_the_file():
    members = [[*row[:4], "", *row[5:]] for row in OF_2022]
    content = epcn("2022", members=members)
    held = parts(content)
    held = {name: part.replace(b"PCN Code", b"Remarks") for name, part in held.items()}
    with pytest.raises(Refused, match=r"no column “PCN Code”"):
        read_epcn(packed(held))


def test_a_missing_sheet_refuses_the_file_and_names_those_it_has():
    with pytest.raises(Refused, match=r"no sheet “PCN Details”.*“Networks”, “PCN Core Partner Details”"):
        read_epcn(retitled(b'name="PCNDetails"', b'name="Networks"'))
