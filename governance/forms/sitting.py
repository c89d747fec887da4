"""What is recorded of a meeting while it sits."""

from typing import Any

from django import forms
from django.db.models import Q

from governance.models import Attendance, Meeting
from pcnportal.pages.cards import Cards, cards
from pcnportal.pages.fields import RecordChoice
from pcnportal.pages.forms import PortalForm, Seen, without_errors
from pcnportal.people.models import Organisation

# Each person takes up to eight fields of the thousand that a form may send.
MOST = 110
LEFT_OUT = "out"
PRESENCE = [*Attendance.Presence.choices, (LEFT_OUT, "Leave out")]


class AttendanceForm(Seen, PortalForm):
    stated_attendance = forms.IntegerField(
        label="How many a document says were there",
        help_text="Where minutes or a report give a number. It is shown beside how many are named.",
        required=False,
        min_value=0,
        max_value=9999,
    )
    pasted = forms.CharField(
        label="Add several people at once",
        help_text="One a line: name, organisation, office. They join the list below as present.",
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label="Why the attendance is corrected",
        help_text="The minutes are published.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    options = {"stated_attendance": {"width": 4}}

    def __init__(self, *args: Any, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["reason"]


class AttendanceCard(PortalForm):
    """One person; of a seat that is to be named, nobody where no name is typed."""

    seat = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    name = forms.CharField(label="Name", required=False, max_length=120)
    presence = forms.ChoiceField(label="Was there", choices=PRESENCE, initial="present")
    organisation = forms.CharField(
        label="Organisation they came for",
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"list": "organisations"}),
    )
    office = forms.CharField(
        label="Office",
        required=False,
        max_length=120,
        help_text="As the quorum rule names it, for example lay member. Leave it empty where there is none.",
    )
    in_place_of = forms.CharField(
        label="Deputy for",
        required=False,
        max_length=120,
        help_text="The member’s name. A deputy counts in the member’s office.",
        widget=forms.TextInput(attrs={"list": "members"}),
    )
    is_voting = forms.BooleanField(label="Has a vote", required=False, initial=True)
    took_the_chair = forms.BooleanField(label="Took the chair", required=False)
    options = {"name": {"needed": True}, "presence": {"needed": True}}
    INSIDE = ("organisation", "office", "in_place_of", "is_voting", "took_the_chair")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_left_out:
            without_errors(self)
            return {}
        if not said.get("name") and "name" not in self.errors:
            self.add_error("name", "Fill in: Name")
        if said.get("took_the_chair") and said.get("presence") not in ("present", None):
            self.add_error("took_the_chair", "Choose “Present”: who took the chair was there")
        return said

    @property
    def is_left_out(self) -> bool:
        said = self.cleaned_data
        return said.get("presence") == LEFT_OUT or bool(said.get("seat") and not said.get("name"))

    def is_open(self) -> bool:
        """Whether what is said of the person besides the name is shown at once."""
        return not self["name"].value() or any(name in self.errors for name in self.INSIDE)

    def in_short(self) -> str:
        """What is said of the person besides the name, in a line."""
        stands_for = self["in_place_of"].value()
        said = [
            self["organisation"].value(),
            self["office"].value(),
            f"deputy for {stands_for}" if stands_for else "",
            "voting" if self["is_voting"].value() else "without a vote",
            "took the chair" if self["took_the_chair"].value() else "",
        ]
        return ", ".join(filter(None, said))


class AttendanceCards(Cards):
    """Finds the organisations of all cards at once."""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        typed = {_name(card) for card in self.forms if _name(card)}
        held = _organisations(typed) if typed else {}
        for card in self.forms:
            name = _name(card)
            found = held.get(name.casefold(), [])
            if not name or len(found) == 1:
                card.cleaned_data |= {"organisation": found[0] if name else None} if card.cleaned_data else {}
                continue
            if found:
                said = f"Enter its code: more than one organisation has the name “{name}”"
            else:
                said = f"Enter an organisation that is held: none has the name or code “{name}”"
            card.add_error("organisation", said)
        self._errors = [card.errors for card in self.forms]


def _name(card: Any) -> str:
    return " ".join((card.cleaned_data.get("organisation") or "").split())


def _organisations(typed: set[str]) -> dict[str, list[Organisation]]:
    """By each name or code as typed, in small letters, the organisations that have it. One query."""
    wanted = Q(code__in=[name.upper() for name in typed])
    for name in typed:
        wanted |= Q(name__iexact=name)
    found: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.filter(wanted):
        for key in {organisation.name.casefold(), (organisation.code or "").casefold()}:
            found.setdefault(key, []).append(organisation)
    return found


PEOPLE = cards(AttendanceCard, title="Person", add="Add another person", most=MOST, base=AttendanceCards)


class WithdrawalForm(Seen, PortalForm):
    attendance = RecordChoice(
        Attendance.objects.none(), label="Who withdrew", widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, present: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["attendance"]
        field.queryset = present  # type: ignore[attr-defined]
        field.label_from_instance = lambda a: f"{a.person}, {a.office}" if a.office else str(a.person)  # type: ignore[attr-defined]


class StandOverForm(Seen, PortalForm):
    because = forms.CharField(
        label="Why it stands over", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    to = RecordChoice(
        Meeting.objects.none(),
        label="To which meeting",
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )

    def __init__(self, *args: Any, later: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["to"]
            return
        field: Any = self.fields["to"]
        field.queryset = Meeting.objects.filter(pk__in=[m.pk for m in later]).select_related("body")
        field.queryset = field.queryset.order_by("held_on", "starts_at", "pk")
        field.initial, field.required = later[0].pk, True
