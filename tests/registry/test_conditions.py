"""What the committee asked: evidence, judgement, a later date, a waiver by decision only."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Case, Condition, Document, Evidence
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import Harrow
from tests.registry.asking import DUE, condition, hand_in, item, let_go, move_date, say, status


@pytest.fixture
def asked(harrow: Harrow):
    """Discharged by the committee's chair, due on 30 June 2019."""
    return condition(harrow)


def test_evidence_in_words_waits_to_be_judged(harrow: Harrow, asked):
    with one_event(asked.case, "submitted evidence", harrow.user("officer")):
        made = hand_in(harrow, asked, source=harrow.report)
    assert (made.submitted_by, made.submitted_on) == (harrow.user("officer"), make.COMMITTEE_DAY)
    assert status(asked) == "Evidence submitted"


def test_evidence_says_something_and_its_document_is_of_the_same_case(harrow: Harrow, asked):
    with refused("Say what the evidence shows.", "text"):
        hand_in(harrow, asked, text=" ")
    other = make.CaseFactory.create(pcn=make.PCNFactory.create(name="Sphere PCN"))
    strange = Document.objects.create(
        case=other, kind="evidence", name="a.pdf", token="a", size=1, uploaded_by=harrow.user("officer")
    )
    with refused("The document belongs to another case.", "document"):
        hand_in(harrow, asked, document=strange)


def test_met_closes_the_condition_for_good(harrow: Harrow, asked):
    hand_in(harrow, asked)
    with one_event(asked.case, "judged evidence: Met", harrow.user("chair")):
        say(harrow, asked)
    asked.refresh_from_db()
    assert (asked.result, asked.closed_by, asked.closed_on, asked.closed_because) == (
        "met",
        harrow.user("chair"),
        make.COMMITTEE_DAY,
        "It convinces.",
    )
    for verb in (hand_in, say, move_date):
        with refused("The condition is closed already: Met."):
            verb(harrow, asked)
    meeting = item(harrow, asked, harrow.committee)
    with refused("The condition is closed already: Met."):
        let_go(harrow, asked, item=meeting)


def test_not_satisfied_leaves_it_open_until_better_evidence_comes(harrow: Harrow, asked):
    hand_in(harrow, asked)
    say(harrow, asked, "not_satisfied", note="It says nothing of neighbours.")
    assert status(asked) == "Open"
    with refused("No evidence waits to be judged: submit it first."):
        say(harrow, asked)
    hand_in(harrow, asked, text="Now with the neighbours.")
    say(harrow, asked)
    assert status(asked) == "Met"
    assert [e.judgement for e in Evidence.objects.order_by("pk")] == ["not_satisfied", "met"]


def test_a_judgement_has_a_word_and_a_reason(harrow: Harrow, asked):
    hand_in(harrow, asked)
    with refused("Choose whether the evidence satisfies the condition.", "judgement"):
        say(harrow, asked, "perhaps")
    with refused("Say why.", "note"):
        say(harrow, asked, note=" ")


def test_only_the_named_role_of_the_commissioner_discharges_it(harrow: Harrow, asked):
    hand_in(harrow, asked)
    for role in ("secretary", "manager"):
        with refused("Only the committee chair may discharge it."):
            say(harrow, asked, by=role)
    for role in ("officer", "member", "auditor"):
        with not_allowed():
            say(harrow, asked, by=role)
    chair = make.UserFactory.create(email="chair@havering.example")
    make.RoleFactory.create(user=chair, organisation=harrow.havering, role="chair")
    harrow.users[chair.email] = chair
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        say(harrow, asked, by=chair.email)


def test_nobody_judges_what_they_handed_in(harrow: Harrow):
    asked = condition(harrow, discharge_role="manager")
    hand_in(harrow, asked, by="manager")
    with refused("You submitted this evidence, so someone else judges it."):
        say(harrow, asked, by="manager")


def test_overdue_from_the_day_after_it_was_due_whatever_was_handed_in(harrow: Harrow, asked):
    hand_in(harrow, asked)
    with clock.at(DUE):
        assert status(asked) == "Evidence submitted"
    with clock.at(date(2019, 7, 1)):
        assert status(asked) == "Overdue"
        say(harrow, asked)
        assert status(asked) == "Met"


def test_without_a_date_nothing_is_overdue(harrow: Harrow):
    asked = condition(harrow, due_on=None, due_event="When the contracts merge")
    with clock.at(date(2030, 1, 1)):
        assert status(asked) == "Open"


def test_a_later_date_keeps_the_old_one_and_its_reason(harrow: Harrow, asked):
    with one_event(asked.case, "extended", harrow.user("secretary"), due_on=["2019-06-30", "2019-09-30"]):
        move_date(harrow, asked)
    change = asked.date_changes.get()
    assert (change.old, change.new, change.reason) == (DUE, date(2019, 9, 30), "Summer.")
    assert Condition.objects.get().due_on == date(2019, 9, 30)


def test_a_date_moves_forwards_with_a_reason(harrow: Harrow, asked):
    with refused("Give the reason for the new date.", "reason"):
        move_date(harrow, asked, reason=" ")
    for day in (DUE, date(2019, 6, 29)):
        with refused("Choose a day after 30 June 2019.", "due_on"):
            move_date(harrow, asked, due_on=day)
    with clock.at(date(2019, 8, 1)), refused("Choose a day that is not past.", "due_on"):
        move_date(harrow, asked, due_on=date(2019, 7, 31))


def test_a_condition_that_fell_due_with_an_event_may_be_given_a_date(harrow: Harrow):
    asked = condition(harrow, due_on=None, due_event="When the contracts merge")
    move_date(harrow, asked, due_on=date(2019, 11, 24))
    assert asked.date_changes.get().old is None


@pytest.mark.parametrize(
    ("verb", "may"),
    [(hand_in, "officer"), (move_date, "secretary"), (let_go, "secretary")],
)
def test_who_may_not_and_who_saw_an_older_version(harrow: Harrow, asked, verb, may):
    for role in ("member", "auditor"):
        with not_allowed():
            verb(harrow, asked, by=role)
    with (
        not_allowed("This belongs to another commissioner: NHS Harrow CCG.")
        if verb is hand_in
        else not_allowed()
    ):
        verb(harrow, asked, by="officer@havering.example")
    with stale():
        verb(harrow, asked, by=may, seen=asked.case.version - 1)


def test_every_change_of_a_condition_makes_a_new_version_of_its_case(harrow: Harrow, asked):
    versions = [Case.objects.get().version]
    for verb in (hand_in, move_date, say):
        verb(harrow, asked)
        versions.append(Case.objects.get().version)
    assert versions == list(range(versions[0], versions[0] + 4))
