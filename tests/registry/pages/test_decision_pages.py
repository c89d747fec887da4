"""Recording what the committee decided, from its agenda item, by pages."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.workflow.meetings import record_attendance
from pcnportal import clock
from registry.models import Decision, Recommendation
from registry.workflow import move
from tests import factories as make
from tests import steps
from tests.claims import everything
from tests.reading import signed_in
from tests.registry.pages.reading import errors, main, words
from tests.registry.pages.typing import ASKED, conditions, decision, send


@pytest.fixture
def case(harrow):
    """Harrow East PCN before its committee: below 30,000, recommended for approval."""
    return steps.before_committee(harrow, "Harrow East PCN")


def get(harrow, case, page, user="secretary"):
    return signed_in(harrow.user(user)).get(f"{case.get_absolute_url()}{page}")


def written():
    """Every row, but for who signed in when."""
    return {table: rows for table, rows in everything().items() if table != "people.User"}


def test_the_outcome_is_chosen_first_with_the_case_in_brief(harrow, case):
    said = words(get(harrow, case, "decide/"))
    for part in (
        "What did the Primary Care Commissioning Committee decide?",
        "28,619 patients, 3 practices",
        "Criteria met 5 of 6 – not met: Population",
        "NHS England, London region: regional answer not held.",
        steps.REASONS[0],
    ):
        assert part in said
    chosen = send(harrow.user("secretary"), case, "decide/", {"choice": "not_approve"})
    assert chosen.headers["Location"] == f"{case.get_absolute_url()}not-approve/"
    assert errors(send(harrow.user("secretary"), case, "decide/", {})) == {"#id_choice": "Choose one"}


def test_nothing_is_recorded_before_the_answers_are_checked(harrow, case):
    before = written()
    typed = decision(case, "A natural community.") | conditions({"owner": "Honeypot"})
    checked = words(send(harrow.user("secretary"), case, "approve/", typed, step=""))
    for part in (
        "Check your answers",
        "Decision Approved with conditions",
        "Reason 1 A natural community.",
        f"Asked {ASKED}",
        "Owner Honeypot Medical Centre (E84039)",
        "Due When a solution is in place",
        "Discharged by Committee chair",
        "Source Minutes of the committee",
        "Next, it goes before the North West London Health and Care Partnership panel.",
    ):
        assert part in checked
    assert written() == before


def test_what_was_checked_is_carried_and_recorded(harrow, case):
    typed = decision(case, "A natural community.", "Few alternatives.") | conditions(
        {"owner": "Harrow East PCN"}
    )
    checked = main(send(harrow.user("secretary"), case, "approve/", typed, step=""))
    for name, value in typed.items():
        if name != "seen":
            assert f'name="{name}" value="{value}"' in checked
    done = send(harrow.user("secretary"), case, "approve/", typed)
    assert done.headers["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    made = case.decisions.get()
    assert (case.status, made.reasons) == ("approved", ["A natural community.", "Few alternatives."])
    assert (made.quorum_source.title, made.source.kind) == ("Minutes of the committee", "attested")
    condition = made.conditions.get()
    assert (condition.number, condition.text, condition.due_on) == (1, ASKED, None)
    assert (condition.owner, condition.discharged_by) == ("Harrow East PCN", "Committee chair")


def test_change_leads_back_with_everything_kept(harrow, case):
    typed = decision(case, "A natural community.") | conditions({"due_on_day": "1"})
    page = main(send(harrow.user("secretary"), case, "approve/", typed, step="change"))
    assert "A natural community." in page
    assert ASKED in page
    assert "nhsuk-error-summary" not in page


def test_the_reasons_begin_with_those_of_the_recommendation_it_follows(harrow, case):
    assert steps.REASONS[0] in main(get(harrow, case, "approve/")).partition("part-reasons")[2]
    assert steps.REASONS[0] not in main(get(harrow, case, "not-approve/")).partition("part-reasons")[2]


def test_a_quorum_that_is_computed_is_not_asked_for(harrow, case):
    make.QuorumRuleFactory.create(body=harrow.committee)
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    people = [make.PersonFactory.create(name=name) for name in ("Dr A", "Dr B")]
    there = [{"person": person, "office": "", "is_voting": True, "presence": "present"} for person in people]
    record_attendance(meeting, by=harrow.user("secretary"), seen=meeting.version, present=there)
    page = get(harrow, case, "approve/")
    assert "Quorate. 2 voting present" in words(page)
    assert "Present: Dr A; Dr B." in words(page)
    assert 'name="quorum_note"' not in main(page)
    typed = decision(case, "A natural community.", held_source="none")
    send(harrow.user("secretary"), case, "approve/", typed)
    assert case.decisions.get().quorum_basis == Decision.QuorumBasis.COMPUTED


def test_without_a_quorum_nothing_is_decided(harrow, case):
    make.QuorumRuleFactory.create(body=harrow.committee)
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    there = [{"person": make.PersonFactory.create(), "office": "", "is_voting": True, "presence": "present"}]
    record_attendance(meeting, by=harrow.user("secretary"), seen=meeting.version, present=there)
    page = words(get(harrow, case, "approve/"))
    assert "Not quorate: 1 more voting." in page
    assert "Correct the attendance" in page
    assert "Continue" not in page


def test_who_recommended_reads_why_someone_else_records_it(harrow, case):
    Recommendation.objects.update(made_by=harrow.user("manager"))
    sentence = "You recommended this registration, so someone else records the decision."
    assert sentence in words(get(harrow, case, "decide/", "manager"))
    assert sentence in words(get(harrow, case, "approve/", "manager"))
    sent = send(harrow.user("manager"), case, "approve/", decision(case, "A natural community."), step="")
    assert sentence in words(sent)
    assert not case.decisions.exists()


def test_it_is_deferred_to_a_later_meeting_that_is_planned(harrow, case):
    page = words(get(harrow, case, "defer/"))
    assert "No later meeting of the Primary Care Commissioning Committee is planned: plan it first." in page
    later = harrow.meeting(harrow.committee, date(2019, 6, 17))
    assert "17 June 2019" in words(get(harrow, case, "defer/"))
    typed = decision(case, "The map came late.")
    assert errors(send(harrow.user("secretary"), case, "defer/", typed)) == {
        "#id_meeting": "Choose an answer: The later meeting"
    }
    send(harrow.user("secretary"), case, "defer/", typed | {"meeting": later.pk})
    assert later.items.get().subject == case


def test_a_request_lists_what_is_asked_for(harrow, case):
    assert "Request 1" in words(get(harrow, case, "request-information/"))
    typed = decision(case, "A map with streets.")
    send(harrow.user("secretary"), case, "request-information/", typed)
    case.refresh_from_db()
    assert case.status == "information_requested"
    assert case.decisions.get().letter


def test_the_panel_endorses_what_the_committee_decided(harrow):
    case = steps.before_panel(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(make.PANEL_DAY):
        chosen = words(get(harrow, case, "decide/"))
        assert "What did the North West London Health and Care Partnership panel decide?" in chosen
        assert "Primary Care Commissioning Committee, 20 May 2019: Approved with conditions" in chosen
        send(harrow.user("secretary"), case, "endorse/", decision(case, "The submission as a whole."))
    case.refresh_from_db()
    assert case.status == "endorsed"


def test_before_the_panel_meets_its_day_is_said(harrow):
    case = steps.before_panel(harrow)
    said = "North West London Health and Care Partnership panel meets on 24 May 2019."
    assert said in words(get(harrow, case, "endorse/"))
    assert said in words(get(harrow, case, "decide/"))


def test_who_comes_second_sees_who_was_first_and_loses_nothing(harrow, case):
    typed = decision(case, "A natural community.") | conditions({"owner": "Harrow East PCN"})
    move(case, "take_off_agenda", by=harrow.user("manager"), seen=case.version, reason="A member withdrew")
    for step in ("", "record"):
        late = send(harrow.user("secretary"), case, "approve/", typed, step)
        assert late.status_code == 409
        assert "A member withdrew" in words(late)
        assert ASKED in main(late)


@pytest.mark.parametrize(
    ("user", "status"),
    [("officer", 403), ("member", 403), ("finance", 403), ("officer@havering.example", 404)],
)
@pytest.mark.parametrize("page", ["decide/", "approve/", "not-approve/", "defer/", "endorse/", "replace/"])
def test_only_who_may_decide_sees_the_form(harrow, case, user, status, page):
    assert get(harrow, case, page, user).status_code == status


@pytest.mark.parametrize("page", ["endorse/", "decide/", "replace/"])
def test_the_pages_ask_the_same_questions_for_any_number_of_conditions(harrow, page):
    def asked(case):
        get(harrow, case, page)
        with clock.at(make.PANEL_DAY), CaptureQueriesContext(connection) as captured:
            assert get(harrow, case, page).status_code == 200
        return len(captured)

    one = steps.before_panel(harrow, conditions=[steps.wanted(harrow)])
    three = steps.before_panel(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)] * 3)
    assert asked(three) == asked(one)
