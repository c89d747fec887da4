"""What ties people to organisations, as the register, forms and declared interests hold it.

Nothing is read from a name: who shares one with somebody is not tied to them.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from governance.interests import in_force as interests_in_force
from governance.models import Interest
from pcnportal.people.models import Office, Person, in_force
from registry.models import ClinicalDirector, Status, SubmittedDirector

OF_THEIR_OWN = (Interest.Role.PARTNER, Interest.Role.DIRECTOR, Interest.Role.EMPLOYEE)
ENDED = (Status.WITHDRAWN, Status.NOT_APPROVED, Status.CLOSED)


class Tie(NamedTuple):
    """`person` to `organisation` (ids; None: an organisation that the register does not hold), in words.

    `interest` is the declared one it rests on. `is_theirs` where the person themself is director, partner or
    employee there; otherwise it is declared, and of another kind.
    """

    person: int
    organisation: int | None
    words: str
    is_theirs: bool = True
    interest: Interest | None = None


def ties_of(people: Collection[Person], day: date) -> dict[int, list[Tie]]:
    """All ties of each person on `day`, by the person's id. Four queries for any number of people."""
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in (*_directors(people, day), *_named_directors(people), *_offices(people, day)):
        found[tie.person].append(tie)
    for person in people:
        if person.organisation_id:
            found[person.pk].append(Tie(person.pk, person.organisation_id, "belongs there, as held"))
    for tie in _declared(people, day):
        found[tie.person].append(tie)
    return found


def _directors(people: Collection[Person], day: date) -> list[Tie]:
    rows = ClinicalDirector.objects.on(day).filter(person__in=people)
    rows = rows.select_related("pcn__organisation").order_by("pk")
    found = []
    for row in rows:
        found.append(Tie(row.person_id, row.pcn_id, "clinical director"))
        if row.practice_id:
            found.append(Tie(row.person_id, row.practice_id, f"from there, clinical director of {row.pcn}"))
    return found


def _named_directors(people: Collection[Person]) -> list[Tie]:
    """Those whom the newest form of a registration names that was not turned down."""
    rows = (
        SubmittedDirector.objects.filter(person__in=people, submission__case__current=F("submission"))
        .exclude(submission__case__status__in=ENDED)
        .select_related("submission__case__pcn__organisation")
        .order_by("pk")
    )
    found = []
    for row in rows:
        pcn = row.submission.case.pcn
        found.append(Tie(row.person_id, pcn.pk, "clinical director, as the form names them"))
        if row.practice_id:
            words = f"from there, clinical director of {pcn}, as its form says"
            found.append(Tie(row.person_id, row.practice_id, words))
    return found


def _offices(people: Collection[Person], day: date) -> list[Tie]:
    known = Q(source__isnull=True) | Q(source__published_on__isnull=True) | Q(source__published_on__lte=day)
    rows = Office.objects.filter(in_force(day), known | Q(starts_on__isnull=False), person__in=people)
    return [Tie(row.person_id, row.organisation_id, f"holds the office of {row.title}") for row in rows]


def _declared(people: Collection[Person], day: date) -> list[Tie]:
    """What they declared, to any commissioner: registers of interests are public."""
    rows = Interest.objects.filter(interests_in_force(day), person__in=people).order_by("pk")
    found = []
    for row in rows.select_related("organisation"):
        is_theirs = row.role in OF_THEIR_OWN and row.kind != Interest.Kind.INDIRECT
        kind = row.get_kind_display().lower()
        article = "an" if kind[0] in "aeiou" else "a"
        words = (
            f"declared as {row.get_role_display().lower()}"
            if is_theirs
            else f"declared {article} {kind} interest"
        )
        found.append(Tie(row.person_id, row.organisation_id, words, is_theirs, row))
    return found
