"""Claims that many tests make: a refusal writes nothing, a verb writes one event."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from pcnportal.history.models import Event
from pcnportal.history.record import events_of, is_genuine
from pcnportal.people.models import User
from pcnportal.refusals import NotAllowed, Refused, Stale

APPS = ("people", "history", "governance", "registry", "funding")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the portal, read past the ORM since it is asked often."""
    rows = {}
    with connection.cursor() as cursor:
        for app in APPS:
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608
                rows[model._meta.label] = cursor.fetchall()
    return rows


@contextmanager
def refused(sentence: str, field: str = "", kind: type[Refused] = Refused) -> Iterator[None]:
    """The block is refused with that sentence, at that field, and leaves every row as it was."""
    before = everything()
    with pytest.raises(kind, match=re.escape(sentence)) as caught:
        yield
    assert caught.value.field == field
    assert isinstance(caught.value, kind)
    assert not isinstance(caught.value, NotAllowed | Stale) or kind is not Refused
    assert everything() == before


def not_allowed(sentence: str = "Your role does not allow this.") -> Any:
    return refused(sentence, kind=NotAllowed)


def stale() -> Any:
    return refused("was changed by someone else while you had this page open.", kind=Stale)


@contextmanager
def one_event(whole: models.Model, verb: str, by: User, **changes: Any) -> Iterator[None]:
    """The block writes exactly one event about `whole`, by that person, in the scope of its commissioner."""
    seen = set(Event.objects.values_list("pk", flat=True))
    yield
    written = events_of(whole).exclude(pk__in=seen)
    assert [(event.verb, event.by) for event in written] == [(verb, by)]
    event = written[0]
    assert event.commissioner == getattr(whole, "commissioner", None)
    assert is_genuine(event)
    assert {key: event.changes.get(key) for key in changes} == changes
