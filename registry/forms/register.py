"""Forms of the dated changes of the register: what changed, on which day, where it was read, and why."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from pcnportal import clock
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm
from pcnportal.people.models import Organisation
from registry.former import commissioned_by
from registry.models import PCN, Practice

from .commissioners import among
from .filling_in import PAYEES
from .sources import SOURCE_OPTIONS, SourceFields


def one_practice(label: str, **kwargs: Any) -> LookupField:
    return LookupField(
        Practice.objects,
        code="organisation__code",
        name="organisation__name",
        what="practice",
        label=label,
        help_text=kwargs.pop("help_text", "Its ODS code or its name"),
        **kwargs,
    )


def one_pcn(label: str) -> LookupField:
    """Any PCN that is not closed; a page leaves those of its user's commissioners with `only_of`."""
    return LookupField(
        PCN.objects,
        code="organisation__code",
        name="organisation__name",
        what="PCN",
        label=label,
        help_text="Its ODS code or its name",
    )


def only_of(field: Any, commissioners: Iterable[int]) -> None:
    own = list(commissioners)
    field._queryset = lambda: PCN.objects.filter(commissioned_by(own, clock.today()))


class WhyForm(PortalForm):
    """Why what was recorded never was so."""

    reason = forms.CharField(
        label="Why it is wrong",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Say why it is wrong"},
    )

    def facts(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class ChangeForm(SourceFields, PortalForm):
    """A day, a source and a reason. `asks` names what the verb wants to know beside them."""

    asks: ClassVar[tuple[str, ...]] = ()
    on = DateField(
        label="From which day", help_text="The first day on which it is so, for example 1 October 2019"
    )
    reason = forms.CharField(
        label="What happened, and why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Say what happened, and why"},
    )
    options = SOURCE_OPTIONS

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.asks, "on", "held_source", "source_title", "source_date", "source_page"])
        self.fields["held_source"].label = "Where you read it"
        self.offer_sources(sources, needed=True)

    def facts(self) -> dict[str, Any]:
        """What the verb takes; names the source, so to be called in the verb's transaction."""
        said = {name: self.cleaned_data[name] for name in (*self.asks, "on", "reason") if name in self.fields}
        return said | {"source": self.chosen_source()}


class OpenPracticeForm(ChangeForm):
    asks: ClassVar[tuple[str, ...]] = ("commissioner", "code", "name", "postcode", "contract_type")
    commissioner = RecordChoice(Organisation.objects.none(), widget=forms.RadioSelect, empty_label=None)
    code = forms.CharField(
        label="ODS code", max_length=12, help_text="A letter and five digits, for example E84039"
    )
    name = forms.CharField(max_length=200)
    postcode = forms.CharField(max_length=10, required=False)
    contract_type = forms.ChoiceField(
        label="Contract",
        choices=[*Practice.Contract.choices, ("", "Not held")],
        widget=forms.RadioSelect,
        required=False,
    )
    options = SOURCE_OPTIONS | {"code": {"width": 10}, "postcode": {"width": 10}}

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = among(self, commissioners)

    def facts(self) -> dict[str, Any]:
        return ({"commissioner": self.only} if self.only else {}) | super().facts()


class OpeningForm(OpenPracticeForm):
    """What should have been said of a practice that opened; its commissioner is who it is."""

    asks: ClassVar[tuple[str, ...]] = ("code", "name", "postcode", "contract_type")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, commissioners=Organisation.objects.none(), **kwargs)
        self.fields.pop("commissioner", None)
        self.only = None


class IntoForm(ChangeForm):
    asks = ("into",)
    into = one_practice("Into which practice")


class TakenOnForm(ChangeForm):
    asks = ("into",)
    into = one_practice("Which practice takes the list on")


class SuccessorForm(ChangeForm):
    asks = ("into",)
    into = LookupField(
        lambda: Organisation.objects.filter(kind=Organisation.Kind.COMMISSIONER),
        what="commissioner",
        label="Who took over",
        help_text="The commissioner that reads and continues what this one held: its ODS code or its name",
    )


class JoinForm(ChangeForm):
    asks = ("pcn",)
    pcn = one_pcn("Which PCN")

    def __init__(self, *args: Any, commissioners: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_of(self.fields["pcn"], commissioners)


class CodeForm(ChangeForm):
    asks = ("code",)
    code = forms.CharField(label="ODS code", max_length=12, help_text="U and five digits, for example U60176")
    options = SOURCE_OPTIONS | {"code": {"width": 10}}


class NameForm(ChangeForm):
    asks = ("name",)
    name = forms.CharField(label="New name", max_length=200)


class DetailForm(ChangeForm):
    """What a name or code became, and from which day."""

    asks = ("value",)
    value = forms.CharField(max_length=200)

    def __init__(self, *args: Any, word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = word


class DirectorForm(ChangeForm):
    asks: ClassVar[tuple[str, ...]] = ("name", "practice", "share")
    name = forms.CharField(label="Name", max_length=120)
    practice = one_practice(
        "Practice",
        required=False,
        help_text="A member practice: its code or name. Empty where it is not held.",
    )
    share = forms.DecimalField(
        label="Share of the post in %", required=False, min_value=1, max_value=100, decimal_places=2
    )
    options = SOURCE_OPTIONS | {"share": {"width": 5, "suffix": "%"}}


class PayeeForm(ChangeForm):
    asks: ClassVar[tuple[str, ...]] = ("payee",)
    payee = LookupField(
        lambda: Organisation.objects.filter(kind__in=PAYEES),
        what="practice or provider",
        label="Nominated payee",
        help_text="The practice or provider that receives the money: its code or name. No bank details.",
    )


class RowForm(ChangeForm):
    """What a row should say. Its days may be empty: not held, or still in force."""

    starts_on = DateField(
        label="From", required=False, help_text="The first day. Empty where it is not held."
    )
    ends_on = DateField(
        label="Until", required=False, help_text="The first day on which it no longer is. Empty while it is."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]


class MembershipForm(RowForm):
    asks = ("pcn", "starts_on", "ends_on")
    pcn = one_pcn("Which PCN")

    def __init__(self, *args: Any, commissioners: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_of(self.fields["pcn"], commissioners)


class DirectorRowForm(RowForm, DirectorForm):
    asks = (*DirectorForm.asks, "starts_on", "ends_on")


class PayeeRowForm(RowForm, PayeeForm):
    asks = (*PayeeForm.asks, "starts_on", "ends_on")


class NotSoForm(ChangeForm):
    """That what was recorded is wrong: where it was read, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]
