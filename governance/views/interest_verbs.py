"""Interests are declared, registered, ended, corrected and withdrawn."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from governance.forms.interests import CorrectForm, DeclareForm, EndInterestForm, RegisterForm
from governance.interests import ANYBODY
from governance.models import Interest
from governance.proposing import NOBODY, Proposing
from governance.views.interests import REGISTER, RELATED
from governance.workflow.interests import (
    OTHERS,
    OWN,
    correct_interest,
    declare,
    end_interest,
    may_change,
    register_interest,
    withdraw_interest,
)
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused

FACTS = ("kind", "organisation", "organisation_named", "role", "nature", "starts_on", "ends_on")


class Entering(FormPage):
    """A new entry in the register of one of the user's commissioners."""

    proposing: Proposing = NOBODY
    breadcrumbs = [REGISTER]

    def form_kwargs(self) -> dict[str, Any]:
        own = self.request.user.scope(self.permission)
        return {"commissioners": Organisation.objects.filter(pk__in=own)}

    def back(self) -> str:
        return reverse("governance:interests")


class Declare(Entering):
    permission = OWN
    form_class = DeclareForm
    title = "Declare an interest"
    button = "Declare the interest"
    done = "The interest is declared today."
    intro = "Declare an interest within 28 days of its beginning, and before an item that it concerns."

    def guard(self) -> None:
        if self.request.user.person_id is None:
            raise Refused("Your account names no person: ask the secretary to register the interest.")

    def save(self, form: Any) -> Any:
        return declare(by=self.request.user, then=self.proposing.look_for, **form.cleaned_data)


class RegisterInterest(Entering):
    permission = OTHERS
    form_class = RegisterForm
    title = "Register an interest"
    button = "Register the interest"
    done = "The interest is registered."
    intro = "What somebody else declared, in their words."

    def save(self, form: Any) -> Any:
        return register_interest(by=self.request.user, then=self.proposing.look_for, **form.cleaned_data)


class OfInterest(FormPage):
    permission = OWN
    see = ANYBODY
    scope = "commissioner_id"
    model = Interest
    proposing: Proposing = NOBODY

    def queryset(self) -> "QuerySet[Any]":
        return Interest.objects.select_related(*RELATED)

    def get_caption(self) -> str:
        return str(self.object.person) if may_change(self.request.user, self.object) else str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(REGISTER[0], reverse(REGISTER[1])), (self.get_caption(), self.object.get_absolute_url())]

    def guard(self) -> None:
        if not may_change(self.request.user, self.object):
            raise Refused("An entry is changed by whose interest it is, or by the secretary.")

    def save(self, form: Any) -> Any:
        self.guard()
        typed = dict(form.cleaned_data)
        return self.verb(self.object, by=self.request.user, then=self.proposing.look_for, **typed)

    verb: Any


class EndInterest(OfInterest):
    form_class = EndInterestForm
    title = "End the interest"
    button = "Save the end"
    done = "The end is saved. The entry stays published for six months after it."
    verb = staticmethod(end_interest)


class CorrectInterest(OfInterest):
    form_class = CorrectForm
    title = "Correct the entry"
    button = "Correct the entry"
    done = "The entry is corrected. The earlier one is kept and no longer published."
    verb = staticmethod(correct_interest)

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_own": not self.request.user.can(OTHERS, self.object.commissioner_id)}

    def initial(self) -> dict[str, Any]:
        if not may_change(self.request.user, self.object):
            return {}
        return {name: getattr(self.object, name) for name in (*FACTS, "declared_on")}


class WithdrawInterest(OfInterest):
    form_class = ReasonForm
    title = "Withdraw the entry"
    button = "Withdraw the entry"
    warning = True
    done = "The entry is withdrawn. It is kept, and no longer published."
    intro = "For an entry that should not be in the register. An interest that is over is ended instead."
    verb = staticmethod(withdraw_interest)
