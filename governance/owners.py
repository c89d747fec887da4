"""Who does an action, read from what was typed: persons, organisations, or a name for several."""

import re

from django.db.models import Q

from governance.models import Body
from governance.workflow.attending import known_to
from pcnportal.people.models import Organisation, Person


def owners_of(text: str, body: Body) -> list[Person | Organisation | str]:
    """The owners that a text separated by semicolons or lines names.

    A name is that of a person who sits on the body or came to it, or of an organisation (also by its code);
    else it stays a name.
    """
    return [_owner(name, body) for part in re.split(r"[;\n]", text) if (name := " ".join(part.split()))]


def _owner(name: str, body: Body) -> Person | Organisation | str:
    if person := known_to(body, name):
        return person
    found = list(Organisation.objects.filter(Q(name__iexact=name) | Q(code__iexact=name))[:2])
    return found[0] if len(found) == 1 else name
