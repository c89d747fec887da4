"""One PCN, as it stood on any day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import FormerDetail, Organisation, in_force
from registry.charts import added_up, beside_band, figures_of, over_time, shares
from registry.chronicle import days_of, of_pcn
from registry.counted import PCNSize
from registry.former import as_of, former_on, heirs_of, standing
from registry.models import (
    PCN,
    Case,
    ClinicalDirector,
    Condition,
    ListSize,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Submission,
)
from registry.models.facts import known_by
from registry.placings import dated
from registry.register import band_on, known_on, members_on, pcn_status, pcns_on, total_of, with_stated
from registry.register_rows import sizes_of
from registry.statuses import NOT_PLACING
from registry.views.of_day import CHANGE, HISTORY, OfDay, by_code, corrected_of

REGISTER = "registry.view_register"
# Of one commissioner as many are read, and as many drawn beside the PCN.
MOST_NEIGHBOURS, DRAWN = 300, 10
WAYS = (
    ("appoint_director", "A clinical director was appointed"),
    ("change_payee", "It has another nominated payee"),
    ("code_pcn", "It got its ODS code"),
    ("rename_pcn", "It has another name"),
    ("close_pcn", "It closed"),
)

NOT_CLOSED = (
    ("correct_pcn_closing", "It closed, but on another day"),
    ("reopen_pcn", "It did not close: that was recorded by mistake"),
)


class PCNPage(OfDay, DetailPage):
    permission = REGISTER
    model = PCN
    lookup = {"slug": "organisation__slug"}
    template_name = "registry/register/pcn.jinja"
    breadcrumbs = [("PCNs", "registry:pcns")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if found := by_code(request, PCN, kwargs["slug"]):
                return found
            raise

    def queryset(self) -> Any:
        known = ExpressionWrapper(known_on(self.day), output_field=BooleanField())
        rows = with_stated(pcns_on(self.day), self.day).annotate(is_known=known)
        return rows.select_related("organisation__source", "organisation__closed_source", "commissioner")

    def fetch(self) -> Any:
        pcn = super().fetch()
        self.then = former_on(self.day, [pcn.pk]).get(pcn.pk, {})
        return pcn

    def get_title(self) -> str:
        return self.then.get("name") or str(self.object)

    @property
    def commissioner(self) -> str:
        return self.then.get("commissioner") or self.object.commissioner.name

    def get_caption(self) -> str:
        code = self.then.get("code", self.object.organisation.code)
        return f"{code or 'No ODS code yet'} · {self.commissioner}"

    def context(self) -> dict[str, Any]:
        pcn, day, own, user = self.object, self.day, self.own(), self.request.user
        entries = of_pcn(pcn)
        members = members_on([pcn.pk], day, own)[pcn.pk]
        neighbours = [n for n in self.neighbours()[:MOST_NEIGHBOURS] if self.is_there(n)]
        posts = standing_of(ClinicalDirector, pcn, day)
        every = list(posts.select_related("person", "practice__organisation", "source", "end_source"))
        directors = [director for director in every if director.holds]
        payees = list(
            standing_of(NominatedPayee, pcn, day).select_related("organisation", "source", "end_source")
        )
        payee = next((held for held in payees if held.holds), None)
        named = [
            *(neighbour.organisation for neighbour in neighbours),
            *(director.practice.organisation for director in every if director.practice),
            *(held.organisation for held in payees),
        ]
        former = former_on(day, [*(m.practice_id for m in members), *(row.pk for row in named)])
        as_of(named, former)
        members = [replace(m, name=former.get(m.practice_id, {}).get("name", m.name)) for m in members]
        total, band = total_of(members), band_on(day)
        counts = sizes_of({pcn.pk, *(neighbour.pk for neighbour in neighbours)}, day, own)
        size = counts[pcn.pk]
        added = added_up(pcn.pk, day)
        sizes = ListSize.objects.filter(organisation=pcn.pk, as_at__lte=day).select_related("source")
        corrected = corrected_of(sizes)
        cases = list(
            Case.objects.filter(pcn=pcn, commissioner__in=own).select_related("round", "current__payee")
        )
        form = form_of(cases, day)
        today = pcn.commissioned_by
        may_change = user.can(CHANGE, today)
        return {
            **self.of_day(),
            "changes": days_of(entries),
            "status": pcn_status(pcn.period, pcn.organisation.closed_on, day) if pcn.is_known else "",
            "since": PCNPeriod.objects.on(day)
            .filter(pcn=pcn, status=pcn.period)
            .values_list("starts_on", flat=True)
            .first(),
            "commissioner": self.commissioner,
            "heirs": heirs_of(pcn.commissioner, day) if "commissioner" not in self.then else [],
            "members": members,
            "total": total,
            "total_dates": " and ".join(sorted({m.dated for m in members if m.dated})),
            "band": band,
            "size": size,
            "check": size.check(band),
            "beside": beside_band(self.beside(neighbours, counts), band, day),
            "shares": shares(members, total if size.is_whole else None, day),
            "neighbours": len(neighbours) - 1,
            "most_drawn": DRAWN,
            "over_time": over_time([*figures_of(sizes, corrected), *added], day),
            "added": added[::-1],
            "directors": directors,
            "other_directors": besides(every, day),
            "payee": payee,
            "other_payees": besides(payees, day),
            "form": form,
            "proposed_directors": form.directors.select_related("person", "practice__organisation")
            if form
            else [],
            "sizes": sizes,
            "dated": dated,
            "corrected": corrected,
            "cases": cases,
            "conditions": Condition.objects.filter(case__in=cases)
            .select_related("case__pcn__organisation")
            .prefetch_related("evidence"),
            "entries": entries,
            "ways": (NOT_CLOSED if pcn.organisation.closed_on else WAYS) if may_change else (),
            "may_change": may_change,
            "events": events_of(pcn) if user.can(HISTORY, today) else None,
        }

    def beside(self, neighbours: list[PCN], counts: dict[int, PCNSize]) -> list[dict[str, Any]]:
        """The PCN and the neighbours nearest to it in size, in the order of the list."""
        rows = [
            {
                "name": str(neighbour),
                "href": f"{neighbour.get_absolute_url()}{self.asked}",
                "size": counts[neighbour.pk],
                "here": neighbour.pk == self.object.pk,
            }
            for neighbour in neighbours
        ]
        own = next((row["size"].patients for row in rows if row["here"]), None)

        def far(row: dict[str, Any]) -> tuple[bool, bool, Decimal]:
            size = row["size"].patients
            away = Decimal(0) if size is None or own is None else abs(size - own)
            return not row["here"], size is None, away

        nearest = sorted(rows, key=far)[: DRAWN + 1]
        return [row for row in rows if row in nearest]

    def is_there(self, neighbour: Any) -> bool:
        """Whether it had not closed by the day; the PCN itself stays."""
        status = pcn_status(neighbour.period, neighbour.organisation.closed_on, self.day)
        return neighbour.pk == self.object.pk or status != PCNPeriod.Status.CLOSED.label

    def neighbours(self) -> "QuerySet[Any]":
        """The PCNs of which something is held, of the commissioner that it had on the day."""
        code = Organisation.objects.filter(name=self.commissioner, kind=Organisation.Kind.COMMISSIONER)
        of_it = standing(
            self.day,
            FormerDetail.What.COMMISSIONER,
            Q(commissioner__name=self.commissioner),
            value__in=code.values("code"),
        )
        rows = pcns_on(self.day).filter(known_on(self.day), of_it)
        return rows.select_related("organisation")


def standing_of(model: Any, pcn: PCN, day: date) -> Any:
    """The PCN's rows that stand, and whether each `holds` on the day."""
    holds = ExpressionWrapper(in_force(day) & known_by(day), output_field=BooleanField())
    return model.objects.standing().filter(pcn=pcn).annotate(holds=holds)


def besides(rows: Iterable[Any], day: date) -> list[Any]:
    """Of such rows those that ended by the day, and those that are to come."""
    return [
        row for row in rows if (row.ends_on and row.ends_on <= day) or (row.starts_on and row.starts_on > day)
    ]


def form_of(cases: list[Case], day: date) -> Submission | None:
    """The form that proposes on `day`: received by then, and no membership that its case made has begun."""
    begun = Membership.objects.standing().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), case__in=cases
    )
    over = set(begun.values_list("case", flat=True))
    forms = [c.current for c in cases if c.current and c.status not in NOT_PLACING and c.pk not in over]
    return next((form for form in forms if form.received_on is None or form.received_on <= day), None)
