"""What is filled in about an agenda: its items, their order and their papers, and a body's standing items."""

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.forms.planning import ClockField
from governance.models import AgendaItem
from governance.models.agenda import Purpose
from pcnportal.pages.forms import Seen, say_it_plainly, take_numbers_as_text

AGAIN = "Choose the file again: a browser does not keep it when a form is sent."
FILE = "A PDF, a Word document (.docx), or a PNG or JPEG image, 20 MB at most. No patient information."


def words(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=10_000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def minutes() -> forms.IntegerField:
    return forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=0,
        max_value=1440,
        help_text="How long it takes. The times of the agenda follow from it.",
    )


def clock(label: str, hint: str) -> ClockField:
    said = {"invalid": "Enter a time, for example 14:00"}
    return ClockField(label=label, required=False, help_text=hint, error_messages=said)


class CorrectionForm(Seen):
    """Asks for a reason where the agenda is published; before, its field is not there."""

    reason = forms.CharField(
        label="Why the published agenda is changed",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["reason"]


class ItemForm(CorrectionForm):
    title = forms.CharField(label="Item", max_length=250)
    purpose = forms.ChoiceField(label="Purpose", choices=Purpose.choices, widget=forms.RadioSelect)
    presenter = forms.CharField(label="Who presents it", required=False, max_length=200)
    duration = minutes()
    starts_at = clock("Starts at", "Only where a time is printed or fixed, for example 17:30.")
    ends_at = clock("Ends at", "For example 17:35.")
    number = forms.CharField(
        label="Number as printed",
        required=False,
        max_length=10,
        help_text="Leave it empty and the items are numbered in their order.",
    )
    is_private = forms.BooleanField(label="In the private part", required=False)
    asked = words("What is asked", "What the body is asked to do, in a sentence.")
    if_not = words("What happens if the answer is no", rows=2)
    field_order = ["title", "purpose", "presenter", "duration", "starts_at", "ends_at", "number"]
    options = {
        "purpose": {"inline": True},
        "duration": {"width": 4},
        "starts_at": {"width": 5},
        "ends_at": {"width": 5},
        "number": {"width": 5},
    }


class MoveForm(CorrectionForm):
    how = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")], label="Where", widget=forms.RadioSelect)
    field_order = ["how"]
    options = {"how": {"inline": True}}


class OrderForm(CorrectionForm):
    """A place for each item. `order` is their ids by what was typed: a changed one goes before the others."""

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.options = {f"place_{item.pk}": {"width": 3} for item in items}  # type: ignore[misc]
        for place, item in enumerate(items, start=1):
            self.fields[f"place_{item.pk}"] = forms.IntegerField(
                label=f"{item.reference}. {item.title}",
                min_value=1,
                max_value=len(items),
                initial=place,
            )

        take_numbers_as_text(self)
        say_it_plainly(self)

    def order(self) -> list[int]:
        ranked = []
        for place, item in enumerate(self.items, start=1):
            typed = self.cleaned_data[f"place_{item.pk}"]
            moved = (typed > place) - (typed < place)
            ranked.append((typed, moved, place, item.pk))
        return [pk for *_, pk in sorted(ranked)]


class PaperForm(CorrectionForm):
    title = forms.CharField(label="Paper", max_length=250, help_text="What it is called.")
    author = forms.CharField(label="Author", required=False, max_length=200)
    cover = words("Cover text", "What is read before the file, or instead of one.", rows=6)
    file = forms.FileField(label="File", required=False, max_length=1000, help_text=FILE)
    is_private = forms.BooleanField(
        label="Private paper",
        required=False,
        help_text="It comes in the private pack alone, and only to who may read private papers.",
    )
    is_late = forms.BooleanField(
        label="Late paper",
        required=False,
        help_text="It comes after the agenda went out. After publishing every paper does.",
    )
    field_order = ["title", "author", "cover", "file", "is_private", "is_late"]

    def __init__(self, *args: Any, is_published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, is_published=is_published, **kwargs)
        if is_published:
            del self.fields["is_late"]

    def ask_for_the_file_again(self) -> None:
        """Where something else is wrong and a file came with it: say that it has to be chosen once more."""
        if self.errors and "file" not in self.errors and self.files:
            self.add_error("file", AGAIN)


class ReplaceForm(PaperForm):
    reason = forms.CharField(
        label="Why it is replaced", max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, is_published=True, **kwargs)


class StandingForm(Seen):
    title = forms.CharField(label="Item", max_length=250)
    purpose = forms.ChoiceField(label="Purpose", choices=Purpose.choices, widget=forms.RadioSelect)
    presenter = forms.CharField(
        label="Who presents it", required=False, max_length=200, help_text="For example: Chair."
    )
    minutes = minutes()
    is_private = forms.BooleanField(label="In the private part", required=False)
    is_last = forms.BooleanField(label="After all other items", required=False)
    options = {"purpose": {"inline": True}, "minutes": {"width": 4}}


class MoveStandingForm(Seen):
    how = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")], label="Where", widget=forms.RadioSelect)
    options = {"how": {"inline": True}}
