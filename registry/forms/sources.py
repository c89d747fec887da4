"""Where something was read: a source that is held, or one that the person names."""

from typing import Any

from django import forms
from django.db.models import Q

from pcnportal.history.attested import attested_source
from pcnportal.history.models import Source
from pcnportal.pages.fields import DateField
from registry.models import Case

NAMED, NONE = "named", "none"
SOURCES_OF_A_CASE = (
    "submissions__source",
    "lines__source",
    "decisions__source",
    "decisions__quorum_source",
    "conditions__evidence__source",
    "commitments__source",
)
NAMING = ["source_title", "source_date", "source_page"]
# For the `options` of a form with these fields.
SOURCE_OPTIONS: dict[str, dict[str, Any]] = {
    "held_source": {"reveals": {NAMED: NAMING}},
    **{name: {"size": "", "needed": name == "source_title"} for name in NAMING},
}


def sources_near(case: Case) -> list[tuple[str, str]]:
    """(id, words) of the sources on which the commissioner's cases of the round stand already."""
    cases = Case.objects.filter(round=case.round_id, commissioner=case.commissioner_id)
    used = Q()
    for path in SOURCES_OF_A_CASE:
        used |= Q(pk__in=cases.values(path))
    return [
        (str(source.pk), str(source)) for source in Source.objects.filter(used).order_by("title", "pk")[:15]
    ]


class SourceFields(forms.Form):
    """Fields to choose a held source or to name one; `chosen_source` gives it, or None.

    A page fills the choices with `offer_sources`; where a source is not `needed`, "No source" is one of them.
    """

    held_source = forms.ChoiceField(label="Source", widget=forms.RadioSelect, required=False)
    source_title = forms.CharField(label="Title", max_length=250, required=False)
    source_date = DateField(label="Date of the source", required=False)
    source_page = forms.CharField(label="Page or section", max_length=200, required=False)

    def offer_sources(self, held: list[tuple[str, str]], *, needed: bool) -> None:
        field: Any = self.fields["held_source"]
        field.choices = [*held, (NAMED, "Another source, which I name")] + (
            [] if needed else [(NONE, "No source")]
        )
        field.required = needed
        field.error_messages["required"] = "Choose where you read it, or name the source"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_named = data.get("held_source") == NAMED
        if is_named and not data.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", "Enter the title of the source")
        return data

    def source_in_words(self) -> str:
        """The source as it will read; writes none, for the check of the answers."""
        data = self.cleaned_data
        if data.get("held_source") == NAMED:
            day = f"{data['source_date']:%-d %B %Y}" if data["source_date"] else ""
            return ", ".join(part for part in (data["source_title"], data["source_page"], day) if part)
        held: Any = self.fields["held_source"]
        return dict(held.choices).get(data.get("held_source"), "") if self._is_held() else ""

    def _is_held(self) -> bool:
        return (self.cleaned_data.get("held_source") or "").isdecimal()

    def chosen_source(self) -> Source | None:
        data = self.cleaned_data
        if data.get("held_source") == NAMED:
            return attested_source(data["source_title"], data["source_date"], data["source_page"])
        return Source.objects.filter(pk=data["held_source"]).first() if self._is_held() else None
