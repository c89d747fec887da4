"""Two days of the register, and one difference between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from pcnportal.people.models import FormerDetail, Organisation
from registry.former import Called, former_on, handed_over, standing
from registry.models import PCN, Practice

# Rows that are read of each kind of difference.
MOST = 10_000


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` are words, or patients; `on` is None where the day is not held.

    `page` is the name of an address and what stands in it, None where there is no page.
    """

    kind: str
    name: str
    code: str
    page: tuple[str, str] | None
    before: Any
    after: Any
    on: date | None

    @property
    def href(self) -> str:
        return reverse(self.page[0], args=[self.page[1]]) if self.page else ""

    @property
    def difference(self) -> Decimal | None:
        """In patients, of a list size that was held on both days."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None


@dataclass(frozen=True)
class Between:
    """Two days, the earlier first, and the commissioners to look at, or None for all."""

    first: date
    last: date
    commissioners: Called | None = None

    def mine(self, model: type[Practice] | type[PCN]) -> "QuerySet[Any, Any]":
        """Ids of the practices or PCNs that were the commissioners' on one of the days, or handed over by."""
        rows = model._default_manager.order_by()
        if self.commissioners is None:
            return rows.values("pk")
        now = Q(commissioner__in=list(self.commissioners))
        codes = [code for code in self.commissioners.values() if code]
        either = [
            standing(day, FormerDetail.What.COMMISSIONER, now, value__in=codes)
            for day in (self.first, self.last)
        ]
        if self.commissioners.succeeded:
            left = handed_over(self.last, self.commissioners.succeeded)
            either.append(Q(pk__in=left.values("organisation")))
        return rows.filter(reduce(or_, either)).values("pk")

    def of(self, **paths: type[Practice] | type[PCN]) -> Q:
        """Rows of the commissioners, by the paths to a practice or a PCN; all where none is named."""
        if self.commissioners is None:
            return Q()
        wanted = Q()
        for path, model in paths.items():
            wanted |= Q(**{f"{path}__in": self.mine(model)})
        return wanted

    def within(self, name: str) -> Q:
        return Q(**{f"{name}__gt": self.first, f"{name}__lte": self.last})

    def appeared(self, rows: Any) -> Any:
        """In force on the last day and not on the first."""
        new = Q(starts_on__gt=self.first) | Q(starts_on__isnull=True, source__published_on__gt=self.first)
        return rows.on(self.last).filter(new)

    def gone(self, rows: Any) -> Any:
        """In force on the first day and no longer on the last."""
        return rows.on(self.first).filter(ends_on__lte=self.last)


@dataclass(slots=True)
class Named:
    """As much of an organisation as a difference shows; `key` as in `as_it_was`."""

    pk: int
    code: str | None
    name: str
    slug: str
    kind: str
    key: str = ""


NAMED = ("pk", "code", "name", "slug", "kind")


def as_it_was(day: date, organisations: Iterable[Organisation | Named]) -> None:
    """Let the organisations carry name and code of the day. Not to be saved. One query."""
    held = list(organisations)
    former = former_on(day, {organisation.pk for organisation in held}) if held else {}
    for organisation in held:
        was = former.get(organisation.pk, {})
        organisation.key = organisation.code or ""  # type: ignore[union-attr]
        organisation.name = was.get("name", organisation.name)
        organisation.code = was.get("code", organisation.code)


def change_of(
    organisation: Organisation | Named, kind: str, before: Any, after: Any, on: date | None
) -> Change:
    """A difference of an organisation; its page is found by the code of now, which `as_it_was` keeps."""
    key = getattr(organisation, "key", organisation.code or "")
    is_pcn = organisation.kind == Organisation.Kind.PCN
    page = ("registry:pcn", organisation.slug) if is_pcn else ("registry:practice", key) if key else None
    return Change(kind, organisation.name, organisation.code or "", page, before, after, on)
