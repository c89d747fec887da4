"""Bodies that have not met for long, and actions between meetings that nobody has ratified."""

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, Max, OuterRef

from governance.known import held
from governance.mapping import in_words
from governance.models import BetweenMeetings, Meeting, Resolution, Rhythm
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written

from .about import SEE, bodies_on, commissioner_of


def silent(day: date) -> Iterator[Doubt]:
    """Bodies that did not meet in twice the time after which they meet as a rule. Two queries.

    It counts from the last meeting; where none is held, from the start of the rhythm or, where that is not
    held, from its document. A rhythm without any of these is not doubted.
    """
    bodies = {body.pk: body for body in bodies_on(day)}
    met = Meeting.objects.filter(body__in=bodies, is_cancelled=False, held_on__lte=day)
    last = dict(met.order_by().values("body").annotate(last=Max("held_on")).values_list("body", "last"))
    for rhythm in Rhythm.objects.filter(held(day), body__in=bodies).select_related("source").order_by("pk"):
        body, met_on = bodies[rhythm.body_id], last.get(rhythm.body_id)
        known_on = rhythm.starts_on or (rhythm.source.published_on if rhythm.source else None)
        begins = max(filter(None, (met_on, rhythm.starts_on)), default=known_on)
        if begins is None or day < (due := begins + 2 * _time(rhythm)):
            continue
        yield Doubt(
            subject=body,
            commissioner=commissioner_of(body),
            stated=f"Meets {in_words(rhythm)}",
            stated_by=str(rhythm.source) if rhythm.source else "Its rhythm, as recorded",
            found=f"Last met on {written(met_on)}"
            if met_on
            else f"No meeting since {written(begins)} is held",
            found_by="The meetings that are held",
            meaning="It has not met for twice as long as its rhythm: what it should decide or watch waits.",
            since=due,
        )


def _time(rhythm: Rhythm) -> relativedelta:
    if rhythm.unit == Rhythm.Unit.WEEK:
        return relativedelta(weeks=rhythm.every)
    return relativedelta(months=rhythm.every)


def unratified(day: date) -> Iterator[Doubt]:
    """Actions taken between meetings which no resolution of their body has agreed to. One query."""
    agreed = Resolution.objects.filter(
        item=OuterRef("item"), outcome=Resolution.Outcome.AGREED, superseded_by__isnull=True
    )
    rows = BetweenMeetings.objects.filter(~Exists(agreed), taken_on__lte=day).select_related("body")
    for action in rows.order_by("pk"):
        yield Doubt(
            subject=action,
            commissioner=action.commissioner_id,
            stated=f"{action} for {action.body}: {action.text}",
            stated_by="What was recorded when it was taken",
            found="No resolution of the body ratifies it",
            found_by="The resolutions that are held",
            meaning="It was done in the body’s name, and the body has not said yet that it agrees.",
            since=action.taken_on,
        )


RULES = (
    Rule(
        slug="body-has-not-met",
        group="boards",
        see=SEE,
        title="A body that has not met for twice its rhythm",
        question="Has a body not met for twice the time after which it meets as a rule?",
        source="The rhythm as its document gives it, and the meetings that are held",
        to_do="Plan its next meeting, or record the one that took place.",
        find=silent,
        after=("body", "meeting", "rhythm"),
    ),
    Rule(
        slug="action-between-meetings-not-ratified",
        group="boards",
        see=SEE,
        title="An action between meetings that is not ratified",
        question="Was a chair’s or an urgent action taken that no resolution of the body has ratified?",
        source="What is recorded between meetings, and the body’s resolutions",
        to_do="Put it first on the agenda of the body’s next meeting.",
        find=unratified,
        after=("betweenmeetings", "agendaitem", "meeting", "resolution"),
    ),
)
