"""Who has to do something: a person or an organisation, by name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from pcnportal.pages.fields import LookupInput, shown
from pcnportal.people.models import Organisation, Person
from registry.models import Case

MOST = 6


class OwnerField(forms.CharField):
    """One person or organisation, by its name or ODS code; `near` are the likely ones, as suggestions."""

    widget = LookupInput
    near: list[str] = []

    def suggest(self, near: list[str]) -> None:
        self.near = near
        self.widget.suggestions = lambda: near

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, Organisation | Person) else value

    def clean(self, value: Any) -> Organisation | Person | None:
        text = " ".join(super().clean(value).split())
        return self.find(text) if text else None

    def find(self, text: str) -> Organisation | Person:
        """Raises `ValidationError` with a sentence where nobody or more than one is meant."""
        for exact in (True, False):
            found = matching(text, exact=exact)
            if len(found) == 1:
                return found[0]
            if found:
                names = "; ".join(in_words(one) for one in found[: MOST - 1])
                more = " and others" if len(found) >= MOST else ""
                raise ValidationError(f"More than one matches: {names}{more}. Enter the whole name.")
        raise ValidationError(f"No person or organisation is called “{text}”.")


def matching(text: str, *, exact: bool) -> list[Organisation | Person]:
    """Who is called `text`, or has it in the name; at most `MOST`."""
    code = text.rsplit("(", 1)[-1].rstrip(")").strip() if text.endswith(")") else text
    name, _, organisation = text.rpartition(", ")
    by_name = Q(name__iexact=text) if exact else Q(name__icontains=text)
    at = Q(name__iexact=name, organisation__name__iexact=organisation)
    organisations = Organisation.objects.filter(by_name | Q(code__iexact=code)).order_by("name", "pk")[:MOST]
    people = Person.objects.filter(by_name | at).select_related("organisation").order_by("name", "pk")[:MOST]
    return [*organisations, *people]


def in_words(owner: Organisation | Person) -> str:
    """Civic Medical Centre (E84617), or Dr Dilip Patel, Civic Medical Centre."""
    if isinstance(owner, Organisation):
        return shown(owner.code, owner.name)
    return f"{owner.name}, {owner.organisation}" if owner.organisation_id else owner.name


def owner_in_words(card: dict[str, Any]) -> str:
    """Who a condition's card names: somebody held, or a new person."""
    if not card["new_owner"]:
        return in_words(card["owner"])
    at = card["new_owner_at"]
    return f"{card['new_owner']}, {at}" if at else str(card["new_owner"])


def near(case: Case) -> list[str]:
    """The PCN, its clinical directors and its practices, as the form names them."""
    found: list[Organisation | Person] = [case.pcn.organisation]
    if form := case.current:
        found += [d.person for d in form.directors.select_related("person__organisation")]
        members = form.members.filter(practice__isnull=False, has_withdrawn=False)
        found += [
            m.practice.organisation for m in members.select_related("practice__organisation") if m.practice
        ]
    return [in_words(one) for one in found]
