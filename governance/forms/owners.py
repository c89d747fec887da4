"""Who does an action: a card for each owner."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from governance.models import Action
from pcnportal.pages.cards import cards
from pcnportal.pages.fields import LookupField
from pcnportal.pages.forms import PortalForm
from pcnportal.people.models import Organisation, Person
from pcnportal.people.naming import person_called

PERSON, ORGANISATION, SEVERAL = "person", "organisation", "several"


class PersonField(LookupField):
    """A person whom the portal knows, or the name of one whom it doesn't."""

    def find(self, text: str) -> Any:
        try:
            return super().find(text)
        except ValidationError:
            if self.queryset.filter(name__iexact=text).exists():
                raise
            return text


class OwnerCard(PortalForm):
    who = forms.ChoiceField(
        label="Who does it",
        choices=[
            (PERSON, "A person"),
            (ORGANISATION, "An organisation"),
            (SEVERAL, "Several who go by one name"),
        ],
        initial=PERSON,
        widget=forms.RadioSelect,
    )
    person = PersonField(
        lambda: Person.objects.all(),
        code="slug",
        name="name",
        what="person",
        label="Name",
        max_length=120,
        required=False,
    )
    organisation = LookupField(
        lambda: Organisation.objects.all(),
        what="organisation",
        label="Organisation",
        help_text="Its name or ODS code.",
        required=False,
    )
    name = forms.CharField(
        label="What they are called", help_text="For example: all providers.", max_length=120, required=False
    )
    options = {
        "who": {"reveals": {PERSON: "person", ORGANISATION: "organisation", SEVERAL: "name"}},
        "person": {"needed": True},
        "organisation": {"needed": True},
        "name": {"needed": True},
    }
    asked = {
        PERSON: ("person", "Enter the name"),
        ORGANISATION: ("organisation", "Enter the organisation"),
        SEVERAL: ("name", "Enter what they are called"),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if who := said.get("who"):
            name, sentence = self.asked[who]
            for other, _ in self.asked.values():
                if other != name:
                    self.errors.pop(other, None)
            if name not in self.errors and not said.get(name):
                self.add_error(name, sentence)
        return said


OWNERS = cards(OwnerCard, title="Owner", add="Add another owner", least=1, most=20)


def owners_from(entered: list[dict[str, Any]]) -> list[Any]:
    """What the cards say, as `record_action` takes it. A person of a new name is made: in a transaction."""
    found = [said["name" if said["who"] == SEVERAL else said["who"]] for said in entered]
    new = [
        said["who"] == PERSON and isinstance(owner, str) for said, owner in zip(entered, found, strict=True)
    ]
    return [person_called(owner) if is_new else owner for owner, is_new in zip(found, new, strict=True)]


def owners_initial(action: Action) -> list[dict[str, Any]]:
    return [
        {"who": PERSON, "person": owner.person_id}
        if owner.person_id
        else {"who": ORGANISATION, "organisation": owner.organisation_id}
        if owner.organisation_id
        else {"who": SEVERAL, "name": owner.name}
        for owner in action.owners.all()
    ]
