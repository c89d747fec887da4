"""The review: lines answered one at a time, departures sent to the region, the recommendation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.checklist import assess
from registry.models import (
    Case,
    Departure,
    Document,
    Line,
    Recommendation,
    Status,
)

from .move import advance, effect, guard
from .outcomes import commissioner_of


def _reviewing(case: Case, by: User, seen: int) -> None:
    """Pass while the case is under review, for who may review it; a new version from here on."""
    allow(by, "registry.review_case", case.commissioner)
    advance(case, seen)
    if case.status != Status.UNDER_REVIEW:
        raise Refused(f"The review of {case} is not open: it is “{case.get_status_display()}”.")


@transaction.atomic
def answer_line(
    line: Line,
    *,
    by: User,
    seen: int,
    answer: str,
    note: str = "",
    source: Source | None = None,
    evidence: Iterable[Document] = (),
) -> Line:
    """Record a person's answer to a line: met, not_met or not_applicable.

    Raises `Refused` where the line is computed, where facts are not held and no source is given, or where an
    answer other than met has no note; `Stale` where somebody was first.
    """
    case = line.case
    _reviewing(case, by, seen)
    assessed = next(a for a in assess(case, clock.today()) if a.line.pk == line.pk)
    if not assessed.takes_an_answer:
        raise Refused("This line is computed from facts that are held: correct those instead.")
    if answer not in Line.Answer.values:
        raise Refused("Choose an answer.", "answer")
    if answer != Line.Answer.MET and not note.strip():
        raise Refused("Say why in a note.", "note")
    if (
        answer == Line.Answer.MET
        and assessed.result
        and assessed.result.state != "judgement"
        and source is None
    ):
        raise Refused("The facts are not held: say where you read that the requirement is met.", "source")
    if assessed.result and assessed.result.state == "judgement" and not (note.strip() or source):
        raise Refused("Give the commissioner's reason, or where it is recorded.", "note")
    documents = list(evidence)
    if any(document.case_id != case.pk for document in documents):
        raise Refused("A document of another case can't be evidence here.", "evidence")
    old = line.answer
    line.answer, line.note, line.source = answer, note, source
    line.answered_by, line.answered_on, line.answered_for = by, clock.today_if_held(), case.current
    line.save()
    line.evidence.set(documents)
    if answer != Line.Answer.NOT_MET:
        Departure.objects.filter(line=line, submission=case.current_id, is_sent=False).delete()
    record(
        by,
        "answered",
        line,
        note,
        whole=case,
        answer=[old, answer],
        form=case.current.number if case.current else None,
    )
    return line


@transaction.atomic
def record_departure(line: Line, *, by: User, seen: int, reason: str) -> Departure:
    """Say why a requirement that is not met should be allowed. Raises `Refused` where it is met."""
    case = line.case
    _reviewing(case, by, seen)
    if not reason.strip():
        raise Refused("Give the reason for the departure.", "reason")
    if not any(a.is_failing and a.line.pk == line.pk for a in assess(case, clock.today())):
        raise Refused("This requirement is met: there is no departure.")
    settings = commissioner_of(case)
    if settings is None:
        raise Refused("The commissioner's NHS England region is not held.")
    held = Departure.objects.filter(line=line, submission=case.current_id).first()
    if held and held.is_sent:
        raise Refused("This departure was sent already.")
    departure = held or Departure(line=line, submission=case.current, region=settings.region)
    departure.reason = reason
    departure.save()
    record(by, "recorded the departure", line, reason, whole=case)
    return departure


@transaction.atomic
def send_departure(departure: Departure, *, by: User, seen: int, sent_on: date | None) -> None:
    """Record that a departure went to the NHS England regional team; the day is None where it is not held."""
    case = departure.line.case
    _reviewing(case, by, seen)
    if departure.is_sent:
        raise Refused("This departure was sent already.")
    if sent_on and sent_on > clock.today():
        raise Refused("The day it was sent can't be in the future.", "sent_on")
    received = departure.submission.received_on
    if sent_on and received and sent_on < received:
        raise Refused(f"The form was received on {received:%-d %B %Y}, so it was sent later.", "sent_on")
    departure.is_sent, departure.sent_on = True, sent_on
    departure.save(update_fields=["is_sent", "sent_on"])
    record(by, "sent the departure to the regional team", departure.line, whole=case)


@transaction.atomic
def record_reply(
    departure: Departure,
    *,
    by: User,
    seen: int,
    reply: str,
    replied_on: date | None = None,
    note: str = "",
    source: Source | None = None,
) -> None:
    """Record what the regional team answered, agreed or refused; it may come after the review."""
    case = departure.line.case
    allow(by, "registry.review_case", case.commissioner)
    advance(case, seen)
    if not departure.is_sent:
        raise Refused("Record first that the departure was sent.")
    if reply not in Departure.Reply.values:
        raise Refused("Choose what the regional team answered.", "reply")
    if replied_on and replied_on > clock.today():
        raise Refused("The day of the answer can't be in the future.", "replied_on")
    if replied_on and departure.sent_on and replied_on < departure.sent_on:
        raise Refused("The answer can't be before the departure was sent.", "replied_on")
    old = departure.reply
    departure.reply, departure.replied_on = reply, replied_on
    departure.reply_note, departure.reply_source = note, source
    departure.save()
    record(by, "recorded the regional team's answer", departure.line, note, whole=case, reply=[old, reply])


def departures_of(case: Case) -> list[Departure]:
    """The departures of the form as it now stands, in the order of the checklist."""
    return list(
        Departure.objects.filter(line__case=case, submission=case.current_id)
        .select_related("line", "region", "reply_source")
        .order_by("line__position")
    )


@guard("recommend", "put_on_agenda")
def every_line_answered(case: Case) -> str:
    lines = assess(case, clock.today())
    if not lines:
        return "The review has no checklist: open the review first."
    open_lines = [a.line.title for a in lines if a.is_open]
    if open_lines:
        return (
            f"{len(open_lines)} of {len(lines)} lines of the checklist still open: {', '.join(open_lines)}."
        )
    return ""


@guard("recommend", "put_on_agenda")
def departures_sent(case: Case) -> str:
    held = {d.line_id: d for d in departures_of(case)}
    for assessed in assess(case, clock.today()):
        if assessed.is_failing:
            departure = held.get(assessed.line.pk)
            if departure is None:
                return f"“{assessed.line.title}” is not met: give the reason for the departure."
            if not departure.is_sent:
                return f"The departure on “{assessed.line.title}” has not been sent to the regional team."
    return ""


@guard("put_on_agenda")
def recommended(case: Case) -> str:
    return (
        "" if recommendation_in_force(case) else "The registration has not been recommended to the committee."
    )


def recommendation_in_force(case: Case) -> Recommendation | None:
    """The newest recommendation on the form as it now stands."""
    return case.recommendations.filter(submission=case.current_id).select_related("made_by", "source").first()


@effect("recommend")
def _recommend(
    case: Case,
    *,
    by: User,
    reason: str,
    outcome: str = Recommendation.Outcome.APPROVE,
    reasons: Iterable[str],
    source: Source | None = None,
) -> dict[str, Any]:
    listed = [text.strip() for text in reasons if text.strip()]
    if outcome not in Recommendation.Outcome.values:
        raise Refused("Choose what you recommend.", "outcome")
    if not listed:
        raise Refused("Give at least one reason.", "reasons")
    if case.current is None:
        raise Refused("There is no form to recommend.")
    Recommendation.objects.create(
        case=case,
        submission=case.current,
        outcome=outcome,
        reasons=listed,
        source=source,
        made_by=by,
        made_on=clock.today_if_held(),
    )
    return {"outcome": outcome}
