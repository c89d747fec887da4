"""Bodies that nobody chairs, and partners whose turn to chair was passed over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from governance.known import held
from governance.mapping import IN_THE_CHAIR
from governance.models import Body, Meeting, Seat, TurnToChair
from governance.turns import Place, Sitting, turns
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.people.models import Organisation

from .about import SEE, bodies_on, commissioner_of, said_by


def without_a_chair(day: date) -> Iterator[Doubt]:
    """Bodies without a person in the chair and without partners who take turns."""
    bodies = bodies_on(day)
    seats = Seat.objects.filter(held(day), body__in=bodies, chairs__in=IN_THE_CHAIR).order_by("pk")
    chairs: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats.select_related("organisation"):
        chairs[seat.body_id].append(seat)
    taking_turns = set(TurnToChair.objects.filter(held(day), body__in=bodies).values_list("body", flat=True))
    for body in bodies:
        found = _no_chair(body, chairs[body.pk], has_turns=body.pk in taking_turns)
        if found:
            rule = body.get_chair_rule_display()
            yield Doubt(
                subject=body,
                commissioner=commissioner_of(body),
                stated=f"Chair rule: {rule.lower() if rule else 'not held'}",
                stated_by=said_by(body),
                found=found,
                found_by="The seats and turns that are held",
                meaning="Nobody is there who calls the meeting, keeps its order or acts between meetings.",
            )


def _no_chair(body: Body, seats: list[Seat], *, has_turns: bool) -> str:
    """Why nobody chairs the body, as a sentence; empty where somebody does."""
    if body.chair_rule == Body.ChairRule.ROTATING:
        return "" if has_turns else "The order in which the partners chair it is not held"
    if any(seat.person_id for seat in seats) or (has_turns and not seats):
        return ""
    if seats:
        return f"The chair is to be named: {seats[0].office or seats[0].organisation}"
    return "No chair is held"


def passed_over(day: date) -> Iterator[Doubt]:
    """Meetings chaired by another partner than the one whose turn it was. Three queries."""
    rows = list(TurnToChair.objects.select_related("organisation").order_by("pk"))
    places: dict[int, list[Place]] = defaultdict(list)
    for row in rows:
        places[row.body_id].append(Place(row.organisation_id, row.position, row.starts_on, row.ends_on))
    names = {row.organisation_id: row.organisation.name for row in rows}
    sittings: dict[tuple[int, int], list[Sitting]] = defaultdict(list)
    meetings = (
        Meeting.objects.filter(body__in=places, is_cancelled=False, held_on__lte=day)
        .select_related("body", "chaired_by")
        .order_by("held_on", "starts_at", "pk")
    )
    for meeting in meetings:
        before = sittings[meeting.body_id, meeting.commissioner_id]
        this = Sitting(meeting.pk, meeting.day)
        expected = turns(places[meeting.body_id], [*before, this]).get(meeting.pk) if before else None
        before.append(Sitting(meeting.pk, meeting.day, meeting.chaired_by_id))
        if meeting.chaired_by and expected and expected != meeting.chaired_by_id:
            yield _passed_over(meeting, meeting.chaired_by, names[expected])


def _passed_over(meeting: Meeting, chair: Organisation, expected: str) -> Doubt:
    return Doubt(
        subject=meeting,
        commissioner=meeting.commissioner_id,
        stated=f"It was the turn of {expected}",
        stated_by="The order in which the partners chair the body",
        found=f"{chair} chaired",
        found_by="What is recorded of the meeting",
        meaning=f"{expected} was passed over: partners who take turns expect to have theirs.",
        since=meeting.held_on,
    )


RULES = (
    Rule(
        slug="body-without-a-chair",
        group="boards",
        see=SEE,
        title="A body without a chair",
        question="Is nobody named who chairs a body, and do no partners take turns?",
        source="The seats and turns, with the documents that give them",
        to_do="Ask its secretary who chairs it, and name the seat.",
        find=without_a_chair,
        after=("body",),
    ),
    Rule(
        slug="turn-to-chair-passed-over",
        group="boards",
        see=SEE,
        title="A partner whose turn to chair was passed over",
        question="Was a meeting chaired by another partner than the one whose turn it was?",
        source="The order in which the partners chair, and who chaired",
        to_do="Ask whether the partners changed places, and accept it with the answer.",
        find=passed_over,
        after=("body", "meeting", "turntochair"),
    ),
)
