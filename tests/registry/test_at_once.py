"""Two people at once, each in a thread with its own connection: one wins, the other sees who was first."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from governance.workflow.meetings import plan_meeting, record_attendance
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.history.record import events_of
from pcnportal.refusals import Refused, Stale
from registry.models import Case, Condition, Decision
from registry.workflow import move
from registry.workflow.conditions import extend, submit_evidence
from registry.workflow.forms import start_case
from registry.workflow.reviewing import answer_line
from tests import factories as make
from tests import steps
from tests.harrow import Harrow

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4
LATER = make.GO_LIVE


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave or raised, all of them started at the same moment."""
    start = Barrier(len(acts))
    ends: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            with clock.at(make.COMMITTEE_DAY):
                start.wait(10)
                ends[number] = act()
        except Exception as error:  # noqa: BLE001  (a thread has nobody else to tell)
            ends[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return ends


def the_loser(ends: list[Any]) -> Refused:
    """The one refusal among the ends; everything else was done."""
    lost = [end for end in ends if isinstance(end, Exception)]
    assert len(lost) == 1, ends
    assert isinstance(lost[0], Refused), repr(lost[0])
    return lost[0]


def who_was_first(lost: Refused, of: Any) -> Event:
    """The loser is told of the event of the winner, which is the newest."""
    assert isinstance(lost, Stale)
    assert lost.latest == events_of(of).first()
    return lost.latest  # type: ignore[return-value]


def test_of_two_decisions_at_once_exactly_one_is_recorded(harrow: Harrow):
    for _ in range(ROUNDS):
        case = steps.before_committee(harrow)
        facts = {"reasons": steps.REASONS, "seen": case.version} | harrow.quorum
        verbs = {"secretary": "approve", "manager": "not_approve"}

        def decide(name, case=case, facts=facts, verbs=verbs):
            return move(Case.objects.get(pk=case.pk), verbs[name], by=harrow.user(name), **facts)

        ends = at_once(partial(decide, "secretary"), partial(decide, "manager"))
        first = who_was_first(the_loser(ends), case)
        seen = case.version
        case.refresh_from_db()
        won = Decision.objects.get(case=case)
        assert (won.recorded_by, first.by) == (first.by, won.recorded_by)
        assert case.status == won.outcome
        assert case.version == seen + 1
        assert first.verb == next(verb for name, verb in verbs.items() if harrow.user(name) == first.by)
        move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="The next round.")


def test_of_eight_who_open_a_review_at_once_one_copies_the_checklist(harrow: Harrow):
    case = steps.received(harrow)
    seen = case.version
    names = ["officer", "manager"] * 4

    def open_review(name):
        return move(Case.objects.get(pk=case.pk), "open_review", by=harrow.user(name), seen=seen)

    ends = at_once(*(partial(open_review, name) for name in names))
    assert sum(isinstance(end, Stale) for end in ends) == 7
    case.refresh_from_db()
    assert (case.status, case.version, case.lines.count()) == ("under_review", seen + 1, 6)
    assert [event.verb for event in events_of(case)].count("open_review") == 1


def test_of_two_answers_to_one_line_the_first_stands(harrow: Harrow):
    case = steps.under_review(harrow)
    for _ in range(ROUNDS):
        case.refresh_from_db()
        seen = case.version

        def answer(name, said, seen=seen):
            line = steps.line_of(case, "contiguity")
            answer_line(line, by=harrow.user(name), seen=seen, answer=said, note=name)

        ends = at_once(partial(answer, "officer", "met"), partial(answer, "manager", "not_applicable"))
        first = who_was_first(the_loser(ends), case)
        line = steps.line_of(case, "contiguity")
        assert (line.answered_by, line.note) == (first.by, first.reason)


def test_evidence_and_another_date_at_once_do_not_cross(harrow: Harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    seen = case.version

    def held():
        return Condition.objects.select_related("case__commissioner").get()

    ends = at_once(
        lambda: submit_evidence(held(), by=harrow.user("officer"), seen=seen, text="The document."),
        lambda: extend(held(), by=harrow.user("secretary"), seen=seen, due_on=LATER, reason="Summer."),
    )
    who_was_first(the_loser(ends), case)
    assert held().evidence.count() + held().date_changes.count() == 1


def test_of_two_who_start_the_same_registration_one_is_told_that_it_is_there(harrow: Harrow):
    for name in ("Sphere PCN", "Healthsense PCN"):

        def start(by, name=name):
            user = harrow.user(by)
            return start_case(by=user, commissioner=harrow.ccg, round=harrow.round, name=name)

        ends = at_once(partial(start, "officer"), partial(start, "manager"))
        assert str(the_loser(ends)) == f"There is already a PCN called {name}."
        assert Case.objects.filter(pcn__organisation__name=name).count() == 1


def test_of_two_who_plan_the_same_meeting_one_is_told_that_it_is_there(harrow: Harrow):
    def plan(by):
        user, day = harrow.user(by), make.PANEL_DAY
        return plan_meeting(harrow.panel, by=user, commissioner=harrow.ccg, held_on=day)

    ends = at_once(partial(plan, "secretary"), partial(plan, "manager"))
    assert "already has a meeting on 24 May 2019" in str(the_loser(ends))


def test_of_two_attendances_at_once_one_stands_whole(harrow: Harrow):
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    people = [make.PersonFactory.create(name=name) for name in ("Dr Genevieve Small", "Javina Sehgal")]

    def note(by, person):
        row = {"person": person, "office": "Member", "is_voting": True, "presence": "present"}
        record_attendance(meeting, by=harrow.user(by), seen=1, present=[row])

    ends = at_once(partial(note, "secretary", people[0]), partial(note, "manager", people[1]))
    first = who_was_first(the_loser(ends), meeting)
    attended = meeting.attendances.get().person
    assert first.by == harrow.user("secretary" if attended == people[0] else "manager")
