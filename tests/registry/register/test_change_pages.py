"""The pages of the dated verbs: who sees them, what a wrong answer keeps, and what they lead to."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal import clock
from pcnportal.history.models import Source
from registry.models import ClinicalDirector, Membership, NominatedPayee, Practice
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import errors, words

from .conftest import OCTOBER

pytestmark = pytest.mark.django_db
EAST, MOLLISON = "/pcns/harrow-east-pcn/", "/practices/E84075/"
DAY = {"on_day": "1", "on_month": "10", "on_year": "2019"}
WHY = {
    "reason": "The practice wrote to us.",
    "held_source": "named",
    "source_title": "Letter of the practice",
}


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


def test_a_practice_moves_by_way_of_two_pages(harrow, east, sphere, officer):
    said = words(officer.get(f"{MOLLISON}join/"))
    assert "Mollison Way Surgery is in Harrow East PCN from 1 July 2019" in said
    assert "record first that it left" in said
    sent = officer.post(f"{MOLLISON}leave/?then=join", DAY | WHY)
    assert (sent.status_code, sent["Location"]) == (302, f"{MOLLISON}join/")
    sent = officer.post(f"{MOLLISON}join/", DAY | WHY | {"pcn": "Sphere PCN"}, follow=True)
    assert "It is recorded." in words(sent)
    assert "Sphere PCN, from 1 October 2019" in words(sent)
    assert "Recorded that the practice joined a PCN – Harrow primary care officer, 1 December 2019" in words(
        sent
    )
    assert Membership.objects.on(OCTOBER).get(practice__organisation__code="E84075").pcn == sphere
    assert Source.objects.filter(title="Letter of the practice").count() == 1


def test_what_is_refused_keeps_what_was_typed_and_names_the_field(harrow, east, sphere, officer):
    sent = officer.post(f"{MOLLISON}join/", DAY | WHY | {"pcn": "Sphere PCN"})
    assert sent.status_code == 200
    assert list(errors(sent)) == ["#id_pcn"]
    page = sent.content.decode()
    assert 'value="Sphere PCN"' in page
    assert "Letter of the practice" in page
    assert not Source.objects.filter(title="Letter of the practice").exists()


def test_a_form_asks_for_day_source_and_reason(harrow, east, officer):
    sent = officer.post(f"{MOLLISON}close/", {})
    assert errors(sent) == {
        "#id_on_day": "Enter a date, for example 20 May 2019",
        "#id_held_source": "Choose where you read it, or name the source",
        "#id_reason": "Say what happened, and why",
    }


def test_held_documents_are_offered_and_files_are_not(harrow, east, officer):
    make.ListSizeFactory.create(
        organisation=harrow.practice("E84075").organisation,
        source=make.SourceFactory.create(title="epraccur", kind="file"),
    )
    page = words(officer.get(f"{MOLLISON}close/"))
    assert harrow.report.title in page
    assert "epraccur" not in page
    officer.post(f"{MOLLISON}close/", DAY | WHY | {"held_source": str(harrow.report.pk)})
    closed = Practice.objects.get(organisation__code="E84075").organisation
    assert (closed.closed_on, closed.closed_source) == (OCTOBER, harrow.report)


@pytest.mark.parametrize(
    ("page", "typed", "shown"),
    [
        (f"{MOLLISON}close/", {}, "Closed as at 1 December 2019"),
        (f"{MOLLISON}disperse/", {}, "Its list was dispersed on 1 October 2019"),
        (f"{MOLLISON}merge/", {"into": "E84014"}, "Merged into Bacon Lane Surgery on 1 October 2019"),
        (f"{MOLLISON}list-taken-on/", {"into": "bacon"}, "Its list was taken on by Bacon Lane Surgery"),
        (f"{MOLLISON}leave/", {}, "In no PCN on 1 December 2019"),
        (f"{EAST}code/", {"code": "U51050"}, "U51050 · NHS Harrow CCG"),
        (f"{EAST}rename/", {"name": "East Harrow"}, "Called East Harrow, before that Harrow East PCN"),
        (f"{EAST}close/", {}, "Closed since 1 October 2019"),
        (f"{EAST}directors/appoint/", {"name": "Dr New", "share": "40"}, "Dr New; 40% of the post"),
        (f"{EAST}payee/", {"payee": "E84075"}, "Nominated payee Mollison Way Surgery"),
        (
            "/practices/open/",
            {"code": "E84999", "name": "New Surgery", "contract_type": "GMS"},
            "E84999 · NHS Harrow CCG – New Surgery",
        ),
    ],
)
def test_each_page_records_its_change(harrow, east, officer, page, typed, shown):
    assert officer.get(page).status_code == 200
    assert shown in words(officer.post(page, DAY | WHY | typed, follow=True))


def test_a_director_leaves_by_the_link_beside_the_name(harrow, east, officer):
    director = ClinicalDirector.objects.get()
    page = f"{EAST}directors/{director.pk}/end/"
    assert page in officer.get(EAST).content.decode()
    assert "No longer clinical director: Dr Meena Thakur" in words(officer.post(page, DAY | WHY, follow=True))
    assert officer.get(f"/pcns/sphere-pcn/directors/{director.pk}/end/").status_code == 404


def test_a_membership_is_corrected_by_the_link_beside_it(harrow, east, sphere, officer):
    held = Membership.objects.get(practice__organisation__code="E84075")
    page = f"/register/memberships/{held.pk}/correct/"
    assert page in officer.get(MOLLISON).content.decode()
    start = {"starts_on_day": "1", "starts_on_month": "10", "starts_on_year": "2019"}
    said = words(officer.post(page, WHY | start | {"pcn": "Sphere PCN"}, follow=True))
    assert "Sphere PCN, from 1 October 2019" in said
    assert officer.get(page).status_code == 404


@pytest.mark.parametrize("name", ["finance", "admin", "officer@havering.example"])
def test_only_who_may_change_the_register_is_offered_to(harrow, east, name):
    client = signed_in(harrow.user(name))
    for path in (EAST, MOLLISON):
        said = words(client.get(path))
        assert "Record a change" not in said
        assert "Correct" not in said
    assert "Record a change" in words(signed_in(harrow.user("manager")).get(MOLLISON))


def test_what_is_closed_offers_no_change_but_that_it_did_not_close(harrow, east, officer):
    officer.post(f"{MOLLISON}close/", DAY | WHY)
    said = words(officer.get(MOLLISON))
    assert "It did not close" in said
    assert "It joined a PCN" not in said


def test_a_share_and_a_payee_are_held_as_typed(harrow, east, officer):
    officer.post(
        f"{EAST}directors/appoint/", DAY | WHY | {"name": "Dr New", "share": "33.33", "practice": "E84014"}
    )
    made = ClinicalDirector.objects.get(person__name="Dr New")
    assert (made.share, str(made.practice), made.starts_on) == (
        Decimal("33.33"),
        "Bacon Lane Surgery",
        OCTOBER,
    )
    officer.post(f"{EAST}payee/", DAY | WHY | {"payee": "Bacon Lane Surgery"})
    assert str(NominatedPayee.objects.on(OCTOBER).get()) == "Bacon Lane Surgery"
