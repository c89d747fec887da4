"""The filters of the lists of practices and PCNs."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from pcnportal.pages.days import DayFilter
from pcnportal.pages.lists import as_at
from pcnportal.pages.search import named
from pcnportal.people.models import FormerDetail
from registry.former import commissioners_called, handed_over, standing
from registry.matching import matching
from registry.models import PCN, Membership, PCNPeriod, Practice
from registry.placings import forms_that_stand


class AsAt(django_filters.FilterSet):
    """The day that the list shows: the rows are already of that day, the filter only checks it."""

    q = django_filters.CharFilter(label="Name or ODS code", method="of_text")
    commissioner = django_filters.CharFilter(label="Commissioner", method="of_commissioner")
    as_at = DayFilter(label="As at", method="of_day")

    def of_day(self, rows: "QuerySet[Any]", _name: str, _value: Any) -> "QuerySet[Any]":
        return rows

    def of_text(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(matching(value))

    def of_commissioner(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        """By code or name of the commissioner of the day, or of another of its line of succession.

        One that had been succeeded by then finds what it handed over.
        """
        day = as_at(self.request)
        called = commissioners_called(value, day)
        codes = [code for code in called.values() if code]
        what = FormerDetail.What.COMMISSIONER
        theirs = standing(day, what, Q(commissioner__in=list(called)), value__in=codes)
        self.form.gone = called.gone
        if called.succeeded:
            theirs |= Q(pk__in=handed_over(day, called.succeeded).values("organisation"))
        return rows.filter(theirs)


class PracticeFilter(AsAt):
    pcn = django_filters.CharFilter(label="PCN", method="of_pcn")
    contract = django_filters.ChoiceFilter(
        label="Contract", method="of_contract", choices=Practice.Contract.choices, empty_label="All"
    )
    placed = django_filters.ChoiceFilter(
        label="In a PCN",
        method="of_placing",
        empty_label="All",
        choices=[
            ("in", "In a PCN"),
            ("proposed", "Proposed for one"),
            ("none", "In none, and proposed for none"),
        ],
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        method="of_status",
        empty_label="All",
        choices=[("open", "Open"), ("dormant", "Dormant"), ("closed", "Closed")],
    )

    class Meta:
        model = Practice
        fields: list[str] = []

    def placings(self) -> tuple[Any, Any]:
        """Memberships in force on the day, and what forms that the user may see propose."""
        day = as_at(self.request)
        return Membership.objects.on(day), forms_that_stand(
            day, self.request.user.scope("registry.view_case")
        )

    def of_pcn(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        held, proposed = self.placings()
        of_form = proposed.filter(named(value, "submission__case__pcn__organisation__name"))
        return rows.filter(
            Q(pk__in=held.filter(named(value, "pcn__organisation__name")).values("practice"))
            | (Q(pk__in=of_form.values("practice")) & ~Q(pk__in=held.values("practice")))
        )

    def of_placing(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        held, proposed = (Q(pk__in=placing.values("practice")) for placing in self.placings())
        return rows.filter({"in": held, "proposed": proposed & ~held, "none": ~proposed & ~held}[value])

    def of_contract(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        what = FormerDetail.What.CONTRACT
        return rows.filter(standing(as_at(self.request), what, Q(contract_type=value), value=value))

    def of_status(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        day = as_at(self.request)
        closed = Q(organisation__closed_on__lte=day)
        if value == "closed":
            return rows.filter(closed)
        dormant = standing(day, FormerDetail.What.DORMANT, Q(organisation__is_dormant=True), value="yes")
        return rows.exclude(closed).filter(dormant if value == "dormant" else ~dormant)


class PCNFilter(AsAt):
    status = django_filters.ChoiceFilter(
        label="Status", method="of_status", choices=PCNPeriod.Status.choices, empty_label="All"
    )

    class Meta:
        model = PCN
        fields: list[str] = []

    def of_status(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        closed = Q(organisation__closed_on__lte=as_at(self.request))
        if value == PCNPeriod.Status.CLOSED:
            return rows.filter(closed | Q(period=value))
        is_it = Q(period=value)
        if value == PCNPeriod.Status.PROPOSED:
            is_it |= Q(period__isnull=True)
        return rows.exclude(closed).filter(is_it)
