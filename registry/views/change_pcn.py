"""One page for each dated change of a PCN."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from registry.forms import register as forms
from registry.models import PCN, ClinicalDirector, NominatedPayee
from registry.workflow import register as verbs

from .change_register import Listed, Withdrawn, sources_near

PCNS = ("PCNs", "registry:pcns")


class OfPCN(Listed):
    model = PCN
    above = PCNS
    lookup = {"slug": "organisation__slug"}

    def queryset(self) -> "QuerySet[Any]":
        return PCN.objects.select_related("organisation", "commissioner")


class CodePCN(OfPCN):
    title = "The PCN got its ODS code"
    intro = "On every day before, the register shows what stood there then."
    form_class = forms.CodeForm
    verb = staticmethod(verbs.code_pcn)


class RenamePCN(OfPCN):
    title = "The PCN has another name"
    intro = "On every day before, the register shows the name of then."
    form_class = forms.NameForm
    verb = staticmethod(verbs.rename_pcn)

    def initial(self) -> dict[str, Any]:
        return {"name": self.organisation.name}


class ClosePCN(OfPCN):
    title = "The PCN closed"
    intro = "Its members leave, and the posts of its directors and payee end, on that day."
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.close_pcn)


class AppointDirector(OfPCN):
    title = "A clinical director was appointed"
    form_class = forms.DirectorForm
    verb = staticmethod(verbs.appoint_director)


class ChangePayee(OfPCN):
    title = "The PCN has another nominated payee"
    intro = "The payee of before receives the money until that day."
    form_class = forms.PayeeForm
    verb = staticmethod(verbs.change_payee)


class ReopenPCN(OfPCN):
    title = "The PCN did not close"
    intro = (
        "What its closing ended goes on. That it was recorded, and why that was wrong, stays in the history."
    )
    form_class = forms.NotSoForm
    verb = staticmethod(verbs.reopen_pcn)


class OfPost(Listed):
    """A director of a PCN, or a payee."""

    model: Any = ClinicalDirector
    above = PCNS
    scope = "pcn.commissioned_by.pk"
    lookup = {"slug": "pcn__organisation__slug"}

    def queryset(self) -> "QuerySet[Any]":
        named = "person" if self.model is ClinicalDirector else "organisation"
        rows: QuerySet[Any] = self.model.objects.standing()
        return rows.select_related(named, "pcn__organisation", "pcn__commissioner")

    def form_kwargs(self) -> dict[str, Any]:
        return {"sources": sources_near(self.object.pcn_id)}

    @property
    def about(self) -> Any:
        return self.object.pcn

    def get_caption(self) -> str:
        return f"{self.object}, {self.object.pcn}"


class EndDirector(OfPost):
    title = "A clinical director left the post"
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.end_director)


class CorrectPost(OfPost):
    intro = "The row that is held stays readable as corrected. What you record here counts in its place."
    withdraws = ""

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("starts_on", "ends_on")}

    def context(self) -> dict[str, Any]:
        slug = self.object.pcn.organisation.slug
        return {"never": reverse(f"registry:{self.withdraws}", args=[slug, self.object.pk])}


class CorrectDirector(CorrectPost):
    title = "Correct a clinical director"
    form_class = forms.DirectorRowForm
    verb = staticmethod(verbs.correct_director)
    withdraws = "withdraw_director"

    def initial(self) -> dict[str, Any]:
        held = {name: getattr(self.object, name) for name in ("practice", "share")}
        return super().initial() | held | {"name": self.object.person.name}


class CorrectPayee(CorrectPost):
    title = "Correct a nominated payee"
    model = NominatedPayee
    form_class = forms.PayeeRowForm
    verb = staticmethod(verbs.correct_payee)
    withdraws = "withdraw_payee"

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"payee": self.object.organisation}


class WithdrawDirector(Withdrawn, OfPost):
    title = "Never was clinical director"
    verb = staticmethod(verbs.withdraw_post)


class WithdrawPayee(Withdrawn, OfPost):
    title = "Never was nominated payee"
    model = NominatedPayee
    verb = staticmethod(verbs.withdraw_post)
