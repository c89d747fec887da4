"""Who belongs where: a practice in two PCNs or in none, closed, or of another commissioner."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written
from pcnportal.people.models import Succession
from registry.placings import newest_sizes

from .mending import CLOSED, DISPERSED, JOINED, LEFT, MERGED, TAKEN_ON, of_practice
from .rows import (
    PracticeRow,
    everybodys_placings,
    heir,
    heirs_on,
    memberships,
    names_of,
    pcns_on,
    practices_on,
    sourced,
)

TAKEN = (
    "predecessor",
    "kind",
    "successor__name",
    "on",
    "source__title",
    "source__published_on",
)
CONTRACT = "Network Contract DES 2019/20, registration requirements (NHS England and the BMA, March 2019)"


def _patients(sizes: dict[int, Any], pk: int) -> Decimal | None:
    return sizes[pk].patients if pk in sizes else None


def two_open(day: date) -> Iterator[Doubt]:
    """Two memberships that are in force on one day, of different PCNs."""
    held = defaultdict(list)
    for member in memberships(day):
        held[member.practice].append(member)
    twice = {pk: found for pk, found in held.items() if len({m.pcn for m in found}) > 1}
    practices, pcns, sizes = practices_on(day), pcns_on(day), newest_sizes(day, twice)
    for pk, found in twice.items():
        first, *others = found
        others = [member for member in others if member.pcn != first.pcn]
        since = f"since {written(first.starts_on)}" if first.starts_on else "from a day that is not held"
        yield Doubt(
            subject=practices[pk].record,
            commissioner=practices[pk].commissioner,
            stated=f"In {pcns[first.pcn]} {since}",
            stated_by=first.source,
            found="; ".join(
                f"also in {pcns[m.pcn]}" + (f" since {written(m.starts_on)}" if m.starts_on else "")
                for m in others
            ),
            found_by="; ".join(sorted({m.source for m in others if m.source})),
            difference=f"{len(others) + 1} PCNs at once",
            patients=_patients(sizes, pk),
            meaning="A practice with one contract belongs to one PCN: its patients count twice.",
        )


def unplaced(day: date) -> Iterator[Doubt]:
    """Open practices that neither a membership nor a form places, where others of the commissioner are."""
    practices = practices_on(day)
    placed = {placing.practice for placing in everybodys_placings(day)}
    with_members = {practices[pk].commissioner for pk in placed if pk in practices}
    missing = [
        row
        for row in practices.values()
        if row.pk not in placed and row.is_open(day) and row.commissioner in with_members
    ]
    sizes = newest_sizes(day, [row.pk for row in missing])
    for row in missing:
        yield Doubt(
            subject=row.record,
            commissioner=row.commissioner,
            stated=f"Open since {written(row.opened_on)}" if row.opened_on else "Open",
            stated_by=row.source,
            found="In no PCN, and no registration proposes it for one",
            found_by="The register’s memberships and the forms that stand",
            difference="1 practice not placed",
            patients=_patients(sizes, row.pk),
            meaning="Its patients get no network services: coverage is less than 100 %.",
        )


def closed_member(day: date) -> Iterator[Doubt]:
    """A membership in force of a practice that has closed."""
    practices, pcns = practices_on(day), pcns_on(day)
    found = [m for m in memberships(day) if _is_closed(practices[m.practice], day)]
    sizes = newest_sizes(day, [member.practice for member in found])
    for member in found:
        row = practices[member.practice]
        yield Doubt(
            subject=row.record,
            key=pcns[member.pcn].slug,
            commissioner=row.commissioner,
            stated=f"Still a member of {pcns[member.pcn]}",
            stated_by=member.source,
            found=f"Closed on {written(row.closed_on)}",
            found_by=row.source,
            difference="1 membership to end",
            patients=_patients(sizes, row.pk),
            meaning="The PCN counts a practice that sees no patients any more; its list went elsewhere.",
        )


def taken_over(day: date) -> Iterator[Doubt]:
    """A membership in force of a practice whose list was merged, taken on or dispersed by `day`."""
    practices, pcns = practices_on(day), pcns_on(day)
    taken = {
        before: (kind, after, sourced(title, published_on))
        for before, kind, after, on, title, published_on in Succession.objects.exclude(
            kind=Succession.Kind.SUCCEEDED
        ).values_list(*TAKEN)
        if before in practices and (on or published_on or day) <= day
    }
    found = [
        m for m in memberships(day) if m.practice in taken and not _is_closed(practices[m.practice], day)
    ]
    sizes = newest_sizes(day, [member.practice for member in found])
    for member in found:
        row = practices[member.practice]
        kind, after, by = taken[member.practice]
        yield Doubt(
            subject=row.record,
            key=pcns[member.pcn].slug,
            commissioner=row.commissioner,
            stated=f"Still a member of {pcns[member.pcn]}",
            stated_by=member.source,
            found=f"{Succession.Kind(kind).label} {after or ''}".rstrip(),
            found_by=by,
            difference="1 membership to end",
            patients=_patients(sizes, row.pk),
            meaning="The PCN counts its patients with it and with whoever has them now.",
        )


def _is_closed(row: PracticeRow, day: date) -> bool:
    return row.closed_on is not None and row.closed_on <= day


def of_another_commissioner(day: date) -> Iterator[Doubt]:
    """A practice whose commissioner is not its PCN's. Who took over from whom is no difference."""
    practices, pcns, heirs, names = practices_on(day), pcns_on(day), heirs_on(day), names_of()
    found = [
        m
        for m in memberships(day)
        if heir(practices[m.practice].commissioner, heirs) != heir(pcns[m.pcn].commissioner, heirs)
    ]
    sizes = newest_sizes(day, [member.practice for member in found])
    for member in found:
        row, pcn = practices[member.practice], pcns[member.pcn]
        yield Doubt(
            subject=row.record,
            key=pcn.slug,
            commissioner=row.commissioner,
            stated=f"A practice of {names.get(row.commissioner, 'a commissioner that is not held')}",
            stated_by=row.source,
            found=f"Member of {pcn}, a PCN of {names.get(pcn.commissioner, 'another commissioner')}",
            found_by=member.source,
            difference="Two commissioners",
            patients=_patients(sizes, row.pk),
            meaning="Two commissioners answer for one network: agree who pays it and who decides on it.",
        )


