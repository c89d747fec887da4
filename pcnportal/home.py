"""My work: what waits for the user, what comes next, what happened, and how their commissioners stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils import timezone

import funding.work
import governance.work
import pcnportal.findings.work
import pcnportal.people.work
import registry.work
from governance.models import Action, Meeting
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.history.words import verb_in_words
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.work import Link, together
from pcnportal.people.models import User
from registry.models import PCN, Case

FLOORS = (registry.work, governance.work, funding.work, pcnportal.findings.work, pcnportal.people.work)
QUIET = (*registry.work.QUIET, *governance.work.QUIET)
# Visits are not kept: a week covers a holiday of most, and each entry carries its day.
LATELY = timedelta(days=7)
READ = 300
SHOWN = 6
NEXT_SHOWN = 8


def greeting(now: datetime) -> str:
    """Good morning until noon, good afternoon until six, good evening after."""
    hour = timezone.localtime(now).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


@dataclass(frozen=True)
class Happening:
    """What somebody did on a day to some records; `day` is None where it is not held."""

    by: str
    what: str
    day: date | None
    links: tuple[Link, ...]


def events_for(user: User) -> list[Event]:
    """The newest events of the user's commissioners with the records they belong to. Four queries at most."""
    own = user.scope("history.view_event")
    if not own:
        return []
    wholes = [
        Case.objects.select_related("pcn__organisation"),
        Meeting.objects.select_related("body"),
        PCN.objects.select_related("organisation"),
        Action.objects.select_related("item"),
    ]
    return list(
        Event.objects.filter(commissioner__in=own)
        .exclude(verb__in=QUIET)
        .select_related("by")
        .prefetch_related(GenericPrefetch("whole", wholes))
        .order_by("-pk")[:READ]
    )


def happenings(events: Iterable[Event]) -> list[Happening]:
    """Events of the same kind, person and day as one, each record named once; the newest first."""
    groups: dict[tuple[Any, ...], dict[str, Link]] = {}
    for event in events:
        day = timezone.localdate(event.at) if event.dated else None
        links = groups.setdefault((event.verb, str(event.by or "the portal"), day), {})
        whole = event.whole
        if whole is not None and hasattr(whole, "get_absolute_url"):
            address = whole.get_absolute_url()
            links.setdefault(address, Link(str(whole), address))
    return [
        Happening(by, verb_in_words(verb), day, tuple(links.values()))
        for (verb, by, day), links in groups.items()
    ]


class HomePage(DetailPage):
    template_name = "home.jinja"
    title = "My work"

    def context(self) -> dict[str, Any]:
        user, day = self.request.user, clock.today()
        work = together(floor.work_of(user, day) for floor in FLOORS)
        events = events_for(user)
        lately = [event for event in events if event.at >= clock.now() - LATELY]
        return {
            "greeting": greeting(clock.now()),
            "work": work,
            "coming": work.coming[:NEXT_SHOWN],
            "happened": happenings(lately or events)[: SHOWN if lately else SHOWN // 2],
            "is_lately": bool(lately),
            "lately_days": LATELY.days,
            "sees_cases": user.can("registry.view_case"),
            "may_read_history": user.can("history.view_event"),
        }
