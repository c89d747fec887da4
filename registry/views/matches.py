"""Matches of PCNs whose code no file gave: both lists of members side by side, and what was said."""

from typing import Any

from django.db.models import F
from django.urls import reverse

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.people.models import Organisation
from registry.filters.imports import MatchFilter
from registry.forms.matches import ConfirmForm, RejectForm
from registry.models import PCNMatch
from registry.overlap import compared
from registry.tables.imports import MatchTable
from registry.workflow.matching import IMPORTS, PERMISSION, confirm_match, may_decide, reject_match


def said_of(match: PCNMatch) -> str:
    """Waiting, Confirmed or Rejected; Overtaken where the PCN got the code in another way."""
    if match.is_accepted is not None:
        return "Confirmed" if match.is_accepted else "Rejected"
    return "Overtaken" if match.pcn.organisation.code == match.code else "Waiting"


def matches() -> Any:
    return (
        PCNMatch.objects.select_related("pcn__organisation", "pcn__commissioner", "decided_by")
        .select_related("run__source")
        .defer("run__report", "run__undo")
    )


class OfEngland:
    """Who imports files for all England sees its matches; others those of their commissioner."""

    request: Any
    scope: str

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.can(IMPORTS):
            self.scope = ""
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class MatchList(OfEngland, ListPage):
    permission = "registry.view_import"
    scope = "pcn__commissioner_id"
    model = PCNMatch
    title = "PCNs to match"
    what = ("match", "matches")
    intro = "PCNs whose ODS code no file gave, and the rows of a file that may be they."
    empty = "There is nothing to match: no file names a PCN that may be one whose code is not ODS’s."
    table_class = MatchTable
    filterset_class = MatchFilter
    breadcrumbs = [("Imports", "registry:imports")]

    def rows(self) -> Any:
        return PCNMatch.objects.select_related("pcn__organisation", "pcn__commissioner").order_by(
            F("is_accepted").asc(nulls_first=True), "pcn__organisation__name", "-shared", "code", "pk"
        )

    def complete(self, rows: list[Any]) -> list[Any]:
        for match in rows:
            match.said = said_of(match)
        return rows


class MatchPage(OfEngland, DetailPage):
    permission = "registry.view_import"
    scope = "pcn.commissioner_id"
    model = PCNMatch
    template_name = "registry/imports/match.jinja"
    breadcrumbs = [("Imports", "registry:imports"), ("PCNs to match", "registry:matches")]

    def queryset(self) -> Any:
        return matches()

    def get_title(self) -> str:
        asks = said_of(self.object) == "Waiting"
        return f"Is {self.object.pcn} {self.object.code}?" if asks else str(self.object)

    def context(self) -> dict[str, Any]:
        match, user = self.object, self.request.user
        return {
            "said": said_of(match),
            "parent": Organisation.objects.filter(code=match.parent).first(),
            "compared": compared(match, clock.today()),
            "may_decide": said_of(match) == "Waiting" and may_decide(user, match.pcn.commissioner_id),
            "events": events_of(match.pcn),
        }


class Deciding(OfEngland, FormPage):
    permission = PERMISSION
    see = "registry.view_import"
    scope = "pcn.commissioner_id"
    model = PCNMatch

    def queryset(self) -> Any:
        return matches()

    def get_caption(self) -> str:
        return f"{self.object.pcn} and {self.object.code} {self.object.name}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Imports", reverse("registry:imports")),
            ("PCNs to match", reverse("registry:matches")),
            (str(self.object.pcn), self.back()),
        ]


class ConfirmPage(Deciding):
    form_class = ConfirmForm
    title = "They are the same PCN"
    button = "Confirm the match"
    done = "The match is confirmed."

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        confirm_match(self.object, by=self.request.user, seen=typed["seen"], reason=typed["reason"])


class RejectPage(Deciding):
    form_class = RejectForm
    title = "They are two PCNs"
    button = "Reject the match"
    done = "The match is rejected."

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        reject_match(self.object, by=self.request.user, seen=typed["seen"], reason=typed["reason"])
