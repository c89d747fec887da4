"""The registration form as it is filled in: how it came, its list size, payee, members and directors."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from pcnportal.pages.cards import cards
from pcnportal.pages.fields import DateField, LookupField
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Organisation
from registry.models import Case, Submission

from .practices import PracticeCards, is_code, typed_code
from .sources import NAMED, NONE, SOURCE_OPTIONS, SourceFields, sources_near

PRACTICES_LIST = {"list": "practices", "autocomplete": "off"}
PAYEES = (
    Organisation.Kind.PRACTICE,
    Organisation.Kind.FEDERATION,
    Organisation.Kind.PROVIDER,
    Organisation.Kind.OTHER,
)
PRACTICE_CODE = re.compile(r"\b[A-Z]\d{5}\b", re.IGNORECASE)
MOST_MEMBERS = 60


class RegistrationForm(SourceFields, Seen, PortalForm):
    """What the form says but for its members and directors. All may be saved empty: not held."""

    received_on = DateField(label="Received", required=False, not_after_today=True)
    received_precision = forms.ChoiceField(
        label="Is that the day itself?",
        choices=Submission.Precision.choices,
        initial=Submission.Precision.ON,
        widget=forms.RadioSelect,
    )
    received_how = forms.CharField(
        label="How it was received", max_length=120, required=False, help_text="For example, by e-mail"
    )
    stated_list_size = forms.IntegerField(
        label="List size that the form states",
        required=False,
        min_value=1,
        max_value=9_999_999,
        help_text="Patients of all member practices together, as the form has it",
    )
    stated_as_at = DateField(label="Date of that list size", required=False)
    payee = LookupField(
        lambda: Organisation.objects.filter(kind__in=PAYEES),
        what="practice or provider",
        label="Nominated payee",
        required=False,
        help_text="The practice or provider that receives the money: its code or name. No bank details. "
        "Leave it empty where the form does not say.",
    )
    pasted = forms.CharField(
        label="Add many practices at once",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="ODS codes, one a line or separated by commas",
    )
    says_optional = False
    field_order = [
        "received_on",
        "received_precision",
        "received_how",
        "stated_list_size",
        "stated_as_at",
        "payee",
        "held_source",
    ]
    options = {
        "stated_list_size": {"width": 10, "inputmode": "numeric"},
        "received_how": {"width": 20},
        **SOURCE_OPTIONS,
    }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["held_source"]
        source.label, source.initial = "Where you read this", NONE
        source.choices = [
            (NONE, "The registration form itself"),
            *sources_near(case),
            (NAMED, "Another source, which I name"),
        ]

    def fields_of_form(self) -> dict[str, Any]:
        """What `edit_form` takes."""
        own = (
            "received_on",
            "received_precision",
            "received_how",
            "stated_list_size",
            "stated_as_at",
            "payee",
        )
        return {name: self.cleaned_data[name] for name in own} | {"source": self.chosen_source()}


class MemberForm(PortalForm):
    code = forms.CharField(
        label="ODS code or name", max_length=200, widget=forms.TextInput(attrs=PRACTICES_LIST)
    )
    signed_on = DateField(label="Signed the network agreement", required=False, not_after_today=True)
    says_optional = False
    options = {"code": {"width": 20}, "signed_on": {"example": False}}


class Members(PracticeCards):
    """The member practices. A code that the register does not have is kept as it was typed."""

    def clean(self) -> None:
        seen: dict[str, int] = {}
        for number, form in enumerate(self.forms, start=1):
            if not form.cleaned_data.get("code"):
                continue
            code = self._code(form)
            if code in seen:
                form.add_error("code", f"{code} is practice {seen[code]} already: remove one of them")
            elif code:
                seen[code] = number
                form.cleaned_data["code"] = code

    def _code(self, form: Any) -> str:
        text = self.text_of(form)
        if practice := self.practice_of(form):
            return str(practice.organisation.code)
        if sentence := self.several(form):
            form.add_error("code", sentence)
        elif not is_code(text):
            form.add_error("code", f"No practice is called “{text}”. Enter its ODS code")
        else:
            return typed_code(text)
        return ""


class DirectorForm(PortalForm):
    name = forms.CharField(label="Name", max_length=120)
    practice = forms.CharField(
        label="Practice, by ODS code or name",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=PRACTICES_LIST),
    )
    share = forms.DecimalField(
        label="Share of the post", required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100
    )
    says_optional = False
    options = {"share": {"width": 4, "suffix": "%", "inputmode": "decimal"}}

    def clean_share(self) -> Any:
        share = self.cleaned_data["share"]
        if share == 0:
            raise forms.ValidationError("Enter more than 0, or leave it empty where the form does not say")
        return share


class Directors(PracticeCards):
    """The clinical directors. A practice that is named has to be in the register."""

    typed_in = "practice"

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            name = " ".join(form.cleaned_data.get("name", "").split())
            if name and name.casefold() in seen:
                form.add_error("name", f"{name} is listed twice: remove one of them")
            elif name:
                seen.add(name.casefold())
                form.cleaned_data["name"] = name
            if form.cleaned_data.get("practice"):
                self._find_practice(form)

    def _find_practice(self, form: Any) -> None:
        if practice := self.practice_of(form):
            form.cleaned_data["practice"] = practice.organisation.code
        else:
            text = self.text_of(form)
            unknown = f"No practice in the register has the code or name “{text}”. Leave it empty if not held"
            form.add_error("practice", self.several(form) or unknown)


MEMBERS = cards(MemberForm, title="Practice", add="Add another practice", most=MOST_MEMBERS, base=Members)
DIRECTORS = cards(
    DirectorForm, title="Clinical director", add="Add another clinical director", most=10, base=Directors
)


def codes_in(text: str) -> list[str]:
    """The ODS codes in a pasted text; of a line without any, what stands between its commas."""
    found: list[str] = []
    for line in text.splitlines():
        codes = PRACTICE_CODE.findall(line) or re.split(r"[,;\t]", line)
        found += [code.strip() for code in codes if code.strip()]
    return list(dict.fromkeys(code.upper() if is_code(code) else code for code in found))


def with_pasted(data: QueryDict, prefix: str = "members") -> QueryDict:
    """The POST with a card for each pasted code that has none yet; empty cards are filled first."""
    codes = codes_in(data.get("pasted", ""))
    if not codes:
        return data
    changed = data.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(total), 1000) if total.isdecimal() else 0
    typed = [changed.get(f"{prefix}-{n}-code", "").strip() for n in range(count)]
    free = [n for n, text in enumerate(typed) if not text]
    held = {typed_code(text) for text in typed}
    for code in codes:
        if typed_code(code) in held:
            continue
        number = free.pop(0) if free else count
        changed[f"{prefix}-{number}-code"] = code
        count = max(count, number + 1)
    changed[f"{prefix}-TOTAL_FORMS"] = str(count)
    changed["pasted"] = ""
    return changed
