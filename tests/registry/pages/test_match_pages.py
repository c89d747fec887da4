"""The pages of the matches: both lists of members side by side, confirm, reject."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from pcnportal.people.models import Organisation
from registry.models import Membership, PCNMatch
from tests import factories as make
from tests.harrow import EAST, Harrow
from tests.reading import buttons, rows, signed_in
from tests.registry.imports.importing import december
from tests.registry.pages.reading import errors, words

LIST = "/matches/"


@pytest.fixture(autouse=True)
def new_year():
    with clock.at(date(2019, 12, 31)):
        yield


@pytest.fixture
def match(harrow: Harrow) -> PCNMatch:
    """Harrow East with two of its three practices, and Kings Road, which the file places elsewhere."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    for code in [*list(EAST)[:2], "E84005"]:
        Membership.objects.create(
            practice=harrow.practice(code), pcn=pcn, starts_on=date(2019, 7, 1), source=harrow.report
        )
    december()
    return PCNMatch.objects.get(code="U51050")


def address(match: PCNMatch, verb: str = "") -> str:
    return f"{LIST}{match.pk}/{verb}"


def test_both_lists_of_members_stand_side_by_side(officer, match):
    page = words(officer.get(address(match)))
    assert "Is Harrow East PCN U51050?" in page
    assert "2 practices are in both: 3 of the PCN that is held, 3 in the file." in page
    assert "In both (2) Honeypot Medical Centre E84039 Mollison Way Surgery E84075" in page
    assert "Held here only (1) Kings Road Medical Centre E84005" in page
    assert "In the file only (1) BACON LANE SURGERY E84014" in page
    assert "The same name." in page


def test_confirmed_from_its_page(officer, match):
    response = officer.post(address(match, "confirm/"), {"seen": 0, "reason": ""}, follow=True)
    assert "The match is confirmed." in words(response)
    assert Organisation.objects.get(code="U51050").name == "Harrow East PCN"
    assert "Confirmed on 31 December 2019, 9:00am by" in words(response)
    assert buttons(response) == []


def test_rejected_with_a_reason_which_is_asked_for(officer, match):
    response = officer.post(address(match, "reject/"), {"seen": 0, "reason": ""})
    assert "#id_reason" in errors(response)
    response = officer.post(address(match, "reject/"), {"seen": 0, "reason": "The old one."}, follow=True)
    assert "The match is rejected." in words(response)
    assert "The old one." in words(response)
    assert Organisation.objects.get(code="U51050").name == "HARROW EAST PCN"


def test_a_decision_that_came_too_late_says_so_and_keeps_the_reason(officer, match):
    officer.post(address(match, "confirm/"), {"seen": 0})
    response = officer.post(address(match, "reject/"), {"seen": 0, "reason": "The old one."})
    assert response.status_code == 409
    assert "The old one." in response.content.decode()


def test_another_commissioners_match_is_not_there(harrow, match):
    client = signed_in(harrow.user("officer@havering.example"))
    assert [client.get(address(match, verb)).status_code for verb in ("", "confirm/")] == [404, 404]
    assert rows(client.get(f"{LIST}?_export=csv")) == []


def test_who_may_only_read_is_offered_nothing(harrow, match):
    client = signed_in(harrow.user("member"))
    assert buttons(client.get(address(match))) == []
    assert client.get(address(match, "confirm/")).status_code == 403


def test_the_list_is_filtered_and_exported(officer, match):
    found = rows(officer.get(f"{LIST}?_export=csv&said=waiting&pcn=east"))
    assert [(row["pcn"], row["code"], row["shared"], row["status"]) for row in found] == [
        ("Harrow East PCN", "U51050", "2", "Waiting")
    ]
    assert rows(officer.get(f"{LIST}?_export=csv&said=confirmed")) == []


def test_a_match_is_overtaken_once_the_pcn_got_the_code_in_another_way(officer, match):
    Organisation.objects.filter(pk=match.pcn_id).update(code=match.code)
    page = officer.get(address(match))
    assert (buttons(page), "Overtaken" in words(page)) == ([], True)
    assert rows(officer.get(f"{LIST}?_export=csv&said=waiting")) == []
    assert "waits for somebody" not in words(officer.get(match.run.get_absolute_url()))


def test_the_import_leads_to_what_waits(officer, match):
    assert "1 PCN waits for somebody to say" in words(officer.get(match.run.get_absolute_url()))


def test_the_pages_take_as_many_queries_for_few_as_for_many(officer, match, harrow):
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(path).status_code == 200
        return len(captured)

    officer.get(LIST)
    few = asked(LIST), asked(address(match))
    for number in range(20):
        pcn = make.PCNFactory.create(name=f"Network {number}")
        PCNMatch.objects.create(
            run=match.run, pcn=pcn, code=f"U{number:05}", name="N", parent="08E", shared=0, held=0, named=0,
            has_same_name=False, has_same_commissioner=True,
        )  # fmt: skip
        practice = make.PracticeFactory.create(code=f"Y{number:05}", name=f"Surgery {number}")
        Membership.objects.create(practice=practice, pcn=match.pcn, source=harrow.report)
    assert (asked(LIST), asked(address(match))) == few
    assert few[0] <= 8
