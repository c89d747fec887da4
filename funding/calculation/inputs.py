"""What a year's money is reckoned from, read once for all PCNs of some commissioners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from funding.many import among
from funding.models import FinancialYear
from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.former import on_the_day
from registry.models import PCN, ListSize, Membership, NominatedPayee, PCNPeriod
from registry.models.facts import StandingQuerySet, known_by
from registry.register import known_on

MOVES = (Succession.Kind.MERGED, Succession.Kind.TAKEN_ON)


class ListUsed(NamedTuple):
    """A list size that counts: whose, how many, of which day, by which row and source."""

    organisation: int
    patients: Decimal
    as_at: date
    pk: int
    source: int


class Member(NamedTuple):
    """A practice in a PCN, half-open; None is open, or not held."""

    practice: int
    starts_on: date | None
    ends_on: date | None

    def on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day < self.ends_on
        )


@dataclass
class Network:
    """A PCN in a year. `live_from` is `date.min` where it is live since a day that is not held."""

    pk: int
    name: str
    slug: str
    commissioner: int
    live_from: date | None = None
    closed_on: date | None = None
    members: list[Member] = field(default_factory=list)
    payee: int | None = None


@dataclass
class Inputs:
    """Everything that `day` knew: the networks, the lists by kind, and what joins practices."""

    year: FinancialYear
    day: date
    networks: list[Network]
    lists: dict[str, dict[int, ListUsed]]
    elsewhere: dict[int, list[tuple[int, Member]]]
    taken_on: dict[int, list[tuple[int, date]]]
    opened_later: set[int]
    names: dict[int, str]


def gather(year: FinancialYear, commissioners: Collection[int], day: date, pcn: int | None = None) -> Inputs:
    """Read for the PCNs that the commissioners had on `day`, or at the year’s end where that is earlier.

    With `pcn` for that one only. The number of queries does not grow with the PCNs.
    """
    networks = {network.pk: network for network in _networks(year, commissioners, day, pcn)}
    _when_live(networks, day)
    networks = {pk: network for pk, network in networks.items() if _is_in(network, year)}
    members = among(_memberships(year, day), "pcn", networks)
    for owner, *member in members.values_list("pcn", "practice", "starts_on", "ends_on"):
        if owner in networks:
            networks[owner].members.append(Member(*member))
    payees = among(NominatedPayee.objects.on(day).order_by("pk"), "pcn", networks)
    for owner, payee in payees.values_list("pcn", "organisation"):
        if owner in networks:
            networks[owner].payee = payee
    practices = {member.practice for network in networks.values() for member in network.members}
    taken_on = _taken_on(year, practices)
    practices |= {before for some in taken_on.values() for before, _on in some}
    wanted = practices | set(networks)
    return Inputs(
        year=year,
        day=day,
        networks=list(networks.values()),
        lists=_lists(year, day, wanted),
        elsewhere=_elsewhere(year, day, networks.values(), practices),
        taken_on=taken_on,
        opened_later=_opened_later(year, practices),
        names=_names(wanted),
    )


def _networks(
    year: FinancialYear, commissioners: Collection[int], day: date, pcn: int | None
) -> Iterable[Network]:
    last = min(day, year.ends_on - timedelta(days=1))
    ids = dict(Organisation.objects.filter(pk__in=commissioners).values_list("code", "pk"))
    what = FormerDetail.What.COMMISSIONER
    then = on_the_day(last, what, value__in=list(filter(None, ids)))
    asked = PCN.objects.filter(Q(commissioner__in=commissioners) | Q(pk__in=then))
    if pcn is not None:
        asked = asked.filter(pk=pcn)
    closed = Q(organisation__closed_on__isnull=True) | Q(organisation__closed_on__gt=year.starts_on)
    rows = list(
        asked.filter(closed, known_on(last))
        .order_by("organisation__name", "pk")
        .values_list(
            "pk", "organisation__name", "organisation__slug", "commissioner", "organisation__closed_on"
        )
    )
    was: dict[int, str] = {}
    until = FormerDetail.objects.filter(what=what, until__gt=last)
    former = among(until, "organisation", [row[0] for row in rows])
    for owner, value in former.order_by("-until").values_list("organisation", "value"):
        was[owner] = value
    for pk, name, slug, newest, closed_on in rows:
        commissioner = ids.get(was[pk]) if pk in was else newest
        if commissioner is not None and commissioner in commissioners:
            yield Network(pk, name, slug, commissioner, closed_on=closed_on)


def _when_live(networks: dict[int, Network], day: date) -> None:
    periods = among(PCNPeriod.objects.standing().filter(known_by(day)).order_by("pk"), "pcn", networks)
    for owner, status, starts_on, ends_on in periods.values_list("pcn", "status", "starts_on", "ends_on"):
        network = networks.get(owner)
        if network is None:
            continue
        if status == PCNPeriod.Status.LIVE:
            start = starts_on or date.min
            network.live_from = min(start, network.live_from or start)
            ended = ends_on
        else:
            ended = starts_on if status == PCNPeriod.Status.CLOSED else None
        if ended:
            network.closed_on = min(ended, network.closed_on or ended)


def _is_in(network: Network, year: FinancialYear) -> bool:
    begins_later = network.live_from is not None and network.live_from >= year.ends_on
    return not begins_later and (network.closed_on is None or network.closed_on > year.starts_on)


def _memberships(year: FinancialYear, day: date) -> StandingQuerySet:
    overlapping = Q(starts_on__isnull=True) | Q(starts_on__lt=year.ends_on)
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=year.starts_on)
    return Membership.objects.standing().filter(overlapping, still, known_by(day)).order_by("pk")


def _elsewhere(
    year: FinancialYear, day: date, networks: Iterable[Network], practices: Collection[int]
) -> dict[int, list[tuple[int, Member]]]:
    """All memberships of practices, as (PCN, member): asked only where a PCN went live during the year."""
    found: dict[int, list[tuple[int, Member]]] = defaultdict(list)
    if not any(network.live_from and network.live_from > year.starts_on for network in networks):
        return found
    rows = among(_memberships(year, day), "practice", practices)
    for owner, *member in rows.values_list("pcn", "practice", "starts_on", "ends_on"):
        found[member[0]].append((owner, Member(*member)))
    return found


def _taken_on(year: FinancialYear, practices: Collection[int]) -> dict[int, list[tuple[int, date]]]:
    """Of a practice those whose list it took on after the day of the lists, with the day."""
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    moved = Succession.objects.filter(kind__in=MOVES, on__gt=year.list_size_on, on__lt=year.ends_on)
    rows = among(moved, "successor", practices)
    for successor, predecessor, on in rows.values_list("successor", "predecessor", "on"):
        if successor in practices:
            found[successor].append((predecessor, on))
    return found


def _lists(year: FinancialYear, day: date, wanted: Collection[int]) -> dict[str, dict[int, ListUsed]]:
    """By kind and organisation: the lists of the year’s day as `day` knew them, never an implied one.

    A correction counts from the day on which it was published: until then the list that it corrects does.
    """
    rows = ListSize.objects.filter(
        Q(source__published_on__isnull=True) | Q(source__published_on__lte=day),
        Q(superseded_by__isnull=True) | Q(superseded_by__source__published_on__gt=day),
        as_at=year.list_size_on,
        averaged_from__isnull=True,
    )
    rows = among(rows, "organisation", wanted)
    found: dict[str, dict[int, ListUsed]] = defaultdict(dict)
    columns = ("kind", "organisation", "patients", "pk", "source")
    for kind, owner, patients, pk, source in (
        rows.exclude(kind=ListSize.Kind.IMPLIED).order_by("pk").values_list(*columns)
    ):
        found[kind][owner] = ListUsed(owner, patients, year.list_size_on, pk, source)
    return found


def _opened_later(year: FinancialYear, practices: Collection[int]) -> set[int]:
    rows = Organisation.objects.filter(opened_on__gt=year.list_size_on)
    return set(among(rows, "pk", practices).values_list("pk", flat=True))


def _names(wanted: Collection[int]) -> dict[int, str]:
    return dict(among(Organisation.objects.order_by(), "pk", wanted).values_list("pk", "name"))
