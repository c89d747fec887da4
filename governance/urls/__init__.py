"""Governance's addresses. What upper apps show on its pages is handed in by the roof."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern

from . import actions, agenda, boards, planning, sitting

Panels = Sequence[Callable[..., Any]]


def addresses(*, meeting: Panels = (), body: Panels = ()) -> tuple[list[URLPattern], str]:
    """The patterns and their namespace; `meeting` and `body` are panels for those pages."""
    return [
        *boards.urlpatterns(body),
        *planning.urlpatterns(meeting),
        *agenda.urlpatterns,
        *sitting.urlpatterns,
        *actions.urlpatterns,
    ], "governance"
