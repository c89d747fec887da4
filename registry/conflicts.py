"""Conflicts of interest that the portal proposes for an agenda item about a case, by listed rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from governance.known import held
from governance.models import AgendaItem, Attendance, Meeting, Seat
from governance.proposing import ConflictRule, Proposal
from pcnportal.people.models import Organisation, Person
from registry.concerned import As, Concerned, case_of, concerned
from registry.ties import Tie, ties_of

SOURCE = (
    "A rule of the portal, for the kinds of interest in NHS England’s statutory guidance for CCGs, Managing "
    "conflicts of interest (June 2017)"
)
ASKS = "Is a member a director or office-holder, partner or employee of"
DECLARED = ConflictRule(
    "declared-interest",
    "A declared interest",
    "Has a member declared another interest, direct or indirect, in any of these organisations?",
    SOURCE,
)
NOT_DECLARED = ConflictRule(
    "not-declared",
    "Nothing is declared",
    "Is nothing held of where a member works or practises but for the organisation that they sit for, and "
    "have they not declared to be a partner, director or employee of a practice, network or provider? It is "
    "a warning, whatever else they declared: whether there is a conflict is not known.",
    "A rule of the portal: what is not held is never taken for no conflict",
)
OF = {
    As.NETWORK: ConflictRule(
        "of-the-network",
        "Of the network",
        "Is a member clinical director, or otherwise director, office-holder or employee, of the network?",
        SOURCE,
    ),
    As.OTHER_NETWORK: ConflictRule(
        "of-a-network-left",
        "Of a network that a practice would leave",
        f"{ASKS} a network that one of the practices would leave?",
        SOURCE,
    ),
    As.MEMBER: ConflictRule(
        "of-a-member-practice",
        "Of a member practice",
        f"{ASKS} a practice that is a member of the network?",
        SOURCE,
    ),
    As.MOVED: ConflictRule(
        "of-a-practice-moved",
        "Of a practice that moves",
        f"{ASKS} a practice that would move here from another network?",
        SOURCE,
    ),
    As.LEFT: ConflictRule(
        "of-a-practice-left-behind",
        "Of a practice left behind",
        f"{ASKS} a practice that the case leaves behind: that was to be a member and no longer is, or that "
        "stays in a network which another would leave?",
        SOURCE,
    ),
    As.PAYEE: ConflictRule(
        "of-the-payee",
        "Of the nominated payee",
        f"{ASKS} the organisation that receives the network’s money?",
        SOURCE,
    ),
    As.FEDERATION: ConflictRule(
        "of-a-federation",
        "Of a GP federation there",
        f"{ASKS} a GP federation of the commissioner’s area?",
        SOURCE,
    ),
}
WORKPLACES = (Organisation.Kind.PRACTICE, Organisation.Kind.PCN, Organisation.Kind.PROVIDER)
RULES = (*OF.values(), DECLARED, NOT_DECLARED)


def proposals_for(item: AgendaItem) -> list[Proposal]:
    """What the rules name on an item about a case, on the day of its meeting, person by person.

    None for an item about something else, or of a meeting whose day is not held. A constant number of
    queries for any number of members and practices.
    """
    case, day = case_of(item), item.meeting.held_on
    if case is None or day is None:
        return []
    people, about = members_of(item.meeting), concerned(case, day)
    ties = ties_of(people, day)
    own = {item.meeting.commissioner_id, item.meeting.body.organisation_id}
    found = []
    for person in people:
        found += _tied(person, ties[person.pk], about)
        if not any(_says_where(tie, own) for tie in ties[person.pk]):
            found.append(_unknown(person))
    return found


def members_of(meeting: Meeting) -> list[Person]:
    """Who sits on the body on the day of the meeting, whatever their part, and who came to it."""
    seats = Seat.objects.filter(held(meeting.day), body=meeting.body_id, person__isnull=False)
    came = Attendance.objects.filter(meeting=meeting.pk, presence=Attendance.Presence.PRESENT)
    pks = {*seats.values_list("person", flat=True), *came.values_list("person", flat=True)}
    return list(Person.objects.filter(pk__in=pks).order_by("name", "pk"))


def _tied(person: Person, ties: Iterable[Tie], about: Concerned) -> list[Proposal]:
    """One proposal for each rule and organisation, with all that ties the person to it."""
    named: dict[tuple[str, int], list[tuple[Tie, Organisation, As]]] = defaultdict(list)
    for role, organisations in about.items():
        for tie in ties:
            if tie.organisation in organisations:
                rule = OF[role] if tie.is_theirs else DECLARED
                organisation = organisations[tie.organisation]
                named[rule.slug, organisation.pk].append((tie, organisation, role))
    return [_proposal(person, slug, found) for (slug, _), found in named.items()]


def _proposal(person: Person, slug: str, found: list[tuple[Tie, Organisation, As]]) -> Proposal:
    organisation = found[0][1]
    roles = " and ".join(dict.fromkeys(role.value for *_, role in found))
    words = "; ".join(dict.fromkeys(tie.words for tie, *_ in found))
    interest = next((tie.interest for tie, *_ in found if tie.interest), None)
    return Proposal(person, slug, f"{organisation}, {roles}: {words}.", organisation, interest)


def _says_where(tie: Tie, own: Collection[int | None]) -> bool:
    """Whether a tie says where somebody works or practises, beside the organisations that they sit for."""
    if tie.interest is None:
        return tie.organisation not in own
    where = tie.interest.organisation
    return tie.is_theirs and where is not None and where.kind in WORKPLACES


def _unknown(person: Person) -> Proposal:
    because = (
        "Where they work or practise is neither held nor declared: whether there is a conflict is not known."
    )
    return Proposal(person, NOT_DECLARED.slug, because, is_warning=True)
