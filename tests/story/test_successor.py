"""The demo after North West London CCG took over from Harrow CCG: both find the work."""

from datetime import date

import pytest

from pcnportal.findings.models import Finding
from pcnportal.findings_list import refresh_all
from tests.demo import played
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def users(django_db_setup, django_db_blocker):
    with played(django_db_blocker, date(2021, 5, 1)) as users:
        refresh_all()
        yield users


def test_the_successor_and_harrow_see_the_same_registrations_practices_and_findings(users):
    harrows = Finding.objects.filter(commissioner__code="08E", gone_on=None)
    assert harrows.exists()
    for email in ("officer@nwlondon.example", "officer@harrow.example"):
        client = signed_in(users[email])
        home = client.get("/").content.decode()
        assert "/practices/?commissioner=NHS+Harrow+CCG" in home
        assert "33 of 33 practices placed" in home
        for asked in ("NHS Harrow CCG", "NHS North West London CCG"):
            found = rows(client.get("/practices/", {"commissioner": asked, "_export": "csv"}))
            assert len(found) == 33
        assert len(rows(client.get("/registrations/?_export=csv"))) == 6
        for found in harrows:
            assert client.get(f"/findings/{found.pk}/").status_code == 200


def test_havering_sees_nothing_of_it(users):
    client = signed_in(users["officer@havering.example"])
    assert rows(client.get("/registrations/?_export=csv")) == []


def test_the_first_page_of_the_successor_says_what_it_took_over(users):
    home = words(signed_in(users["officer@nwlondon.example"]).get("/"))
    assert "6 registrations taken over from NHS Harrow CCG" in home
    assert "33 practices taken over from NHS Harrow CCG" in home
    own = home.split("North West London CCG at a glance")[1]
    assert "No registration yet" not in own
    assert "No open practice of this commissioner" not in own


def test_comparing_across_the_day_says_who_took_over(users):
    client = signed_in(users["officer@harrow.example"])
    asked = {"from": "2021-03-31", "to": "2021-04-01"}
    for more in ({}, {"kind": "commissioner"}, {"commissioner": "NHS Harrow CCG"}, {"commissioner": "W2U3Z"}):
        page = words(client.get("/register/compare/", asked | more))
        assert "Succeeded by NHS North West London CCG 1 April 2021" in page.replace("On 1", "1")
    assert "Succeeded by" not in words(client.get("/register/compare/", asked | {"commissioner": "zzz"}))


def test_a_list_says_that_it_shows_what_was_handed_over(users):
    client = signed_in(users["officer@harrow.example"])
    said = "NHS Harrow CCG had been succeeded by then: what it handed over is shown too"
    assert said in words(client.get("/practices/", {"commissioner": "NHS Harrow CCG"}))
    before = {"commissioner": "NHS Harrow CCG", "as_at": "2021-03-31"}
    assert said not in words(client.get("/practices/", before))


def test_localities_and_federations_stand_with_their_commissioner_and_source(users):
    client = signed_in(users["officer@harrow.example"])
    page = words(client.get("/commissioners/"))
    for told in ("North Locality, Havering", "Havering Health Limited", "Chair: Dr Dan Weaver"):
        assert told in page
    for typed, slug in (
        ("weaver", "havering-health-limited"),
        ("central locality", "havering-central-locality"),
    ):
        assert f'href="/commissioners/#{slug}"' in client.get("/search/", {"q": typed}).content.decode()
