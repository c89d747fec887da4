"""Rows that a fixture can name by what they say, so that loading it again adds none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Identified:
    """Mixed into a model: `identity` names the fields that tell its rows apart, for the natural key."""

    identity: ClassVar[tuple[str, ...]] = ()

    def natural_key(self) -> tuple[str | tuple[str, ...] | None, ...]:
        """Of a row that is pointed at its own key, else the text; None where not held."""
        held = (getattr(self, name) for name in self.identity)
        return tuple(None if value is None else _key(value) for value in held)


def _key(value: Any) -> str | tuple[str, ...]:
    if not isinstance(value, models.Model):
        return str(value)
    key = value.natural_key()  # type: ignore[attr-defined]
    return key if len(key) > 1 else str(key[0])


class ByIdentity(models.Manager[Any]):
    def get_by_natural_key(self, *key: str | tuple[str, ...] | None) -> Any:
        where: dict[str, Any] = {}
        for name, value in zip(self.model.identity, key, strict=True):
            field = self.model._meta.get_field(name)
            if value is None:
                where[f"{name}__isnull"] = True
            elif field.related_model:
                parts = value if isinstance(value, (tuple, list)) else (value,)
                where[name] = field.related_model._default_manager.get_by_natural_key(*parts)
            else:
                where[name] = value
        return self.get(**where)
