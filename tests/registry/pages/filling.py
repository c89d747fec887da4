"""Filling in a registration form, as the page sends it."""

from typing import Any

from django.urls import reverse

from registry.models import Case
from registry.workflow.forms import form_of


def address(case: Case) -> str:
    return reverse("registry:form", args=[case.pk])


def sent(
    case: Case, members: list[str] | None = None, directors: list[Any] | None = None, **other: Any
) -> dict:
    """A POST with a card for each member (code) and director (name, practice, share)."""
    members, directors = members or [], directors or []
    data: dict[str, Any] = {
        "seen": case.version,
        "received_precision": "on",
        "held_source": "none",
        "members-TOTAL_FORMS": len(members),
        "members-INITIAL_FORMS": 0,
        "directors-TOTAL_FORMS": len(directors),
        "directors-INITIAL_FORMS": 0,
    }
    for number, code in enumerate(members):
        data[f"members-{number}-code"] = code
    for number, values in enumerate(directors):
        for name, value in zip(("name", "practice", "share"), values, strict=False):
            data[f"directors-{number}-{name}"] = value
    return data | other


def dated(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def codes(case: Case) -> list[str]:
    return [member.code for member in form_of(case).members.all()]
