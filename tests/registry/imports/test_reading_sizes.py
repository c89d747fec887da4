"""List sizes: the NHS's quarterly file in its spellings, and the plain template."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal.refusals import Refused
from tests.registry.imports.files import extract, published, told

NHS = extract("gp-reg-pat-prac-all_2021-01.csv")
TEMPLATE = extract("list_sizes.csv")


def read_sizes(content: bytes):
    return told("list_sizes", content)


def of(found, code: str):
    return next(row for row in found.sizes if row.code == code)


@pytest.mark.parametrize(
    ("shape", "day", "commissioner"),
    [
        ("list sizes January", date(2021, 1, 1), "08E"),
        ("list sizes June", date(2021, 6, 1), "W2U3Z"),
        ("list sizes of sub ICBs", date(2021, 1, 1), "08E"),
    ],
)
def test_each_quarter_is_read_with_its_day_and_commissioner(shape, day, commissioner):
    found = read_sizes(published()[shape][1])
    assert (len(found.sizes), found.rejected, found.stated_on) == (74, [], day)
    civic = of(found, "E84617")
    assert (civic.as_at, civic.kind, civic.commissioner, civic.source) == (
        day,
        "registered",
        commissioner,
        "",
    )


def test_a_list_size_is_read():
    assert of(read_sizes(NHS), "E84617").patients == Decimal(5390)


def test_an_iso_date_is_read():
    assert read_sizes(NHS.replace(b"01JAN2021", b"2021-01-01")).sizes == read_sizes(NHS).sizes


def test_only_the_rows_of_all_ages_and_both_sexes_are_read():
    part = NHS.splitlines(keepends=True)[1]
    others = [part.replace(b"ALL,ALL", pair) for pair in (b"MALE,ALL", b"FEMALE,ALL", b"ALL,95+")]
    found = read_sizes(NHS + b"".join(others))
    assert (len(found.sizes), found.rejected) == (74, [])


def test_the_template_is_read_with_each_rows_own_day_kind_and_source():
    found = read_sizes(TEMPLATE)
    weighted, registered = of(found, "E84617"), of(found, "F82031")
    assert (weighted.kind, weighted.patients, weighted.as_at) == (
        "weighted",
        Decimal("3697.03"),
        date(2019, 3, 31),
    )
    assert (registered.kind, registered.patients, registered.as_at) == (
        "registered",
        Decimal(4838),
        date(2019, 1, 1),
    )
    assert registered.source == "Havering PCN registrations, May 2019"
    assert of(found, "F82675").as_at == date(2019, 1, 1)
    assert found.stated_on == date(2019, 3, 31)


def test_the_templates_columns_may_stand_in_any_order_and_case():
    content = b"Source,Patients,KIND,As_at,ODS_Code\nCQRS,35000.5,Adjusted,2019-07-01,U89806\n"
    (row,) = read_sizes(content).sizes
    assert (row.code, row.kind, row.patients, row.source) == (
        "U89806",
        "adjusted",
        Decimal("35000.50"),
        "CQRS",
    )


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (b"E8461,2019-03-31,weighted,1,NHS", "ods_code", "It is not the code of a practice"),
        (b"E84617,31 March,weighted,1,NHS", "as_at", "It is not a date."),
        (b"E84617,,weighted,1,NHS", "as_at", "It is empty."),
        (b"E84617,2020-03-31,,1,NHS", "kind", "It is empty."),
        (b"E84617,2020-03-31,weighted,about 70,NHS", "patients", "It is not a number."),
        (b'E84617,2020-03-31,weighted,"1,23",NHS', "patients", "It is not a number."),
        (b"E84617,2020-03-31,weighted,,NHS", "patients", "It is empty."),
        (b"E84617,2020-03-31,weighted,1,", "source", "It is empty."),
        (b"E84617,2020-03-31,weighted,1,234,NHS", "Columns", "The line should have 5, as the heading."),
    ],
)
def test_a_row_that_cannot_be_taken_is_rejected_with_its_reason(row, column, reason):
    found = read_sizes(TEMPLATE + row + b"\n")
    (rejected,) = found.rejected
    assert (len(found.sizes), rejected.line, rejected.column) == (8, 10, column)
    assert rejected.reason.startswith(reason)


def test_half_a_patient_in_the_nhs_file_is_rejected():
    (rejected,) = read_sizes(NHS.replace(b",5390\r\n", b",5390.5\r\n")).rejected
    assert rejected.reason == "It is not a whole number."


def test_a_few_rejected_rows_do_not_refuse_the_file_and_many_do():
    bad = b"E8461,2019-03-31,weighted,1,NHS\n"
    assert len(read_sizes(TEMPLATE + bad * 5).rejected) == 5
    with pytest.raises(
        Refused, match=r"^6 of 14 rows cannot be read. The first is line 10, ods_code: “E8461”"
    ):
        read_sizes(TEMPLATE + bad * 6)


def test_two_sources_may_give_one_practice_two_figures():
    other = b"E84617,2019-03-31,weighted,3700,Letter of the practice\n"
    assert len(read_sizes(TEMPLATE + other).sizes) == 9


def test_one_source_may_not():
    other = b"E84617,2019-03-31,weighted,3700,NHS Payments to General Practice 2018/19\n"
    with pytest.raises(Refused, match=r"Lines 2 and 10 both speak of E84617 and contradict"):
        read_sizes(TEMPLATE + other)


def test_a_template_typed_by_hand_needs_no_line_end_and_the_published_figures_do():
    assert read_sizes(TEMPLATE.rstrip()).sizes == read_sizes(TEMPLATE).sizes
    with pytest.raises(Refused, match="The last line of the file has no end"):
        read_sizes(NHS.rstrip())
