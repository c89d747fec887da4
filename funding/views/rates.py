"""The rates of all years, and one of them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from funding.filters.rates import Held, RateFilter, held
from funding.models import Rate
from funding.standing import standings
from funding.tables.rates import RateTable
from funding.workflow.rates import PERMISSIONS, why_not_confirm, why_not_withdraw
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Organisation

FUNDING = ("Funding", "funding:years")
JOINED = ("term__payment", "term__year", "source")


class RateList(ListPage):
    permission = "funding.view_funding"
    title = "Rates"
    what = ("rate", "rates")
    intro = (
        "Pounds for what is counted, with where each was read. A rate to be confirmed pays nothing to a "
        "commissioner’s PCNs until its finance has confirmed it."
    )
    template_name = "funding/rates/list.jinja"
    breadcrumbs = [FUNDING]
    model = Rate
    table_class = RateTable
    per_page = 100

    def rows(self) -> "QuerySet[Any]":
        return Rate.objects.select_related(*JOINED).order_by(
            "-term__year__starts_on", "term__payment__position", "starts_on", "pk"
        )

    def complete(self, rows: list[Any]) -> list[Any]:
        found = standings(rows, self.request.user.scope(self.permission))
        for row in rows:
            row.standing, confirmations = found[row.pk]
            row.confirmed_by = ", ".join(str(one.commissioner) for one in confirmations)
        return rows

    @cached_property
    def held(self) -> list[Held]:
        return held()

    def filtered(self, *args: Any, **kwargs: Any) -> RateFilter:
        return RateFilter(*args, held=self.held, **kwargs)

    filterset_class: Any = filtered

    def context(self) -> dict[str, Any]:
        year, payment = (self.request.GET.get(name) for name in ("year", "payment"))
        without = [
            str(one)
            for one in self.held
            if one.rate is None and year in (None, "", one.year) and payment in (None, "", one.payment)
        ]
        return {"may_add": self.request.user.can(PERMISSIONS["add_rate"]), "without": without}


class RatePage(DetailPage):
    permission = "funding.view_funding"
    model = Rate
    template_name = "funding/rates/rate.jinja"
    breadcrumbs = [FUNDING, ("Rates", "funding:rates")]

    def queryset(self) -> "QuerySet[Any]":
        standing = Rate.objects.filter(is_withdrawn=False)
        return Rate.objects.select_related(
            *JOINED, "term__source", "entered_by", "supersedes__term"
        ).prefetch_related(Prefetch("superseded_by", standing.select_related("term"), to_attr="successors"))

    def get_title(self) -> str:
        return str(self.object.in_words)

    def get_caption(self) -> str:
        return str(self.object.term)

    def context(self) -> dict[str, Any]:
        rate, seen = self.object, self.request.user.scope(self.permission)
        standing, confirmations = standings([rate], seen)[rate.pk]
        return {
            "standing": standing,
            "confirmations": confirmations,
            "actions": list(self.actions()),
            "events": events_of(rate).filter(commissioner__in=seen),
        }

    def actions(self) -> Any:
        rate, user = self.object, self.request.user
        if rate.confidence == Rate.Confidence.MEDIUM and not rate.is_withdrawn:
            own = own_commissioners(user, PERMISSIONS["confirm_rate"])
            confirmed = set(rate.confirmations.values_list("commissioner", flat=True))
            waiting = [one for one in own if one.pk not in confirmed]
            missing = [why_not_confirm(rate, user, one) for one in waiting]
            if missing:
                href = reverse("funding:confirm_rate", args=[rate.pk])
                said = "" if "" in missing else missing[0]
                yield {"text": "Confirm this rate", "href": href, "missing": said}
        if user.can(PERMISSIONS["replace_rate"]) and not rate.is_withdrawn:
            if not rate.successors:
                href = reverse("funding:replace_rate", args=[rate.pk])
                yield {"text": "Replace this rate", "href": href, "missing": ""}
            if rate.entered_by_id:
                href = reverse("funding:withdraw_rate", args=[rate.pk])
                yield {"text": "Withdraw this rate", "href": href, "missing": why_not_withdraw(rate)}


def own_commissioners(user: Any, permission: str) -> list[Organisation]:
    """Those for which the person may do it, that of their own role first."""
    found = {role.organisation_id: role.organisation for role in user.roles_in_force}
    return [one for one in found.values() if user.can(permission, one)]
