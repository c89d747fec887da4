"""The committee decides, at an item of its agenda, quorate, with reasons and conditions."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.people.models import Person
from registry.models import Commissioner, Condition, Decision, Letter, PCNPeriod
from registry.workflow import missing, move
from registry.workflow.outcomes import decision_in_force, item_for, outcome_of
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow


def decide(harrow, case, verb="approve", by="secretary", **facts):
    case.refresh_from_db()
    facts = {"reasons": list(steps.REASONS)} | harrow.quorum | facts
    move(case, verb, by=harrow.user(by), seen=case.version, **facts)
    return decision_in_force(case)


@pytest.fixture
def before(harrow: Harrow):
    return steps.before_committee(harrow)


def present(harrow, case, *names, office="", is_voting=True):
    item = item_for(case, harrow.committee)
    assert item is not None
    for name in names:
        make.AttendanceFactory.create(
            meeting=item.meeting,
            person=make.PersonFactory.create(name=name),
            office=office,
            is_voting=is_voting,
        )
    return item


def test_an_approval_says_which_body_decided_at_which_item_on_which_day_and_why(harrow: Harrow, before):
    item = item_for(before, harrow.committee)
    made = decide(
        harrow, before, reasons=["Good relationships.", " ", " No objection. "], source=harrow.report
    )
    assert (made.body, made.item, made.decided_on) == (harrow.committee, item, make.COMMITTEE_DAY)
    assert made.reasons == ["Good relationships.", "No objection."]
    assert (made.recorded_by, made.source, made.accepted) == (harrow.user("secretary"), harrow.report, [])
    assert outcome_of(before) == "Approved"


def test_before_a_decision_there_is_no_outcome(harrow: Harrow, before):
    assert outcome_of(before) == ""


def test_a_decision_recorded_later_bears_the_day_of_its_meeting(harrow: Harrow, before):
    with clock.at(date(2019, 5, 22)):
        assert decide(harrow, before).decided_on == make.COMMITTEE_DAY


def test_not_before_the_meeting(harrow: Harrow, before):
    with clock.at(date(2019, 5, 19)), refused("Primary Care Commissioning Committee meets on 20 May 2019."):
        decide(harrow, before)


def test_not_without_a_reason(harrow: Harrow, before):
    with refused("Give at least one reason.", "reasons"):
        decide(harrow, before, reasons=[" "])


def test_not_by_a_body_that_is_not_held(harrow: Harrow, before):
    Commissioner.objects.update(deciding_body=None)
    with refused("Which body decides is not held for this commissioner."):
        decide(harrow, before)


@pytest.mark.parametrize("verb", ["approve", "not_approve", "request_information"])
def test_who_recommended_does_not_record_the_decision(harrow: Harrow, verb):
    case = steps.under_review(harrow)
    with clock.at(steps.DAYS["recommend"]):
        steps.answer_everything(harrow, case)
        meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    steps.do(harrow, case, "recommend", "manager", reasons=steps.REASONS)
    steps.do(harrow, case, "put_on_agenda", "manager", meeting=meeting)
    with refused("You recommended this registration, so someone else records the decision."):
        decide(harrow, case, verb, by="manager")
    assert decide(harrow, case, verb, by="secretary").recorded_by == harrow.user("secretary")


def test_where_attendance_is_not_held_the_quorum_is_attested_with_a_source(harrow: Harrow, before):
    wanted = "Not held: the quorum rule and the attendance. Say how you know that it could decide"
    for missing_part in ({"quorum_note": " "}, {"quorum_source": None}):
        with refused(wanted, "quorum_note"):
            decide(harrow, before, **missing_part)
    made = decide(harrow, before)
    assert (made.quorum_basis, made.quorum_source) == ("attested", harrow.report)


def test_where_it_is_held_the_quorum_is_computed_whatever_is_typed(harrow: Harrow, before):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2)
    present(harrow, before, "Dr Genevieve Small", "Javina Sehgal")
    made = decide(harrow, before)
    assert (made.quorum_basis, made.quorum_source) == ("computed", None)
    assert made.quorum_note == "Quorate. 2 voting present; the rule: at least 2 voting members."


@pytest.mark.parametrize("verb", ["approve", "not_approve", "request_information"])
def test_a_meeting_that_is_not_quorate_decides_nothing(harrow: Harrow, before, verb):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2)
    present(harrow, before, "Dr Genevieve Small")
    present(harrow, before, "Javina Sehgal", is_voting=False)
    with refused("Not quorate: 1 more voting. 1 voting present", "quorum_note"):
        decide(harrow, before, verb)


def test_who_withdrew_from_the_item_is_not_counted(harrow: Harrow, before):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2)
    item = present(harrow, before, "Dr Genevieve Small", "Dr Amol Kelshiker")
    item.withdrawals.create(person=Person.objects.get(name="Dr Amol Kelshiker"), reason="A director.")
    with refused("1 voting present after 1 withdrew", "quorum_note"):
        decide(harrow, before)


def test_an_approval_accepts_the_departures_that_were_sent(harrow: Harrow):
    case = steps.before_committee(harrow, "Harrow East PCN")
    assert decide(harrow, case).accepted == ["population"]


def test_a_checklist_that_has_changed_since_is_not_approved(harrow: Harrow, before):
    gone = harrow.practice("E84062").organisation
    gone.closed_on = make.COMMITTEE_DAY
    gone.save()
    with refused(
        "“Member practices” now fails and no departure was sent: take it off the agenda and review it."
    ):
        decide(harrow, before)
    assert missing(before, "request_information") == ""
    before.lines.filter(key="contiguity").update(answer="", answered_by=None, answered_for=None)
    gone.closed_on = None
    gone.save()
    with refused("“Contiguity” is open again: take it off the agenda and review it."):
        decide(harrow, before)


def test_the_pcn_is_approved_from_the_day_of_the_decision(harrow: Harrow, before):
    assert not PCNPeriod.objects.exists()
    decide(harrow, before)
    period = PCNPeriod.objects.get()
    assert (period.status, period.starts_on, period.ends_on) == ("approved", make.COMMITTEE_DAY, None)


@pytest.mark.parametrize(
    ("verb", "words"),
    [("not_approve", "Not approved"), ("request_information", "Further information requested")],
)
def test_what_is_not_an_approval_issues_its_letter_at_once(harrow: Harrow, before, verb, words):
    made = decide(harrow, before, verb)
    assert outcome_of(before) == words
    letter = Letter.objects.get()
    assert (letter.decision, letter.issued_on) == (made, make.COMMITTEE_DAY)
    assert not PCNPeriod.objects.exists()


def test_an_approval_issues_no_letter_before_it_is_confirmed(harrow: Harrow, before):
    decide(harrow, before)
    assert not Letter.objects.exists()


def test_further_information_reopens_the_review_once_it_is_there(harrow: Harrow):
    case = steps.information_requested(harrow)
    with refused("Say what further information was received.", "reason"):
        move(case, "resume_review", by=harrow.user("officer"), seen=case.version, reason=" ")
    move(case, "resume_review", by=harrow.user("officer"), seen=case.version, reason="The map.")
    assert case.status == "under_review"


def test_a_decision_is_never_changed(harrow: Harrow, before):
    made = decide(harrow, before)
    made.outcome = Decision.Outcome.NOT_APPROVED
    with pytest.raises(TypeError, match="A decision is never changed: replace it"):
        made.save()


def test_conditions_are_numbered_and_make_it_approved_with_conditions(harrow: Harrow, before):
    made = decide(
        harrow,
        before,
        conditions=[
            steps.wanted(harrow),
            steps.wanted(
                harrow,
                timing="after",
                due_on=None,
                due_event="When the contracts merge",
                owner_organisation=None,
                owner_person=make.PersonFactory.create(),
                discharge_role="",
                discharge_body=harrow.panel,
            ),
        ],
    )
    assert outcome_of(before) == "Approved with conditions"
    assert [(c.number, str(c.owner), c.discharged_by) for c in made.conditions.order_by("number")] == [
        (1, "GP Direct", "Committee chair"),
        (2, "Dr Meena Thakur", "North West London Health and Care Partnership panel"),
    ]
    assert {c.status for c in Condition.objects.all()} == {"Open"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": " "}, "enter the committee's words."),
        ({"reason": ""}, "give the reason."),
        ({"owner_organisation": None}, "name one owner, a person or an organisation."),
        ({"due_on": None}, "give a due date or the event that makes it due."),
        ({"due_on": date(2019, 5, 19)}, "the due date is before the decision."),
        ({"evidence_wanted": " "}, "say what evidence is wanted."),
        ({"discharge_role": ""}, "say who may discharge it."),
        ({"discharge_role": "member"}, "choose somebody who may discharge conditions."),
        ({"discharge_role": "the mayor"}, "choose somebody who may discharge conditions."),
    ],
)
def test_a_condition_has_all_its_parts_or_nothing_is_decided(harrow: Harrow, before, change, sentence):
    conditions = [steps.wanted(harrow), steps.wanted(harrow) | change]
    with refused(f"Condition 2: {sentence}", "conditions"):
        decide(harrow, before, conditions=conditions)


def test_a_condition_has_one_owner_and_one_who_discharges_it(harrow: Harrow, before):
    person = make.PersonFactory.create()
    both = steps.wanted(harrow, owner_person=person)
    with refused("Condition 1: name one owner", "conditions"):
        decide(harrow, before, conditions=[both])
    both = steps.wanted(harrow, discharge_body=harrow.panel)
    with refused("Condition 1: say who may discharge it.", "conditions"):
        decide(harrow, before, conditions=[both])


def test_a_condition_may_fall_due_on_the_day_it_is_set(harrow: Harrow, before):
    decide(harrow, before, conditions=[steps.wanted(harrow, due_on=make.COMMITTEE_DAY)])
    assert Condition.objects.get().status == "Open"
