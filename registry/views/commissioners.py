"""Commissioners, who took over from whom, and the page on which an administrator records it."""

from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Office, Organisation, Succession, in_force
from registry.forms import register as forms
from registry.workflow import register as verbs
from registry.workflow.register.commissioners import PERMISSION, SUCCEEDED

from .change_register import MOST_SOURCES, REGISTER, Change, Withdrawn

WITHIN = (Organisation.Kind.LOCALITY, Organisation.Kind.FEDERATION)
MOST_WITHIN = 500
ABOVE = [("Commissioners", "registry:commissioners")]


class CommissionersPage(DetailPage):
    permission = REGISTER
    title = "Commissioners"
    template_name = "registry/register/commissioners.jinja"

    def context(self) -> dict[str, Any]:
        own = self.request.user.scope(PERMISSION)
        rows = Succession.objects.filter(kind=SUCCEEDED).select_related("predecessor", "successor", "source")
        held = list(rows.order_by("predecessor__name", "pk"))
        gone = {row.predecessor_id for row in held if row.on}
        mine = Organisation.objects.filter(pk__in=own, kind=Organisation.Kind.COMMISSIONER).exclude(
            pk__in=gone
        )
        return {
            "successions": held,
            "own": own,
            "to_record": list(mine.exclude(code=None).order_by("name")),
            "within": within(clock.today()),
        }


def within(day: date) -> "QuerySet[Organisation]":
    """Localities and federations with those who hold an office in them on `day`. Two queries."""
    offices = Office.objects.filter(in_force(day)).select_related("person", "source").order_by("title", "pk")
    rows = Organisation.objects.filter(kind__in=WITHIN).select_related("part_of", "source")
    return rows.prefetch_related(Prefetch("offices", offices, to_attr="held_offices")).order_by(
        F("part_of__name").asc(nulls_last=True), "kind", "name", "pk"
    )[:MOST_WITHIN]


class SucceedCommissioner(Change):
    """An administrator of the commissioner says who took over."""

    permission = PERMISSION
    model = Organisation
    lookup = {"ods_code": "code"}
    scope = "pk"
    title = "Another commissioner took over"
    intro = (
        "From that day, who works for the other reads and continues what this one held, and who works for "
        "this one works for the other. Practices and PCNs change their commissioner with the published files."
    )
    breadcrumbs = ABOVE
    form_class = forms.SuccessorForm
    verb = staticmethod(verbs.succeed_commissioner)

    def queryset(self) -> "QuerySet[Any]":
        return Organisation.objects.filter(kind=Organisation.Kind.COMMISSIONER)

    def form_kwargs(self) -> dict[str, Any]:
        """The documents on which the successions of others stand."""
        used = Q(pk__in=Succession.objects.filter(kind=SUCCEEDED).values("source"))
        found = Source.objects.exclude(kind=Source.Kind.FILE).filter(used).order_by("title", "pk")
        return {"sources": [(str(source.pk), str(source)) for source in found[:MOST_SOURCES]]}

    def back(self) -> str:
        return reverse("registry:commissioners")


class WithdrawSuccession(Withdrawn):
    permission = PERMISSION
    model = Succession
    lookup = {"ods_code": "predecessor__code"}
    scope = "predecessor_id"
    title = "Withdraw who took over"
    breadcrumbs = ABOVE
    verb = staticmethod(verbs.withdraw_succession)

    def queryset(self) -> "QuerySet[Any]":
        return Succession.objects.filter(kind=SUCCEEDED).select_related("predecessor", "successor")

    def back(self) -> str:
        return reverse("registry:commissioners")
