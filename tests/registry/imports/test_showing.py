"""A difference report is shown without the columns that say nothing, and its list sizes as numbers."""

from decimal import Decimal

from registry.imports.plan import Line
from registry.imports.showing import report_of


def test_a_column_that_is_empty_on_the_page_is_left_out():
    report = report_of([Line("new", "E84001", "Kenton Clinic", "practice", line=7)], "ods")
    assert [head["text"] for head in report["heads"]] == ["Name", "ODS code", "What", "Line"]
    assert report["rows"] == [["Kenton Clinic", "E84001", "Practice", "7"]]


def test_list_sizes_are_numbers_beside_each_other():
    lines = [
        Line("changed", "E84001", "Kenton Clinic", "registered list", "24442.00", "24443", 7),
        Line("changed", "E84002", "", "registered list", "", "12", 8, "Why not"),
    ]
    report = report_of(lines, "list_sizes")
    assert [head["text"] for head in report["heads"] if head["numeric"]] == ["Held", "In the file", "Line"]
    assert report["rows"][0][3:5] == [Decimal("24442.00"), Decimal(24443)]
    assert report["rows"][1][0] == "E84002"
    assert report["rows"][1][3] == ""
    assert report_of(lines, "ods")["rows"][0][3] == "24442.00"
