"""One page for each way to put right what was recorded of a practice."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pcnportal.people.models import FormerDetail
from registry.forms import register as forms
from registry.models import Membership
from registry.workflow import register as verbs

from .change_pcn import CorrectDetail, WithdrawDetail
from .change_register import PRACTICES, Listed, OfPractice, Withdrawn, sources_near


class ReopenPractice(OfPractice):
    title = "The practice did not close"
    intro = (
        "It is a member of its PCN as before, and nobody took over from it. That its closing was recorded, "
        "and why that was wrong, stays in the history."
    )
    form_class = forms.NotSoForm
    verb = staticmethod(verbs.reopen_practice)


class CorrectClosing(OfPractice):
    title = "The day on which it closed is wrong"
    intro = (
        "It closed, and where that is held was taken over, on another day. That the wrong day was recorded, "
        "and why it was wrong, stays in the history."
    )
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.correct_closing)


class WithdrawTakingOver(Withdrawn, OfPractice):
    title = "Nobody took over from it"
    verb = staticmethod(verbs.withdraw_taking_over)


class CorrectOpening(OfPractice):
    title = "What was said when it opened is wrong"
    intro = "What was said, and why it was wrong, stays in the history."
    form_class = forms.OpeningForm

    def initial(self) -> dict[str, Any]:
        held = {name: getattr(self.organisation, name) for name in ("code", "name", "postcode")}
        return held | {"on": self.organisation.opened_on, "contract_type": self.object.contract_type}

    def write(self, form: Any) -> Any:
        made = verbs.correct_opening(self.object, by=self.request.user, **form.facts())
        return made.get_absolute_url()


class WithdrawOpening(OfPractice):
    title = "There never was such a practice"
    intro = (
        "It counts on no day, and stands in no list and no search. That it was recorded, and why that was "
        "wrong, stays in the history."
    )
    button, warning = "Withdraw it", True
    done = "It is withdrawn."
    form_class = forms.NotSoForm

    def write(self, form: Any) -> Any:
        made = verbs.withdraw_opening(self.object, by=self.request.user, **form.facts())
        return made.get_absolute_url()


class OfName:
    """A change of a practice's name."""

    object: Any
    above = PRACTICES
    scope = "organisation.practice.commissioned_by.pk"
    lookup = {"ods_code": "organisation__code"}

    def queryset(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = FormerDetail.objects.filter(
            organisation__practice__isnull=False, what=FormerDetail.What.NAME
        )
        return rows.select_related("organisation__practice__commissioner", "source")

    @property
    def about(self) -> Any:
        return self.object.organisation.practice


class CorrectPracticeName(OfName, CorrectDetail):
    title = "Correct a name"

    def context(self) -> dict[str, Any]:
        code = self.object.organisation.code
        return {"never": reverse("registry:withdraw_practice_name", args=[code, self.object.pk])}


class WithdrawPracticeName(OfName, WithdrawDetail):
    title = "It never got that name"


class OfMembership(Listed):
    model = Membership
    above = PRACTICES
    scope = "practice.commissioned_by.pk"

    @property
    def about(self) -> Any:
        return self.object.practice

    def queryset(self) -> "QuerySet[Any]":
        rows = Membership.objects.standing()
        return rows.select_related(
            "practice__organisation", "practice__commissioner", "pcn__organisation", "source"
        )

    def form_kwargs(self) -> dict[str, Any]:
        return {"sources": sources_near(self.object.practice_id, self.object.pcn_id)}


class CorrectMembership(OfMembership):
    title = "Correct a membership"
    intro = "The row that is held stays readable as corrected. What you record here counts in its place."
    form_class = forms.MembershipForm
    verb = staticmethod(verbs.correct_membership)

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"commissioners": self.own()}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("pcn", "starts_on", "ends_on")}

    def context(self) -> dict[str, Any]:
        return {"never": reverse("registry:withdraw_membership", args=[self.object.pk])}


class WithdrawMembership(OfMembership):
    title = "It never was a member"
    intro = Withdrawn.intro
    button, warning, done = Withdrawn.button, True, Withdrawn.done
    form_class = forms.NotSoForm
    verb = staticmethod(verbs.withdraw_membership)
