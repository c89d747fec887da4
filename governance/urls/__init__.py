"""Governance's addresses. What upper apps show on its pages is handed in by the roof."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern

from governance.advice import Advising
from governance.proposing import NOBODY, Proposing

from . import actions, agenda, boards, brief, interests, minutes, planning, sitting

Panels = Sequence[Callable[..., Any]]


def addresses(
    *,
    meeting: Panels = (),
    body: Panels = (),
    proposing: Proposing = NOBODY,
    advising: Sequence[Advising] = (),
) -> tuple[list[URLPattern], str]:
    """The patterns and their namespace; `meeting` and `body` are panels for those pages.

    `proposing` has the rules by which conflicts of interest are proposed, `advising` says what is asked and
    recommended on items that it knows.
    """
    return [
        *boards.urlpatterns(body, proposing),
        *planning.urlpatterns(meeting),
        *agenda.urlpatterns,
        *sitting.urlpatterns(proposing),
        *minutes.urlpatterns,
        *actions.urlpatterns,
        *interests.urlpatterns(proposing),
        *brief.urlpatterns(advising),
    ], "governance"
