"""Persons by name. A name alone proves no identity."""

from collections.abc import Iterable

from django.db.models import ProtectedError
from django.utils.text import slugify

from .models import Organisation, Person


def person_called(name: str, organisation: Organisation | None = None) -> Person:
    """The person of that name at that organisation, made where there is none."""
    name = " ".join(name.split())
    same = Person.objects.filter(name__iexact=name, organisation=organisation).first()
    if same:
        return same
    slug = stem = slugify(name)[:110] or "person"
    number = 1
    while Person.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return Person.objects.create(name=name, slug=slug, organisation=organisation)


def spell(person: Person, name: str) -> None:
    """The same name in other capitals or spaces, as it is written now."""
    person.name = " ".join(name.split())
    person.save(update_fields=["name"])


def forget_unused(people: Iterable[Person]) -> None:
    """Remove persons whom a draft named and nothing names any more: a slip of the pen is no record."""
    for person in people:
        if person.source_id is None:
            try:
                person.delete()
            except ProtectedError:
                continue
