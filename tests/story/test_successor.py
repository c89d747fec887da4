"""The demo after North West London CCG took over from Harrow CCG: both find the work."""

from datetime import date

import pytest

from pcnportal.findings.models import Finding
from pcnportal.findings_list import refresh_all
from tests.demo import played
from tests.reading import rows, signed_in

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
