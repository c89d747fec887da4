"""The lines between bodies: who reports to whom, and what feeds into what."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from governance.circles import way_up
from governance.known import bodies_for
from governance.models import Body, BodyLink
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.pages.jinja import words
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .bodies import enter

REPORTS_TO = BodyLink.Kind.REPORTS_TO


@transaction.atomic
def add_link(
    body: Body,
    *,
    by: User,
    seen: int,
    to: Body,
    kind: str,
    starts_on: date | None = None,
    source: Source | None = None,
) -> BodyLink:
    """Draw a line from `body` to `to`, from a day on or since one that is not held.

    Raises `Refused` where there is such a line already, and where reports-to would form a circle: the
    sentence names those on it.
    """
    # All of them, in one order: two lines that only together form a circle wait for each other, and
    # before a row is changed, so that none waits for one that waits for it.
    names = dict(Body.objects.select_for_update().order_by("pk").values_list("pk", "name"))
    own = enter(body, by, seen)
    if kind not in BodyLink.Kind.values:
        raise Refused("Choose whether it reports to the other body or feeds into it.", "kind")
    if to.pk == body.pk:
        raise Refused(f"{body} can’t have a line to itself.", "to")
    if not bodies_for(by.scope("governance.view_meeting")).filter(pk=to.pk).exists():
        raise Refused("Choose one of the bodies that you see.", "to")
    begins = starts_on or clock.today()
    beside = BodyLink.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=begins), kind=kind)
    if beside.filter(body=body, to=to).exists():
        raise Refused(f"{body} {BodyLink.Kind(kind).label.lower()} {to} already.", "to")
    if kind == REPORTS_TO:
        above = defaultdict(list)
        for lower, higher in beside.order_by("pk").values_list("body", "to"):
            above[lower].append(higher)
        if way := way_up(to.pk, body.pk, above):
            raise Refused(in_a_circle([names[pk] for pk in way]), "to")
    link = BodyLink.objects.create(body=body, to=to, kind=kind, starts_on=starts_on, source=source)
    record(by, f"drew the line: {link.get_kind_display().lower()}", body, commissioner=own, to=to.name)
    return link


def in_a_circle(way: list[str]) -> str:
    """Why the last body of `way` can't report to its first: each reports to the next already."""
    steps = [f"{lower} reports to {higher}" for lower, higher in pairwise(way)]
    return f"{way[-1]} can’t report to {way[0]}, for that would be a circle: {words(steps)}."


@transaction.atomic
def end_link(link: BodyLink, *, by: User, seen: int, ends_on: date, reason: str) -> None:
    """End a line from a day on, saying why. `seen` is the version of the body that it starts from."""
    own = enter(link.body, by, seen)
    if not reason.strip():
        raise Refused("Say why.", "reason")
    held = BodyLink.objects.get(pk=link.pk)
    if held.ends_on:
        raise Refused(f"The line has ended already, on {held.ends_on:%-d %B %Y}.")
    if held.starts_on and ends_on <= held.starts_on:
        raise Refused(f"Choose a day after {held.starts_on:%-d %B %Y}.", "ends_on")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    record(
        by,
        f"ended the line: {held.get_kind_display().lower()}",
        link.body,
        reason,
        commissioner=own,
        to=link.to.name,
        ends_on=ends_on,
    )
