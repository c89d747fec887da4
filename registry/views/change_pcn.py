"""One page for each dated change of a PCN."""

from typing import Any

from django.db.models import QuerySet

from registry.forms import register as forms
from registry.models import PCN, ClinicalDirector
from registry.workflow import register as verbs

from .change_register import Listed, sources_near

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


class EndDirector(Listed):
    title = "A clinical director left the post"
    model = ClinicalDirector
    above = PCNS
    scope = "pcn.commissioned_by.pk"
    lookup = {"slug": "pcn__organisation__slug"}
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.end_director)

    def queryset(self) -> "QuerySet[Any]":
        return ClinicalDirector.objects.standing().select_related(
            "person", "pcn__organisation", "pcn__commissioner"
        )

    def form_kwargs(self) -> dict[str, Any]:
        return {"sources": sources_near(self.object.pcn_id)}

    @property
    def about(self) -> Any:
        return self.object.pcn

    def get_caption(self) -> str:
        return f"{self.object}, {self.object.pcn}"
