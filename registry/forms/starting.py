"""The start of a registration: which round, which PCN."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from pcnportal import clock
from pcnportal.pages.fields import LookupField, RecordChoice, shown
from pcnportal.pages.forms import PortalForm
from pcnportal.people.models import Organisation, in_force
from registry.former import commissioned_by
from registry.forms.commissioners import among
from registry.models import PCN, Case, Round, Status

HELD, NEW = "held", "new"


class PCNField(LookupField):
    """A PCN by code or name. Suggested are those that have no registration in the newest round."""

    commissioners: list[int] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            PCN.objects, code="organisation__code", name="organisation__name", what="PCN", **kwargs
        )

    @property
    def queryset(self) -> "QuerySet[PCN]":
        return PCN.objects.filter(
            in_force(clock.today(), "organisation__opened_on", "organisation__closed_on"),
            commissioned_by(self.commissioners, clock.today()),
        ).order_by("organisation__name")

    def suggestions(self) -> list[str]:
        registered = Case.objects.filter(
            round=Round.objects.order_by("-year").values("pk")[:1], kind=Case.Kind.REGISTRATION
        ).exclude(status=Status.WITHDRAWN)
        rows = self.queryset.exclude(pk__in=registered.values("pcn"))
        listed = rows.values_list("organisation__code", "organisation__name")[: self.SUGGESTED]
        return [shown(*row) for row in listed]


class StartForm(PortalForm):
    """`commissioners` are those that the user may start a registration for; one alone is not asked for."""

    round = RecordChoice(Round.objects.order_by("-year"), widget=forms.RadioSelect)
    commissioner = RecordChoice(Organisation.objects.none(), widget=forms.RadioSelect)
    which = forms.ChoiceField(
        label="Which PCN?",
        choices=[(HELD, "A PCN that is in the register"), (NEW, "A new PCN")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the PCN is in the register or new"},
    )
    pcn = PCNField(label="Its name or ODS code", required=False)
    name = forms.CharField(
        label="Its name", max_length=200, required=False, help_text="As on the form. Its ODS code comes later"
    )
    options = {
        "which": {"reveals": {HELD: "pcn", NEW: "name"}},
        "pcn": {"needed": True},
        "name": {"needed": True},
    }

    def __init__(self, *args: Any, commissioners: "QuerySet[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = among(self, commissioners)
        pcn: Any = self.fields["pcn"]
        pcn.commissioners = [organisation.pk for organisation in commissioners]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        match data.get("which"):
            case "held":
                data["name"] = ""
                if not data.get("pcn") and "pcn" not in self.errors:
                    self.add_error("pcn", "Enter the name or the ODS code of the PCN")
            case "new":
                data["pcn"] = None
                self.errors.pop("pcn", None)
                if not data.get("name") and "name" not in self.errors:
                    self.add_error("name", "Enter the name of the new PCN")
        data.setdefault("commissioner", self.only)
        return data
