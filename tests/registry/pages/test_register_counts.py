"""The list of practices counts in another way than it reads: both have to mean the same practices."""

from datetime import date

import pytest

from pcnportal import clock
from tests import factories as make
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

DAY = date(2020, 1, 1)


@pytest.fixture
def client(harrow):
    """Practices that are open, closed on the day and after it, and still to open."""
    for number, (opened, closed) in enumerate(
        [
            (date(1974, 4, 1), None),
            (None, None),
            (date(1974, 4, 1), DAY),
            (date(1974, 4, 1), date(2020, 1, 2)),
            (DAY, None),
            (date(2020, 1, 2), None),
        ]
    ):
        make.PracticeFactory.create(
            code=f"E8500{number}", name=f"Surgery {number}", opened_on=opened, closed_on=closed
        )
    return signed_in(harrow.user("officer"))


@pytest.mark.parametrize(
    "asked", ["", "status=open", "status=closed", "q=surgery", "sort=-registered", "sort=pcn"]
)
@pytest.mark.parametrize("as_at", [DAY, date(2020, 1, 2), date(2019, 12, 31)])
def test_as_many_are_counted_as_are_read(client, asked, as_at):
    with clock.at(DAY):
        address = f"/practices/?as_at={as_at.isoformat()}&{asked}"
        page, file = words(client.get(address)), rows(client.get(f"{address}&_export=csv"))
    assert f"{len(file)} practice{'' if len(file) == 1 else 's'} " in f"{page} " or not file
    for row in file:
        assert row["name"] in page


def test_names_stand_as_one_alphabet(client, harrow):
    for code, name in (("E85010", "SURGERY 01"), ("E85011", "Aspri"), ("E85012", "ZAIN")):
        make.PracticeFactory.create(code=code, name=name)
    with clock.at(DAY):
        for sort, names in (("name", ["Aspri", "Surgery 0"]), ("-name", ["ZAIN", "Surgery 4"])):
            found = [row["name"] for row in rows(client.get(f"/practices/?sort={sort}&_export=csv"))]
            assert found[:2] == names
            assert [name.upper() for name in found] == sorted(map(str.upper, found), reverse=sort[0] == "-")
