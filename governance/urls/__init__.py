"""Governance's addresses. What upper apps show on its pages is handed in by the roof."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern

from governance.proposing import NOBODY, Proposing

from . import actions, agenda, boards, interests, minutes, planning, sitting

Panels = Sequence[Callable[..., Any]]


def addresses(
    *, meeting: Panels = (), body: Panels = (), proposing: Proposing = NOBODY
) -> tuple[list[URLPattern], str]:
    """The patterns and their namespace; `meeting` and `body` are panels for those pages.

    `proposing` has the rules by which conflicts of interest are proposed.
    """
    return [
        *boards.urlpatterns(body),
        *planning.urlpatterns(meeting),
        *agenda.urlpatterns,
        *sitting.urlpatterns,
        *minutes.urlpatterns,
        *actions.urlpatterns,
        *interests.urlpatterns(proposing),
    ], "governance"
