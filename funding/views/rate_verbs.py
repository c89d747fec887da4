"""One page for each verb of a rate."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from funding.forms.rates import OF_A_POST, AddRateForm, ConfirmRateForm, ReplaceRateForm, WithdrawRateForm
from funding.models import Rate
from funding.workflow.rates import (
    PERMISSIONS,
    add_rate,
    confirm_rate,
    replace_rate,
    why_not_confirm,
    why_not_withdraw,
    withdraw_rate,
)
from pcnportal.history.attested import attested_source
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused

from .rates import FUNDING, own_commissioners


class AddRate(FormPage):
    permission = PERMISSIONS["add_rate"]
    form_class = AddRateForm
    title = "Add a rate"
    intro = "It pays nothing until another person in finance confirms it."
    button = "Add the rate"
    breadcrumbs = [FUNDING, ("Rates", "funding:rates")]
    done = "The rate is added. It waits for another person to confirm it."

    def back(self) -> str:
        return reverse("funding:rates")

    @transaction.atomic
    def save(self, form: Any) -> Rate:
        typed = form.cleaned_data
        return add_rate(
            typed["year"],
            typed["payment"],
            by=self.request.user,
            source=attested_source(*form.named()),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            **form.facts(),
        )


class OfRate(FormPage):
    see = "funding.view_funding"
    model = Rate

    def queryset(self) -> "QuerySet[Any]":
        return Rate.objects.select_related("term__payment", "term__year", "source")

    def get_caption(self) -> str:
        return f"{self.object.term}: {self.object.in_words}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Funding", reverse("funding:years")),
            ("Rates", reverse("funding:rates")),
            (str(self.object), self.object.get_absolute_url()),
        ]


class ReplaceRate(OfRate):
    permission = PERMISSIONS["replace_rate"]
    form_class = ReplaceRateForm
    title = "Replace this rate"
    intro = (
        "The rate that is held stays readable, and pays until another person has confirmed the new one. "
        "The new one is for the same days."
    )
    button = "Replace the rate"
    done = "The new rate is entered. It waits for another person to confirm it."

    def initial(self) -> dict[str, Any]:
        held = {name: getattr(self.object, name) for name in ("per", "pounds", *OF_A_POST)}
        plain = {name: f"{value.normalize():f}" for name, value in held.items() if isinstance(value, Decimal)}
        return held | plain

    @transaction.atomic
    def save(self, form: Any) -> Rate:
        return replace_rate(
            self.object,
            by=self.request.user,
            source=attested_source(*form.named()),
            reason=form.cleaned_data["reason"],
            **form.facts(),
        )


class WithdrawRate(OfRate):
    permission = PERMISSIONS["withdraw_rate"]
    form_class = WithdrawRateForm
    title = "Withdraw this rate"
    intro = (
        "For a rate that was entered by mistake and that nobody has confirmed, so that nothing was paid "
        "on it. It stays readable, with the reason; what it was to replace stands as before."
    )
    button = "Withdraw the rate"
    warning = True
    done = "The rate is withdrawn."

    def guard(self) -> None:
        if sentence := why_not_withdraw(self.object):
            raise Refused(sentence)

    def save(self, form: Any) -> None:
        withdraw_rate(self.object, by=self.request.user, reason=form.cleaned_data["reason"])


class ConfirmRate(OfRate):
    permission = PERMISSIONS["confirm_rate"]
    form_class = ConfirmRateForm
    title = "Confirm this rate"
    button = "Confirm the rate"
    done = "The rate is confirmed: it pays from now on."

    def choices(self) -> list[Organisation]:
        """The commissioners for which the person may still confirm it."""
        own = own_commissioners(self.request.user, self.permission)
        return [one for one in own if not why_not_confirm(self.object, self.request.user, one)]

    def guard(self) -> None:
        if not self.choices():
            own = own_commissioners(self.request.user, self.permission)
            raise Refused(why_not_confirm(self.object, self.request.user, own[0]))

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": self.choices()}

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        own = self.choices() or own_commissioners(self.request.user, self.permission)
        confirm_rate(
            self.object,
            by=self.request.user,
            commissioner=typed.get("commissioner") or own[0],
            reason=typed["reason"],
        )
