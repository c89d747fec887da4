"""One practice, as it stood on any day."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Organisation
from registry.charts import figures_of, over_time
from registry.chronicle import BEFORE, DORMANT, Entry, days_of, of_practice
from registry.former import as_of, former_on, heirs_of, is_kept_by_people
from registry.models import Case, ClinicalDirector, ListSize, Practice
from registry.placings import dated, placings_on
from registry.register import practice_status
from registry.there import is_known
from registry.views.of_day import CHANGE, HISTORY, OfDay, by_code, corrected_of
from registry.views.withdrawn_practice import WithdrawnPractice

REGISTER = "registry.view_register"
WAYS = (
    ("join_pcn", "It joined a PCN"),
    ("leave_pcn", "It left its PCN"),
    ("merge_practice", "It merged into another practice"),
    ("take_on_list", "Its list was taken on by another practice"),
    ("disperse_list", "Its list was dispersed"),
    ("close_practice", "It closed"),
)

NOT_HELD = "Not held"
OPENED = (("correct_opening", "What was said when it opened is wrong"),)
NEVER = (("withdraw_opening", "There never was such a practice: it was recorded by mistake"),)
NOT_TAKEN = (("withdraw_taking_over", "Nobody took over from it: that was recorded by mistake"),)
NOT_CLOSED = (
    ("correct_closing", "It closed, but on another day"),
    ("reopen_practice", "It did not close: that was recorded by mistake"),
)


class PracticePage(OfDay, DetailPage):
    permission = REGISTER
    model = Practice
    lookup = {"ods_code": "organisation__code"}
    template_name = "registry/register/practice.jinja"
    breadcrumbs = [("Practices", "registry:practices")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if found := by_code(request, Practice, kwargs["ods_code"]):
                return found
            return WithdrawnPractice.as_view()(request, *args, **kwargs)

    def queryset(self) -> Any:
        return Practice.objects.select_related(
            "organisation__source", "organisation__closed_source", "commissioner"
        )

    def get_title(self) -> str:
        return self.then.get("name") or str(self.object)

    def get_caption(self) -> str:
        return f"{self.object.organisation.code} · {self.then.get('commissioner', self.object.commissioner)}"

    def fetch(self) -> Any:
        practice = super().fetch()
        self.former = former_on(self.day, [practice.pk])
        self.then = self.former.get(practice.pk, {})
        return practice

    def context(self) -> dict[str, Any]:
        practice, day, then, user = self.object, self.day, self.then, self.request.user
        organisation, entries = practice.organisation, of_practice(practice)
        sizes = ListSize.objects.filter(organisation=practice.pk, as_at__lte=day).select_related("source")
        corrected = corrected_of(sizes)
        memberships = list(
            practice.memberships.standing().select_related("pcn__organisation", "source", "end_source")
        )
        posts = ClinicalDirector.objects.on(day).filter(practice=practice)
        directorships = list(posts.select_related("person", "pcn__organisation"))
        pcns = [row.pcn.organisation for row in (*memberships, *directorships)]
        as_of(pcns, former_on(day, [pcn.pk for pcn in pcns]))
        in_force = set(practice.memberships.on(day).values_list("pk", flat=True))
        is_dormant = bool(then["is_dormant"]) if "is_dormant" in then else organisation.is_dormant
        named = Case.objects.filter(
            Q(current__members__practice=practice), commissioner__in=self.own()
        ).exclude(status="draft")
        today = practice.commissioned_by
        may_change = user.can(CHANGE, today)
        return {
            **self.of_day(),
            "changes": days_of(entries),
            "status": practice_status(
                organisation.opened_on, organisation.closed_on, day, is_dormant=is_dormant
            )
            if is_known(practice, day)
            else NOT_HELD,
            "dormant_since": max(
                (e.on for e in entries if e.said == DORMANT and e.on and e.on <= day), default=None
            ),
            "name": then.get("name", organisation.name),
            "postcode": then.get("postcode", organisation.postcode),
            "contract": then.get("contract_type", practice.get_contract_type_display()),
            "commissioner": then.get("commissioner", practice.commissioner.name),
            "heirs": heirs_of(practice.commissioner, day) if "commissioner" not in then else [],
            "memberships": [m for m in memberships if m.pk in in_force],
            "left": [m for m in memberships if m.ends_on and m.ends_on <= day],
            "coming": [m for m in memberships if m.starts_on and m.starts_on > day],
            "proposed": [
                placing
                for placing in placings_on(day, self.own(), practice=[practice.pk])
                if placing.is_proposed
            ],
            "sizes": sizes,
            "over_time": over_time(figures_of(sizes, corrected), day),
            "dated": dated,
            "corrected": corrected,
            "directorships": directorships,
            "cases": named.select_related("pcn__organisation", "round").distinct(),
            "entries": entries,
            "over": [e for e in entries if e.said in OVER and (e.on is None or e.on <= day)],
            "ways": ways_of(organisation, entries) if may_change else (),
            "may_change": may_change,
            "events": events_of(practice) if user.can(HISTORY, today) else None,
        }


OVER = set(BEFORE.values())


def ways_of(organisation: Organisation, entries: list[Entry]) -> tuple[tuple[str, str], ...]:
    """What may be recorded of a practice, given its history."""
    is_undated = any(entry.said in OVER and entry.on is None for entry in entries)
    ways = NOT_CLOSED if organisation.closed_on else WAYS
    return (
        *ways,
        *(NOT_TAKEN if is_undated else ()),
        *(OPENED if is_kept_by_people(organisation) else ()),
        *(NEVER if is_kept_by_people(organisation) and not organisation.closed_on else ()),
    )
