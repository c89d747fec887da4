"""The register's pages: practices and PCNs, as they stood on any day."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from pcnportal import clock
from pcnportal.pages.jinja import number
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Organisation
from registry.filters.register import PCNFilter, PracticeFilter
from registry.models import (
    PCN,
    Case,
    ClinicalDirector,
    Condition,
    ListSize,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Practice,
    Submission,
    list_size,
)
from registry.placings import dated, placings_on
from registry.register import (
    PCN_ROW,
    PRACTICE_ROW,
    band_on,
    members_on,
    pcn_status,
    pcns_on,
    practice_status,
    practices_on,
    total_of,
    with_pcn,
    with_stated,
)
from registry.register_rows import pcn_rows, practice_rows
from registry.statuses import NOT_PLACING
from registry.tables.register import PCNTable, PracticeTable
from registry.views.of_day import OfDay

REGISTER = "registry.view_register"


class PracticeList(OfDay, ListPage):
    permission = REGISTER
    model = Practice
    table_class = PracticeTable
    filterset_class = PracticeFilter
    title = "Practices"
    what = ("practice", "practices")
    fields = PRACTICE_ROW
    all_of = Q(organisation__kind=Organisation.Kind.PRACTICE)
    template_name = "registry/register/list.jinja"

    def rows(self) -> Any:
        rows, sort = practices_on(self.day), self.request.GET.get("sort", "")
        if "pcn" in sort:
            rows = with_pcn(rows, self.day, self.own())
        if "registered" in sort:
            rows = rows.alias(registered=list_size("pk", self.day))
        return rows

    def complete(self, rows: list[Any]) -> list[Any]:
        return [row | {"asked": self.asked} for row in practice_rows(rows, self.day, self.own())]

    def context(self) -> dict[str, Any]:
        return self.of_day()


class PCNList(OfDay, ListPage):
    permission = REGISTER
    model = PCN
    table_class = PCNTable
    filterset_class = PCNFilter
    title = "Primary Care Networks"
    what = ("PCN", "PCNs")
    fields = PCN_ROW
    all_of = Q(organisation__kind=Organisation.Kind.PCN)
    template_name = "registry/register/list.jinja"

    def rows(self) -> Any:
        rows = pcns_on(self.day)
        if "stated" in self.request.GET.get("sort", ""):
            rows = rows.alias(stated=list_size("pk", self.day))
        return rows

    def complete(self, rows: list[Any]) -> list[Any]:
        return [row | {"asked": self.asked} for row in pcn_rows(rows, self.day, self.own())]

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        stated = [row["stated"] for row in rows if row["stated"] is not None]
        return {
            "name": "Total",
            "practices": number(sum(row["practices"] for row in rows)),
            "stated": number(sum(stated, Decimal(0))),
        }

    def context(self) -> dict[str, Any]:
        return self.of_day()


class PracticePage(OfDay, DetailPage):
    permission = REGISTER
    model = Practice
    lookup = {"ods_code": "organisation__code"}
    template_name = "registry/register/practice.jinja"
    breadcrumbs = [("Practices", "registry:practices")]

    def queryset(self) -> Any:
        return Practice.objects.select_related("organisation__source", "commissioner")

    def get_caption(self) -> str:
        return f"{self.object.organisation.code} · {self.object.commissioner}"

    def context(self) -> dict[str, Any]:
        practice, day = self.object, self.day
        sizes = ListSize.objects.filter(organisation=practice.pk, as_at__lte=day)
        memberships = (
            practice.memberships.standing()
            .filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
            .select_related("pcn__organisation", "source")
        )
        named = Case.objects.filter(
            Q(current__members__practice=practice), commissioner__in=self.own()
        ).exclude(status="draft")
        return {
            **self.of_day(),
            "status": practice_status(practice.organisation.opened_on, practice.organisation.closed_on, day),
            "memberships": [m for m in memberships if m.ends_on is None or m.ends_on > day],
            "left": [m for m in memberships if m.ends_on and m.ends_on <= day],
            "proposed": [
                placing
                for placing in placings_on(day, self.own(), practice=[practice.pk])
                if placing.is_proposed
            ],
            "sizes": sizes.select_related("source"),
            "dated": dated,
            "corrected": corrected_of(sizes),
            "directorships": ClinicalDirector.objects.on(day)
            .filter(practice=practice)
            .select_related("person", "pcn__organisation"),
            "cases": named.select_related("pcn__organisation", "round").distinct(),
        }


class PCNPage(OfDay, DetailPage):
    permission = REGISTER
    model = PCN
    lookup = {"slug": "organisation__slug"}
    template_name = "registry/register/pcn.jinja"
    breadcrumbs = [("PCNs", "registry:pcns")]

    def queryset(self) -> Any:
        return with_stated(pcns_on(self.day), self.day).select_related("organisation__source", "commissioner")

    def get_caption(self) -> str:
        code = self.object.organisation.code or "No ODS code yet"
        return f"{code} · {self.object.commissioner}"

    def context(self) -> dict[str, Any]:
        pcn, day, own = self.object, self.day, self.own()
        members = members_on([pcn.pk], day, own)[pcn.pk]
        total, band = total_of(members), band_on(day)
        sizes = ListSize.objects.filter(organisation=pcn.pk, as_at__lte=day)
        cases = list(
            Case.objects.filter(pcn=pcn, commissioner__in=own).select_related("round", "current__payee")
        )
        form = form_of(cases, day)
        return {
            **self.of_day(),
            "status": pcn_status(pcn.period, pcn.organisation.closed_on, day),
            "since": PCNPeriod.objects.on(day)
            .filter(pcn=pcn, status=pcn.period)
            .values_list("starts_on", flat=True)
            .first(),
            "members": members,
            "total": total,
            "total_dates": " and ".join(sorted({m.dated for m in members if m.dated})),
            "band": band,
            "check": band.check(pcn.stated) if band else "",
            "neighbours": list(
                with_stated(pcns_on(day), day)
                .filter(commissioner=pcn.commissioner_id)
                .select_related("organisation")[:60]
            ),
            "directors": ClinicalDirector.objects.on(day)
            .filter(pcn=pcn)
            .select_related("person", "practice__organisation", "source"),
            "payee": NominatedPayee.objects.on(day)
            .filter(pcn=pcn)
            .select_related("organisation", "source")
            .first(),
            "form": form,
            "proposed_directors": form.directors.select_related("person", "practice__organisation")
            if form
            else [],
            "sizes": sizes.select_related("source"),
            "dated": dated,
            "corrected": corrected_of(sizes),
            "cases": cases,
            "conditions": Condition.objects.filter(case__in=cases)
            .select_related("case__pcn__organisation")
            .prefetch_related("evidence"),
            "changes": changes_of(pcn),
        }


def form_of(cases: list[Case], day: date) -> Submission | None:
    """The form that proposes on `day`: received by then, and no membership that its case made has begun."""
    begun = Membership.objects.standing().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), case__in=cases
    )
    over = set(begun.values_list("case", flat=True))
    forms = [c.current for c in cases if c.current and c.status not in NOT_PLACING and c.pk not in over]
    return next((form for form in forms if form.received_on is None or form.received_on <= day), None)


def corrected_of(sizes: Any) -> set[int]:
    """Of some list sizes those that a successor corrected."""
    return set(sizes.filter(superseded_by__isnull=False).values_list("pk", flat=True))


def changes_of(pcn: PCN) -> list[date]:
    """The days on which something about the PCN changed, newest first, today's and earlier ones."""
    days: set[date] = set()
    for rows in (pcn.memberships, pcn.periods, pcn.directors, pcn.payees):
        for start, end in rows.standing().values_list("starts_on", "ends_on"):
            days |= {day for day in (start, end) if day and day <= clock.today()}
    return sorted(days, reverse=True)[:12]