RULES = (
    Rule(
        slug="two-open-memberships",
        group="register",
        title="In two PCNs at once",
        question="Is a practice a member of more than one PCN on the same day?",
        source=f"{CONTRACT}: one contract, one network",
        to_do="End the membership that is wrong, on the day on which the practice left or never joined.",
        find=two_open,
        mend=of_practice(LEFT),
    ),
    Rule(
        slug="in-no-pcn",
        group="register",
        title="Open practice in no PCN",
        question="Is an open practice in no PCN, where its commissioner’s other practices are in one?",
        source=f"{CONTRACT}: networks cover 100 % of the population. A practice that a form which stands "
        "proposes counts as placed.",
        to_do="Place it: with the LMC find a PCN that takes it, or record that it closed.",
        find=unplaced,
        mend=of_practice(JOINED, CLOSED),
    ),
    Rule(
        slug="closed-practice-a-member",
        group="register",
        title="Closed practice still a member",
        question="Is a practice that has closed still a member of a PCN?",
        source="ODS (epraccur): the day on which the practice closed",
        to_do="Record what became of its list (merged, taken on, dispersed), and end its membership.",
        find=closed_member,
        mend=of_practice(TAKEN_ON, MERGED, DISPERSED, LEFT),
    ),
    Rule(
        slug="taken-over-a-member",
        group="register",
        title="List taken over, still a member",
        question="Is a practice whose list was merged, taken on or dispersed still a member of a PCN?",
        source="The register’s successions, each with its document",
        to_do="Record the day on which the practice closed and left; where it goes on, correct the "
        "succession.",
        find=taken_over,
        mend=of_practice(LEFT, CLOSED),
    ),
    Rule(
        slug="member-of-another-commissioner",
        group="register",
        title="Member of another commissioner’s PCN",
        question="Does a practice belong to a PCN of another commissioner? Successors count as the same.",
        source="ODS (ePCN), which has a column for it: practice and PCN under the same commissioner",
        to_do="Agree between the commissioners who leads and accept it with that reason, or correct it.",
        find=of_another_commissioner,
        mend=of_practice(LEFT),
    ),
)
