"""A list that nothing filters is asked for in another way than a filtered one: both show the same rows."""

import re
from datetime import date, timedelta

import pytest

from pcnportal import clock
from tests import factories as make
from tests.reading import signed_in

DAY = date(2020, 1, 1)
DAYS = (date(1974, 4, 1), DAY, DAY - timedelta(1), date(2020, 1, 2), date(2021, 1, 1))


@pytest.fixture
def client(harrow):
    """Practices and PCNs that are open, closed on the day and after it, and still to open."""
    for number in range(30):
        opened = (date(1974, 4, 1), None, DAY, date(2020, 1, 2))[number % 4]
        closed = (None, DAY, None, date(2020, 1, 2), date(2020, 7, 1))[number % 5]
        name = f"{'surgery' if number % 2 else 'SURGERY'} {number}"
        if not (opened and closed and closed <= opened):
            days = {"opened_on": opened, "closed_on": closed}
            make.PracticeFactory.create(code=f"E850{number:02}", name=name, **days)
            make.PCNFactory.create(
                name=name,
                organisation__code=f"U850{number:02}",
                **{f"organisation__{k}": v for k, v in days.items()},
            )
    return signed_in(harrow.user("officer"))


def shown(client, address: str) -> tuple[list[str], list[str]]:
    """The cells of a page and how many it says there are."""
    page = client.get(address).content.decode()
    cells = re.findall(r"<td.*?</td>", page.replace(f"?as_at={clock.today().isoformat()}", ""), re.DOTALL)
    return cells, re.findall(r"[\d,]+ (?:practices?|PCNs?)\b[^<]*", page)


@pytest.mark.parametrize("path", ["/practices/", "/pcns/"])
def test_the_same_rows_on_every_page_of_every_day(client, path):
    told = set()
    for today in DAYS:
        with clock.at(today):
            for asked in ("", "page=2&per_page=25", "page=99"):
                plain = shown(client, f"{path}?{asked}")
                assert plain == shown(client, f"{path}?{asked}&as_at={today.isoformat()}"), (today, asked)
            told.update(plain[1])
    assert len(told) > 1  # the days differ
