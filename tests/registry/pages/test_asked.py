"""Every list of the portal says what it does not have, instead of showing something else."""

import pytest

from pcnportal.pages.lists import ListPage
from tests.addresses import every_address
from tests.crowd import crowd
from tests.funding.crowd import add_money, money_of
from tests.permissions import PAGES
from tests.reading import signed_in
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db
LISTS = {a.name: a for a in every_address() if isinstance(a.view, type) and issubclass(a.view, ListPage)}
OF_A_DAY = ("registry:practices", "registry:pcns")


@pytest.fixture
def clients(harrow):
    return [signed_in(harrow.user(name)) for name in ("manager", "admin")]


def get(clients, path, **asked):
    responses = [client.get(path, asked) for client in clients]
    return next(response for response in responses if response.status_code != 403)


def named(harrow, record):
    """What names the record in the address of a list that is about one."""
    if not record:
        return {}
    case = crowd(harrow, 1)[0]
    add_money(harrow, [case])
    return money_of(case)[record]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_does_not_have(harrow, clients, name):
    path = LISTS[name].path(**named(harrow, PAGES[name].record))
    for asked, sentence in (
        ({"sort": "foo"}, "The list can’t be ordered by “foo”"),
        ({"page": "999"}, "There is no page “999”: the list has"),
        ({"per_page": "1"}, "A page has 25, 50 or 100 rows, not “1”."),
    ):
        response = get(clients, path, **asked)
        assert response.status_code == 200
        assert sentence in words(response)
        assert "<tbody" not in response.content.decode()
    refused = get(clients, path, _export="zip")
    assert refused.status_code == 400
    assert "no file of the kind “zip”" in refused.content.decode()


@pytest.mark.parametrize("name", OF_A_DAY)
def test_a_day_that_is_none_is_said_by_page_and_file(clients, name):
    path = LISTS[name].path()
    response = get(clients, path, as_at="2019-02-31")
    assert "There is a problem" in words(response)
    assert "<tbody" not in response.content.decode()
    assert get(clients, path, as_at="2019-02-31", _export="csv").status_code == 400


def test_a_record_and_a_comparison_say_that_the_day_is_none(harrow, clients):
    path = harrow.practice("E84075").get_absolute_url()
    assert "“2019-02-31” is not a date" in words(clients[0].get(path, {"as_at": "2019-02-31"}))
    compared = clients[0].get("/register/compare/?from=2019-01-01&to=2019-02-31")
    assert "“To” is no date" in words(compared)


def test_a_comparison_has_no_file_of_another_kind(clients):
    assert clients[0].get("/register/compare/?from=2019-01-01&_export=zip").status_code == 400
