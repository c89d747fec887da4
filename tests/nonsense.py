"""Rows that the database itself has to refuse, past every form and verb."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


def constraints_of(app: str) -> set[str]:
    """The names of all the constraints of an app's models."""
    return {
        constraint.name
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def constraint(app: str, name: str) -> models.BaseConstraint:
    return next(
        found
        for model in apps.get_app_config(app).get_models()
        for found in model._meta.constraints
        if found.name == name
    )


def refuses(app: str, name: str, rows: Iterable[Callable[[], Any]]) -> None:
    """The last of the rows is refused by the constraint of that name; those before it are in order."""
    *fine, nonsense = rows
    for row in fine:
        row()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        nonsense()
    is_check = isinstance(constraint(app, name), models.CheckConstraint)
    if is_check or connection.vendor == "postgresql":
        assert name in str(caught.value)
    else:
        assert "UNIQUE constraint failed" in str(caught.value)
