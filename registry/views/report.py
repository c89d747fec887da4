"""The report on a year's registrations, as a page that prints."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from pcnportal import clock
from pcnportal.pages.forms import say_it_plainly
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.writing import error_list
from pcnportal.people.models import Organisation
from registry.models import Round
from registry.report import Report, report_of


class WhichReport(forms.Form):
    """Of which year and, where the user works for several, of which commissioner."""

    year = forms.ChoiceField(required=False)
    commissioner = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, years: list[str], own: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "year": [(year, year) for year in years],
            "commissioner": [(organisation.slug, organisation.name) for organisation in own],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
        if len(own) < 2:
            del self.fields["commissioner"]
        say_it_plainly(self)


class ReportPage(DetailPage):
    permission = "registry.view_case"
    template_name = "registry/report/report.jinja"
    breadcrumbs = [("Registrations", "registry:registrations")]

    @cached_property
    def rounds(self) -> dict[str, Round]:
        """By year, the newest first."""
        return {found.year: found for found in Round.objects.select_related("source")}

    @cached_property
    def own(self) -> list[Organisation]:
        user = self.request.user
        scope = user.scope(self.permission)
        held = {role.organisation_id: role.organisation for role in user.roles_in_force}
        return [held[pk] for pk in scope]

    @cached_property
    def form(self) -> WhichReport:
        asked = {name: value for name, value in self.request.GET.items() if value}
        offered: dict[str, Any] = {"years": list(self.rounds), "own": self.own}
        defaults = {"year": next(iter(self.rounds), ""), "commissioner": self.own[0].slug}
        return WhichReport(defaults | asked, **offered)

    @cached_property
    def report(self) -> Report | None:
        if not self.form.is_valid():
            return None
        chosen = self.form.cleaned_data
        commissioner = next((o for o in self.own if o.slug == chosen.get("commissioner")), self.own[0])
        round_ = self.rounds.get(chosen["year"])
        return report_of(commissioner, round_, clock.today()) if round_ else None

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show(200 if self.report or not self.form.errors else 400)

    def get_title(self) -> str:
        return self.report.title if self.report else "Primary Care Network registration"

    def get_caption(self) -> str:
        return f"{self.report.commissioner}, {self.report.round}" if self.report else ""

    def context(self) -> dict[str, Any]:
        return {
            "report": self.report,
            "which": self.form,
            "errors": error_list(self.form),
            "sources": self.report.sources if self.report else (),
        }
