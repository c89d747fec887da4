"""A page of each kind over the organisations, to try the ground that real pages stand on."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path

from pcnportal import urls
from pcnportal.pages.acts import act
from pcnportal.pages.cards import cards
from pcnportal.pages.fields import DateField, LookupField
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage, Panel
from pcnportal.pages.tables import Column, Day, Number, Status, Table
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import NotAllowed, Refused, Stale

EVENT: Any = None  # what `Stale` names as the latest change


class OrganisationFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Organisation.Kind.choices)
    opened_after = django_filters.DateFilter(label="Opened after", field_name="opened_on", lookup_expr="gt")


class OrganisationTable(Table):
    name = Column("Organisation", to=lambda row: f"/example/{row.pk}/")
    code = Column("ODS code")
    kind = Status("Kind")
    opened_on = Day("Opened")
    pk = Number("Number", orderable=False)
    export_columns = {"ods_code": "code", "name": "name", "opened_on": "opened_on", "number": "pk"}


class OrganisationList(ListPage):
    permission = "registry.view_register"
    title = "Organisations"
    what = ("organisation", "organisations")
    model = Organisation
    table_class = OrganisationTable
    filterset_class = OrganisationFilter

    def rows(self) -> Any:
        return Organisation.objects.order_by("name").values_list(
            "pk", "name", "code", "kind", "opened_on", named=True
        )

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        return {"name": "Total", "pk": len(rows)}


class OwnList(OrganisationList):
    permission = "registry.view_case"
    scope = "pk"


class AnyForm(Seen, PortalForm):
    text = forms.CharField(
        max_length=50, help_text="In one line", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    long_text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(choices=[("", "Choose"), ("a", "First"), ("b", "Second")])
    answer = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    why = forms.CharField(required=False)
    several = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple)
    sure = forms.BooleanField(label="I have read it")
    day = DateField(label="Due date")
    practice = LookupField(lambda: Organisation.objects.filter(kind="practice"), what="practice")
    file = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    amount = forms.DecimalField(required=False)
    options = {
        "answer": {"inline": False, "hints": {"no": "A departure"}, "reveals": {"no": "why"}},
        "amount": {"width": 5, "prefix": "£"},
    }


class ConditionForm(PortalForm):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DateField(required=False)


class AnyFormPage(FormPage):
    permission = "registry.start_case"
    see = "registry.view_case"
    scope = "pk"
    model = Organisation
    title = "Every kind of field"
    form_class = AnyForm
    cards = {"conditions": cards(ConditionForm, title="Condition", add="Add another condition")}
    done = "Saved: {object}."
    saved: list[Any] = []

    def version(self) -> int:
        return 7

    def back(self) -> str:
        return "/"

    def save(self, form: Any) -> str:
        match form.cleaned_data["text"]:
            case "refuse":
                raise Refused("Say more than that.", "text")
            case "refuse all":
                raise Refused("The meeting is not quorate.")
            case "stale":
                raise Stale(self.object, EVENT)
            case "forbid":
                raise NotAllowed("Your role does not allow this.")
        self.saved.append((form.cleaned_data, self.cards_data))
        return "/"


class OrganisationPage(DetailPage):
    permission = "registry.view_register"
    model = Organisation
    template_name = "layouts/detail.jinja"
    caption = "Organisation"
    breadcrumbs = [("Organisations", "example-list")]


def close(organisation: Organisation, *, by: User, seen: int, reason: str) -> None:
    if reason == "no":
        raise Refused("That is no reason.", "reason")


def close_panel(_request: HttpRequest, organisation: Organisation) -> Panel:
    return Panel("components/example_panel.jinja", {"name": organisation.name})


def fail(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("an example of a mistake")


urlpatterns = [
    *urls.urlpatterns,
    path("example/", OrganisationList.as_view(), name="example-list"),
    path("example/own/", OwnList.as_view()),
    path("example/fail/", fail),
    path("example/<int:pk>/", OrganisationPage.as_view(), name="example"),
    path("example/named/<str:slug>/", OrganisationPage.as_view()),
    path("example/<int:pk>/form/", AnyFormPage.as_view()),
    path(
        "example/<int:pk>/close/",
        act(
            close,
            reason="required",
            permission="registry.start_case",
            see="registry.view_case",
            scope="pk",
            model=Organisation,
            title="Close it",
            button="Close",
            warning=True,
            version=lambda page: 1,
            back=lambda page: "/",
            initial=lambda page: {},
            done="Closed.",
        ),
    ),
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
