"""The history of a practice or a PCN as one dated list, from the rows of the register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse

from pcnportal.pages.jinja import plural
from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.former import in_words
from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, PCNPeriod, Practice

# What happened to the one, and to the other, by kind of succession.
BEFORE = {
    Succession.Kind.MERGED: "Merged into",
    Succession.Kind.TAKEN_ON: "Its list was taken on by",
    Succession.Kind.DISPERSED: "Its list was dispersed",
    Succession.Kind.SUCCEEDED: "Succeeded by",
}
AFTER = {
    Succession.Kind.MERGED: "Merged into it:",
    Succession.Kind.TAKEN_ON: "Took on the list of",
    Succession.Kind.SUCCEEDED: "Succeeded",
}
DORMANT = "Dormant"


class Named(NamedTuple):
    """Somebody or something an entry names, with its page where it has one."""

    name: str
    href: str = ""


@dataclass
class Entry:
    """What happened on a day; `on` is None where it is not held."""

    on: date | None
    said: str
    names: list[Named] = field(default_factory=list)
    source: str = ""
    correct: str = ""  # where somebody who may can put it right

    @property
    def key(self) -> tuple[int, str]:
        """The newest first; what has no day comes last."""
        return (-self.on.toordinal() if self.on else 0, self.said)


def of_practice(practice: Practice) -> list[Entry]:
    """All that is held of a practice's history. Three queries."""
    organisation = practice.organisation
    entries = [*_opened(organisation), *details_of(practice), *successions_of(organisation)]
    rows = practice.memberships.standing()
    for row in rows.select_related("pcn__organisation", "source", "end_source"):
        pcn = [Named(str(row.pcn), row.pcn.get_absolute_url())]
        entries.append(Entry(row.starts_on, "Joined", pcn, _source(row)))
        if row.ends_on:
            entries.append(Entry(row.ends_on, "Left", pcn, _end_source(row)))
    return sorted(entries, key=lambda entry: entry.key)


def of_pcn(pcn: PCN) -> list[Entry]:
    """All that is held of a PCN's history; who joined or left on one day stands together. Six queries."""
    entries = [*_opened(pcn.organisation), *details_of(pcn), *_periods(pcn), *_members(pcn)]
    for said, model, who in (
        ("Clinical director", ClinicalDirector, "person"),
        ("Nominated payee", NominatedPayee, "organisation"),
    ):
        rows = model.objects.standing().filter(pcn=pcn)
        for row in rows.select_related(who, "source", "end_source"):
            entries.append(Entry(row.starts_on, f"{said}:", [Named(str(row))], _source(row)))
            if row.ends_on:
                entries.append(
                    Entry(row.ends_on, f"No longer {said.lower()}:", [Named(str(row))], _end_source(row))
                )
    return sorted(entries, key=lambda entry: entry.key)


def days_of(entries: Iterable[Entry], most: int = 12) -> list[date]:
    """The days on which something changed or will, the newest first."""
    return sorted({entry.on for entry in entries if entry.on}, reverse=True)[:most]


def successions_of(organisation: Organisation) -> Iterator[Entry]:
    """Who took over from it, and from whom it took over, with links both ways. One query."""
    rows = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    for row in rows.select_related("predecessor__practice", "successor__practice", "source"):
        went = row.predecessor_id == organisation.pk
        other = row.successor if went else row.predecessor
        said = BEFORE[Succession.Kind(row.kind)] if went else AFTER[Succession.Kind(row.kind)]
        yield Entry(row.on, said, [_named(other)] if other else [], str(row.source or ""))


def _named(organisation: Organisation) -> Named:
    practice = getattr(organisation, "practice", None)
    if practice:
        practice.organisation = organisation
    return Named(organisation.name, practice.get_absolute_url() if practice else "")


def _opened(organisation: Organisation) -> Iterator[Entry]:
    source = str(organisation.source or "")
    if organisation.opened_on:
        yield Entry(organisation.opened_on, "Opened", source=source)
    if organisation.closed_on:
        yield Entry(organisation.closed_on, "Closed", source=str(organisation.closed_source or source))


def details_of(of: Practice | PCN) -> Iterator[Entry]:
    """What of its details became another one, from what and to what. One query."""
    organisation = of.organisation
    rows = FormerDetail.objects.filter(organisation=organisation).order_by("what", "until")
    by_what: dict[str, list[Any]] = defaultdict(list)
    for row in rows.annotate(said=in_words()).select_related("source"):
        by_what[row.what].append(row)
    now = {
        "name": organisation.name,
        "code": organisation.code or "",
        "postcode": organisation.postcode,
        "is_dormant": "yes" if organisation.is_dormant else "",
        "commissioner": of.commissioner.name,
        "contract_type": getattr(of, "contract_type", ""),
    }
    for what, found in by_what.items():
        news = [*(row.said for row in found[1:]), now.get(what, "")]
        for row, new in zip(found, news, strict=True):
            source = str(row.source or "")
            yield Entry(row.until, _changed(row, new), source=source, correct=_correct(of, row))


def _correct(of: Practice | PCN, row: FormerDetail) -> str:
    if isinstance(of, Practice):
        is_name = row.what == FormerDetail.What.NAME
        return (
            reverse("registry:correct_practice_name", args=[of.organisation.code, row.pk]) if is_name else ""
        )
    if row.what not in (FormerDetail.What.NAME, FormerDetail.What.CODE):
        return ""
    return reverse("registry:correct_detail", args=[of.organisation.slug, row.pk])


def _changed(row: Any, new: str) -> str:
    if row.what == FormerDetail.What.DORMANT:
        return DORMANT if new else "No longer dormant"
    if row.what == FormerDetail.What.NAME:
        return f"Called {new}, before that {row.said}"
    word = row.get_what_display()
    was = f", before that {row.said}" if row.said else ""
    return f"{word}: {new or 'none'}{was}"


def _periods(pcn: PCN) -> Iterator[Entry]:
    for row in PCNPeriod.objects.standing().filter(pcn=pcn).select_related("source"):
        yield Entry(row.starts_on, row.get_status_display(), source=_source(row))


def _members(pcn: PCN) -> Iterator[Entry]:
    rows = Membership.objects.standing().filter(pcn=pcn)
    rows = rows.select_related("practice__organisation", "source", "end_source")
    together: dict[tuple[date | None, str, str], list[Named]] = defaultdict(list)
    for row in rows.order_by("practice__organisation__name", "pk"):
        named = Named(str(row.practice), row.practice.get_absolute_url())
        together[row.starts_on, "joined", _source(row)].append(named)
        if row.ends_on:
            together[row.ends_on, "left", _end_source(row)].append(named)
    for (on, did, source), names in together.items():
        said = f"{plural(len(names), 'practice')} {did}:" if len(names) > 1 else f"{did.capitalize()}:"
        yield Entry(on, said, names, source)


def _source(row: Any) -> str:
    return str(row.source or "")


def _end_source(row: Any) -> str:
    return str(row.end_source or row.source or "")
