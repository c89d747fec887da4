"""Whose record it is: asked only of who answers for several commissioners."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from pcnportal.people.models import Organisation


def among(form: forms.Form, commissioners: "QuerySet[Organisation]") -> Organisation | None:
    """Let the field `commissioner` ask for one of these; of a single one drop the field and give it."""
    allowed = list(commissioners)
    if len(allowed) == 1:
        del form.fields["commissioner"]
        return allowed[0]
    asked: Any = form.fields["commissioner"]
    asked.queryset = commissioners
    return None
