"""One page for each dated change of a PCN."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pcnportal.people.models import FormerDetail
from registry.forms import register as forms
from registry.models import PCN, ClinicalDirector, NominatedPayee
from registry.workflow import register as verbs

from .change_register import Listed, Withdrawn, sources_near

PCNS = ("PCNs", "registry:pcns")
CORRECTED = (FormerDetail.What.NAME, FormerDetail.What.CODE)


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


class CorrectPCNClosing(OfPCN):
    title = "The day on which it closed is wrong"
    intro = "That the wrong day was recorded, and why it was wrong, stays in the history."
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.correct_pcn_closing)


class OfDetail(Listed):
    """A change of a PCN's name or code."""

    model: Any = FormerDetail
    above = PCNS
    scope = "organisation.pcn.commissioned_by.pk"
    lookup = {"slug": "organisation__slug"}

    def queryset(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = FormerDetail.objects.filter(organisation__pcn__isnull=False)
        return rows.filter(what__in=CORRECTED).select_related(
            "organisation__pcn__organisation", "organisation__pcn__commissioner", "source"
        )

    @property
    def about(self) -> Any:
        return self.object.organisation.pcn

    def get_caption(self) -> str:
        return str(self.about)


class CorrectDetail(OfDetail):
    title = "Correct a name or code"
    intro = "What is held stays readable as corrected. What you record here counts in its place."
    form_class = forms.DetailForm
    verb = staticmethod(verbs.correct_detail)

    def form_kwargs(self) -> dict[str, Any]:
        word = f"The {'name' if self.object.what == FormerDetail.What.NAME else 'ODS code'} from that day"
        return {"sources": sources_near(self.object.organisation_id), "word": word}

    def initial(self) -> dict[str, Any]:
        spans = verbs.spans_of(self.object.organisation, self.object.what)
        became = next((span.value for span in spans if span.starts_on == self.object.until), "")
        return {"value": became, "on": self.object.until}

    def context(self) -> dict[str, Any]:
        slug = self.object.organisation.slug
        return {"never": reverse("registry:withdraw_detail", args=[slug, self.object.pk])}


class WithdrawDetail(Withdrawn, OfDetail):
    title = "It never got that name or code"
    verb = staticmethod(verbs.withdraw_detail)


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
