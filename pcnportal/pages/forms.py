"""How a form is written: every field goes through one template, which maps its widget to an NHS macro.

A form says in `options` what a field's widget alone does not, by name of the field:

    options = {
        "amount": {"width": 5, "prefix": "£"},     width in characters: 2, 3, 4, 5, 10, 20, 30
        "title": {"needed": True},                 not marked "(optional)": another answer decides
        "outcome": {"size": "m"},                  size of the label: s (default), m, l; "" for plain text
        "met": {"inline": True, "hints": {"no": "A departure"}, "reveals": {"no": "reason"}},
    }

`hints` are lines below single choices, `reveals` names the field or the fields (a list)
that open below a choice.
"""

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict

from .fields import NumberText


class PortalRenderer(TemplatesSetting):
    """Fields by our template; forms and formsets by Django's own, which the admin and formsets count on."""

    field_template_name = "components/field.jinja"


class _Portal(forms.BaseForm):
    options: ClassVar[dict[str, dict[str, Any]]] = {}
    # Whether labels say "(optional)"; not on a form where everything may stay empty.
    says_optional = True
    # The server's sentences instead of the browser's.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        take_numbers_as_text(self)
        say_it_plainly(self)

    def shown(self) -> list[forms.BoundField]:
        """The fields to write, but for those that open below a choice."""
        opening = [found for option in self.options.values() for found in option.get("reveals", {}).values()]
        revealed = {name for found in opening for name in ([found] if isinstance(found, str) else found)}
        return [field for field in self.visible_fields() if field.name not in revealed]


class PortalForm(_Portal, forms.Form):
    """Every form of the portal."""


class PortalModelForm(_Portal, forms.ModelForm):
    """A form that edits a row to which no verb belongs."""


# Of what the page sends with the answers and nobody types.
SENT_IN_PART = "The page was sent in part: open it again and save it once more."


class Seen(PortalForm):
    """Adds the version of the record that the page showed."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": SENT_IN_PART, "invalid": SENT_IN_PART}
    )


class ReasonForm(Seen):
    """One reason in words."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


def take_numbers_as_text(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        if type(field.widget) is forms.NumberInput:
            # What is too small or too large the server says in words.
            kept = {
                name: said for name, said in field.widget.attrs.items() if name not in ("min", "max", "step")
            }
            mode = "decimal" if isinstance(field, forms.DecimalField | forms.FloatField) else "numeric"
            field.widget = NumberText({"inputmode": mode} | kept)
            field.widget.is_required = field.required


SENTENCES = {
    "max_length": "Use %(limit_value)d characters or fewer: there are %(show_value)d",
    "min_value": "Enter %(limit_value)s or more",
    "max_value": "Enter %(limit_value)s or less",
    "invalid_choice": "Choose one of the answers given",
}
BY_FIELD: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.DateField, {"invalid": "Enter a date, for example 31/12/2019 or 31 December 2019"}),
    (forms.EmailField, {"invalid": "Enter an e-mail address, for example name@nhs.net"}),
    # Django's field of a decimal is one of a whole number, so it comes first.
    (forms.DecimalField, {"invalid": "Enter a number, for example 1.76"}),
    (forms.IntegerField, {"invalid": "Enter a whole number, for example 32716"}),
    (forms.URLField, {"invalid": "Enter a web address, for example https://www.england.nhs.uk"}),
]


def say_it_plainly(form: forms.BaseForm) -> None:
    """Errors that say what to do, wherever the form has Django's own."""
    for name, field in form.fields.items():
        said = SENTENCES | next((more for cls, more in BY_FIELD if isinstance(field, cls)), {})
        said["required"] = required_sentence(field, str(field.label or name.replace("_", " ").capitalize()))
        given: dict[str, Any] = {}
        for cls in reversed(type(field).__mro__):
            if cls.__module__.startswith("django"):
                given.update(getattr(cls, "default_error_messages", {}))
        for code, sentence in said.items():
            if field.error_messages.get(code) == given.get(code):
                field.error_messages[code] = sentence


def required_sentence(field: forms.Field, label: str) -> str:
    """What to do about an empty field."""
    if isinstance(field.widget, forms.FileInput):
        return "Choose a file"
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick the box: {label}"
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return f"Choose at least one: {label}"
    if isinstance(field, forms.ChoiceField):
        return f"Choose an answer: {label}"
    return f"Fill in: {label}"


def without_errors(form: Any) -> None:
    """Keep what was typed and show no errors: the form was sent for another purpose than to save it."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
