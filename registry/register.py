"""The register on a day, in a constant number of queries: practices, PCNs, and who belongs where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from django.db.models import Case as If
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Upper

from pcnportal import clock
from pcnportal.pages.jinja import number
from pcnportal.people.models import newest_first
from registry.models import (
    PCN,
    Case,
    ChecklistItem,
    Membership,
    PCNPeriod,
    Practice,
    Status,
    SubmittedMember,
    list_size,
)
from registry.placings import added, dated, forms_that_stand
from registry.there import there_on

PRACTICE_ROW = (
    "pk",
    "organisation__code",
    "organisation__name",
    "organisation__postcode",
    "organisation__opened_on",
    "organisation__closed_on",
    "organisation__is_dormant",
    "commissioner__name",
    "contract_type",
)
PCN_ROW = (
    "pk",
    "organisation__code",
    "organisation__name",
    "organisation__slug",
    "organisation__closed_on",
    "commissioner__name",
    "commissioner_id",
    "period",
    "band",
)


PERIODS = {value: str(label) for value, label in PCNPeriod.Status.choices}
# Files write names in capitals, documents do not: in a list they stand as one alphabet.
BY_NAME = Upper("organisation__name")


def practices_on(day: date, *, closed: bool = True) -> QuerySet[Practice]:
    """Practices that had opened by `day`; without those that had `closed` by then, where that is said."""
    return Practice.every.filter(there_on(day, closed=closed)).order_by(BY_NAME, "pk")


def with_pcn(practices: QuerySet[Practice], day: date, commissioners: Iterable[int]) -> QuerySet[Practice]:
    """With the name of the PCN on `day`, and of the one that a form of `commissioners` proposes."""
    member = Membership.objects.on(day).filter(practice=OuterRef("pk")).order_by(newest_first(), "-pk")
    form = forms_that_stand(day, commissioners).filter(practice=OuterRef("pk")).order_by("-pk")
    return practices.annotate(
        pcn=Subquery(member.values("pcn__organisation__name")[:1]),
        proposed=Subquery(form.values("submission__case__pcn__organisation__name")[:1]),
    )


def pcns_on(day: date) -> QuerySet[PCN]:
    """PCNs with what they are on `day`, and the sizes that one should keep to then."""
    period = PCNPeriod.objects.on(day).filter(pcn=OuterRef("pk")).order_by(newest_first(), "-pk")
    pcns = PCN.objects.annotate(
        period=Subquery(period.values("status")[:1]), band=Subquery(_bands(day).values("parameters")[:1])
    )
    return pcns.order_by("commissioner__name", BY_NAME, "pk")


def known_on(day: date) -> Q:
    """PCNs of which something is held on `day`.

    A period other than proposed has begun, ODS opened it, or a form that is neither a draft nor withdrawn was
    received. A PCN of which nothing dated is held is known from the day of the source that names it. One that
    begins later is proposed today, as far as is known, but was not on a day that is past.
    """
    periods = PCNPeriod.objects.standing().filter(pcn=OuterRef("pk"))
    begun = PCNPeriod.objects.on(day).filter(pcn=OuterRef("pk")).exclude(status=PCNPeriod.Status.PROPOSED)
    cases = Case.objects.filter(pcn=OuterRef("pk"))
    standing = cases.filter(current__isnull=False).exclude(status__in=(Status.DRAFT, Status.WITHDRAWN))
    received = Q(current__received_on__isnull=True) | Q(current__received_on__lte=day)
    source = "organisation__source"
    named_by_then = (
        Q(**{f"{source}__isnull": True})
        | Q(**{f"{source}__published_on__isnull": True})
        | Q(**{f"{source}__published_on__lte": day})
    )
    only_named: Any = named_by_then & ~Exists(cases)
    if day < clock.today():
        only_named &= Q(organisation__opened_on__isnull=True) & ~Exists(periods)
    # Most have opened: what follows is then not looked at.
    opened = Q(organisation__opened_on__lte=day)
    return opened | Exists(begun) | Exists(standing.filter(received)) | only_named


def with_stated(pcns: QuerySet[PCN], day: date) -> QuerySet[PCN]:
    """With the list size that is stated of them on `day`, its date and source."""
    return pcns.annotate(
        stated=list_size("pk", day),
        stated_as_at=list_size("pk", day, field="as_at"),
        stated_source=list_size("pk", day, field="source__title"),
    )


def pcn_status(period: str | None, closed_on: date | None, day: date) -> str:
    """Proposed, Approved, Live or Closed, from the period in force; before the first it is proposed."""
    if closed_on and closed_on <= day:
        return PERIODS[PCNPeriod.Status.CLOSED]
    return PERIODS[period or PCNPeriod.Status.PROPOSED]


def practice_status(
    opened_on: date | None, closed_on: date | None, day: date, *, is_dormant: bool = False
) -> str:
    """Open, Dormant, Closed or Proposed on `day`, from what ODS gives."""
    if closed_on and closed_on <= day:
        return "Closed"
    if opened_on and opened_on > day:
        return "Proposed"
    return "Dormant" if is_dormant else "Open"


@dataclass(frozen=True)
class Member:
    """A practice of a PCN on a day; `joined` is None while a form only proposes it."""

    practice_id: int
    code: str
    name: str
    contract: str
    joined: date | None
    is_proposed: bool
    patients: Decimal | None
    dated: str


def members_on(pcns: Iterable[int], day: date, commissioners: Iterable[int]) -> dict[int, list[Member]]:
    """Members by PCN: memberships in force, else what a form that stands names. Two queries."""
    pcns = list(pcns)
    sizes = {
        "patients": list_size("practice_id", day),
        "as_at": list_size("practice_id", day, field="as_at"),
        "averaged": list_size("practice_id", day, field="averaged_from"),
    }
    found: dict[int, list[Member]] = defaultdict(list)
    held = Membership.objects.on(day).filter(pcn__in=pcns).annotate(**sizes)
    for row in held.select_related("practice__organisation").order_by("practice__organisation__name", "pk"):
        found[row.pcn_id].append(_member(row, row.starts_on, is_proposed=False))
    proposed = forms_that_stand(day, commissioners).filter(
        submission__case__pcn__in=[pcn for pcn in pcns if pcn not in found]
    )
    proposed = proposed.annotate(pcn=F("submission__case__pcn"), **sizes).select_related(
        "practice__organisation"
    )
    for form in proposed.order_by("practice__organisation__name", "pk"):
        found[form.pcn].append(_member(form, None, is_proposed=True))
    return found


def _member(row: Membership | SubmittedMember, joined: date | None, *, is_proposed: bool) -> Member:
    practice = cast("Practice", row.practice)
    return Member(
        practice_id=practice.pk,
        code=practice.organisation.code or "",
        name=practice.organisation.name,
        contract=practice.contract_type,
        joined=joined,
        is_proposed=is_proposed,
        patients=row.patients,  # type: ignore[union-attr]
        dated=dated(row.as_at, row.averaged),  # type: ignore[union-attr]
    )


def total_of(members: Iterable[Member]) -> Decimal | None:
    """The sum of the lists that are held; None where none is."""
    return added(member.patients for member in members)


@dataclass(frozen=True)
class Band:
    """The sizes that a PCN should keep to, from the national checklist in force on a day."""

    low: int
    high: int

    def check(self, size: Decimal | int | None) -> str:
        """In words how a size stands to the band."""
        if size is None:
            return ""
        if size < self.low:
            return f"{number(_whole(self.low - size))} below {number(self.low)}"
        if size > self.high:
            return f"{number(_whole(size - self.high))} above {number(self.high)}"
        return "In range"


def _whole(value: Decimal | int) -> int:
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def _bands(day: date) -> QuerySet[ChecklistItem]:
    """The newest in force on `day` first, then those that will be."""
    in_force = Q(checklist__starts_on__isnull=True) | Q(checklist__starts_on__lte=day)
    items = ChecklistItem.objects.filter(rule="population", checklist__is_national=True)
    edition, number = F("checklist__edition"), IntegerField()
    order = If(When(in_force, then=-edition), default=edition, output_field=number)
    return items.order_by(If(When(in_force, then=0), default=1, output_field=number), order)


def band_of(parameters: dict[str, Any] | None) -> Band | None:
    """The band that a checklist's item gives."""
    return Band(parameters["minimum"], parameters["maximum"]) if parameters else None


def band_on(day: date) -> Band | None:
    """The band of the newest national checklist that is in force on `day`, or the first one that will be."""
    return band_of(_bands(day).values_list("parameters", flat=True).first())
