"""Interests that were declared late, and conflicts that nobody settled or that somebody voted in spite of."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from governance.interests import LATE, published
from governance.models import Conflict, Interest, Vote
from governance.withdrawn import without_vote
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written

SEE = "governance.view_interest"
# Who may read conflicts that are not confirmed.
WHOLE = "governance.read_kept_interest"
CONFIRMED = Conflict.Judgement.CONFIRMED


def declared_late(day: date) -> Iterator[Doubt]:
    """Published interests that were declared more than 28 days after they began. One query."""
    rows = Interest.objects.filter(LATE, published(day), declared_on__lte=day)
    for entry in rows.order_by("pk"):
        yield Doubt(
            subject=entry,
            commissioner=entry.commissioner_id,
            stated=f"Began on {written(entry.starts_on)}",
            stated_by="The register of interests",
            found=f"Declared on {written(entry.declared_on)}",
            found_by="The register of interests",
            meaning="Meetings may have decided before the interest was known.",
            since=entry.declared_on,
        )


def unsettled(day: date) -> Iterator[Doubt]:
    """Conflicts neither judged nor handled by the end of the meeting's day. One query."""
    waits = Q(judgement="", gone_on__isnull=True) | Q(judgement=CONFIRMED, handling="")
    rows = Conflict.objects.filter(
        waits,
        item__is_taken_off=False,
        item__meeting__is_cancelled=False,
        item__meeting__held_on__lt=day,
    ).select_related("item__meeting__body", "person")
    for conflict in rows.order_by("pk"):
        yield Doubt(
            subject=conflict.item.meeting,
            commissioner=conflict.item.meeting.commissioner_id,
            key=str(conflict.pk),
            stated=f"Item {conflict.item.reference}, {conflict.person}: "
            f"{'a warning' if conflict.is_warning else 'a conflict of interest'}",
            stated_by="The rule that proposed it" if conflict.rule else "Declared at the meeting",
            found="The chair recorded nothing that was done" if conflict.judgement else "Nobody judged it",
            found_by="What is recorded of the item",
            meaning="The body decided, and it is not held whether somebody should have left.",
            since=conflict.item.meeting.day,
        )


def voted_all_the_same(day: date) -> Iterator[Doubt]:
    """Votes of who had left for the item, or was to, or stayed without voting. Three queries."""
    votes = list(
        Vote.objects.filter(
            Q(resolution__item__withdrawals__isnull=False) | Q(resolution__item__conflicts__handling__gt=""),
            resolution__item__meeting__held_on__lte=day,
            resolution__superseded_by__isnull=True,
        )
        .select_related("resolution__item__meeting__body", "person")
        .order_by("pk")
        .distinct()
    )
    barred = without_vote([vote.resolution.item for vote in votes])
    for vote in votes:
        item = vote.resolution.item
        if vote.person_id in barred.get(item.pk, ()):
            yield Doubt(
                subject=item.meeting,
                commissioner=item.meeting.commissioner_id,
                key=str(vote.pk),
                stated=f"Item {item.reference}: {vote.person} had left for it, or stayed without voting",
                stated_by="The withdrawals and what the chair recorded",
                found=f"Voted: {vote.get_cast_display().lower()}",
                found_by="The votes that are recorded",
                meaning="The resolution may not stand: record a breach and ask the body again.",
                since=item.meeting.day,
            )


RULES = (
    Rule(
        slug="interest-declared-late",
        group="boards",
        see=SEE,
        title="An interest that was declared late",
        question="Was an interest declared more than 28 days after it began?",
        source="The register of interests",
        to_do="Ask whether a meeting decided meanwhile; if so, record a breach. Accept it with the answer.",
        find=declared_late,
        after=("interest",),
    ),
    Rule(
        slug="conflict-not-settled",
        group="boards",
        see=WHOLE,
        title="A conflict of interest that nobody settled",
        question="Was a conflict neither judged nor handled by the day of the meeting?",
        source="The conflicts of the item, and what was recorded of them",
        to_do="Judge it, and ask the chair what was done; where nothing was, record a breach.",
        find=unsettled,
        after=("agendaitem", "meeting"),
    ),
    Rule(
        slug="voted-with-a-conflict",
        group="boards",
        see=SEE,
        title="Somebody who was not to vote did",
        question="Is there a vote of somebody who left for the item, or stayed without voting?",
        source="The votes, the withdrawals and what the chair recorded",
        to_do="Record a breach, and ask the body again without them.",
        find=voted_all_the_same,
        after=("agendaitem", "meeting", "resolution"),
    ),
)
