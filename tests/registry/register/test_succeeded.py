"""A commissioner was succeeded and a file moved its practices: both sides find them and work on."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.people.models import FormerDetail, Succession, User
from registry.models import PCN, Practice
from registry.workflow import register as verbs
from tests import factories as make
from tests.findings.making import finding
from tests.harrow import EAST
from tests.reading import rows, signed_in

pytestmark = pytest.mark.django_db
MERGED, LATER = date(2021, 4, 1), date(2022, 3, 1)


@pytest.fixture
def merged(harrow, east):
    """NHS North West London CCG has Harrow's practices and PCN since it took over; one went before."""
    ccg = make.OrganisationFactory.create(name="NHS North West London CCG", code="W2U3Z")
    Succession.objects.create(predecessor=harrow.ccg, successor=ccg, kind="succeeded", on=MERGED)
    went = make.PracticeFactory.create(code="E84999", name="Gone to Havering", commissioner=harrow.havering)
    moved = {practice.pk: MERGED for practice in (*(harrow.practice(code) for code in EAST), east)}
    for pk, until in {**moved, went.pk: date(2020, 4, 1)}.items():
        what = FormerDetail.What.COMMISSIONER
        FormerDetail.objects.create(organisation_id=pk, what=what, value="08E", until=until)
    for model in (Practice, PCN):
        model.objects.filter(pk__in=moved).update(commissioner=ccg)
    return ccg


def officer_of(organisation):
    user = make.UserFactory.create(email="officer@nwl.example")
    make.RoleFactory.create(user=user, organisation=organisation, role="officer", starts_on=MERGED)
    return user


def codes(client, path, **asked):
    found = rows(client.get(path, {"_export": "csv", **asked}))
    return sorted(row["ods_code"] if path == "/practices/" else row["name"] for row in found)


@pytest.mark.parametrize("asked", ["NHS Harrow CCG", "08e", "harrow", "W2U3Z", "North West London"])
@pytest.mark.parametrize("day", ["2021-03-31", "2021-04-01", "2022-03-01"])
def test_both_names_find_what_was_handed_over_and_nothing_that_left_before(harrow, merged, asked, day):
    before = day < "2021-04-01"
    old = asked.lower() in ("nhs harrow ccg", "08e", "harrow")
    with clock.at(LATER):
        client = signed_in(harrow.user("officer"))
        there = old or not before
        assert codes(client, "/practices/", commissioner=asked, as_at=day) == (sorted(EAST) if there else [])
        assert codes(client, "/pcns/", commissioner=asked, as_at=day) == (
            ["Harrow East PCN"] if there else []
        )


def test_a_day_before_one_left_finds_it_with_its_commissioner_of_then(harrow, merged):
    with clock.at(LATER):
        client = signed_in(harrow.user("officer"))
        asked = {"commissioner": "08E", "as_at": "2020-03-31"}
        assert len(codes(client, "/practices/", **asked)) == len(EAST) + 1


def test_two_days_after_the_succession_compare_what_was_handed_over(harrow, merged, why):
    with clock.at(LATER):
        by = User.objects.get(email="officer@harrow.example")
        practice = Practice.objects.get(pk=harrow.practice(next(iter(EAST))).pk)
        verbs.leave_pcn(practice, on=date(2021, 10, 1), **(why | {"by": by}))
        client = signed_in(by)
        asked = {"from": "2021-05-01", "to": "2022-03-01", "commissioner": "NHS Harrow CCG"}
        assert practice.organisation.name in client.get("/register/compare/", asked).content.decode()


def test_both_sides_read_and_answer_what_is_doubted_of_either(harrow, merged, east):
    east.refresh_from_db()
    of_old, of_new = finding(east, harrow.ccg, key="old"), finding(east, merged, key="new")
    with clock.at(LATER):
        for user in (harrow.user("officer"), officer_of(merged)):
            client = signed_in(User.objects.get(pk=user.pk))
            for found in (of_old, of_new):
                page = client.get(f"/findings/{found.pk}/")
                assert page.status_code == 200
                assert "Accept it with a reason" in page.content.decode()
        assert (
            signed_in(harrow.user("officer@havering.example")).get(f"/findings/{of_new.pk}/").status_code
            == 404
        )


def test_before_the_succession_the_predecessor_reads_nothing_of_its_successors(harrow, merged, east):
    found = finding(east, merged)
    with clock.at(date(2021, 3, 31)):
        client = signed_in(User.objects.get(email="officer@harrow.example"))
        assert client.get(f"/findings/{found.pk}/").status_code == 404
