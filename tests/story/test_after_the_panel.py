"""25 May 2019: six approvals, two of them with conditions; the panel endorsed all six on the 24th."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from registry.models import Case, Commitment, Condition, Decision, Letter, PCNPeriod
from registry.workflow.outcomes import outcome_of
from tests.demo import played

DAY, COMMITTEE, PANEL = date(2019, 5, 25), date(2019, 5, 20), date(2019, 5, 24)
EAST, COLLABORATIVE = "Harrow East PCN", "Harrow Collaborative PCN"


@pytest.fixture(scope="module", autouse=True)
def story(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with played(django_db_blocker, DAY), clock.at(DAY):
        yield


def condition(pcn: str) -> Condition:
    return Condition.objects.get(case__pcn__organisation__name=pcn)


def test_all_six_are_endorsed_and_two_of_them_approved_with_conditions():
    assert {case.status for case in Case.objects.all()} == {"endorsed"}
    outcomes = {str(case): outcome_of(case) for case in Case.objects.all()}
    assert sorted(outcomes.values()).count("Approved") == 4
    assert {name for name, outcome in outcomes.items() if outcome == "Approved with conditions"} == {
        EAST,
        COLLABORATIVE,
    }


def test_the_committee_decided_on_the_20th_and_the_panel_on_the_24th():
    decided = Decision.objects.order_by("pk").values_list("outcome", "decided_on")
    assert sorted(decided) == sorted(
        [("approved", COMMITTEE)] * 6 + [("endorsed", PANEL)] * 6 + [("condition_discharged", PANEL)]
    )


def test_that_they_could_decide_is_attested_since_no_attendance_is_held():
    bases = set(Decision.objects.values_list("quorum_basis", "quorum_source__slug"))
    assert bases == {("attested", "harrow-board-report-2019-06")}


def test_harrow_easts_condition_was_due_before_1_july_and_met_before_the_panel():
    east = condition(EAST)
    assert (east.timing, east.due_on, east.status) == ("before", date(2019, 6, 30), "Met")
    assert (east.closed_on, str(east.discharged_by)) == (
        PANEL,
        "North West London Health and Care Partnership panel",
    )
    assert east.evidence.get().judgement == "met"


def test_zains_condition_has_no_date_and_is_open():
    zain = condition(COLLABORATIVE)
    assert "Zain Medical Centre" in zain.text
    assert (zain.timing, zain.due_on, zain.status) == ("after", None, "Open")


def test_what_was_promised_for_zain_is_kept_apart_from_what_was_asked():
    agreement, memorandum, merger = Commitment.objects.order_by("pk")
    assert {c.condition for c in (agreement, memorandum, merger)} == {condition(COLLABORATIVE)}
    assert {c.reported_on for c in (agreement, memorandum, merger)} == {PANEL}
    assert {c.source.slug for c in (agreement, memorandum, merger)} == {"harrow-board-report-2019-06"}
    assert [c.kind for c in (agreement, memorandum, merger)] == ["agreement", "mou", "expected_event"]
    assert {str(party) for party in agreement.parties.all()} == {"Zain Medical Centre", EAST}
    assert {str(party) for party in merger.parties.all()} == {"Zain Medical Centre", "Savita Medical Centre"}


def test_the_six_months_are_assumed_to_begin_when_they_were_reported_and_say_so():
    agreement = Commitment.objects.get(kind="agreement")
    assert (agreement.starts_on, agreement.ends_on) == (None, date(2019, 11, 24))
    assert "No start is stated" in agreement.end_assumed_because
    assert not Commitment.objects.exclude(happened_on=None).exists()


def test_every_pcn_is_approved_since_the_20th_and_no_letter_is_out():
    periods = PCNPeriod.objects.filter(case__isnull=False).values_list("status", "starts_on", "ends_on")
    assert list(periods) == [("approved", COMMITTEE, None)] * 6
    assert not Letter.objects.exists()
