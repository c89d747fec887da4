"""The quorum rule of a body: a new rule follows the one before, from a day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from governance.counting import wanted_of
from governance.models import Body, QuorumRule
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .bodies import enter
from .taking_back import held_already, replaced_from


@transaction.atomic
def set_quorum(
    body: Body,
    *,
    by: User,
    seen: int,
    voting_members: int,
    offices: Iterable[Mapping[str, Any]] = (),
    starts_on: date | None,
    source: Source | None,
) -> QuorumRule:
    """Record the rule that holds from `starts_on`; the rule before it ends on that day.

    `offices` as in `QuorumRule`. Without `starts_on` it holds from the body's beginning, which only its first
    rule can. A rule that was set from that very day is replaced, as long as no quorum was counted by it.
    Raises `Refused` without a source, or where a rule is held from a later day.
    """
    own = enter(body, by, seen)
    if source is None:
        raise Refused("Say where you read the rule.", "source_title")
    if voting_members < 1:
        raise Refused("It takes one voting member at least.", "voting_members")
    wanted = list(offices)
    for line in wanted_of(wanted):
        if line.at_least < 1:
            raise Refused(f"It takes one {line} at least, or leave the line out.", "offices")
    said = replaced_from(body, "quorum_rules", starts_on) if starts_on else ""
    others = body.quorum_rules.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on or date.min))
    for other in others:
        if starts_on is None:
            raise Refused("A rule is held already: say from which day the new one holds.", "starts_on")
        if other.starts_on and other.starts_on >= starts_on:
            raise Refused(held_already("A rule", other.starts_on), "starts_on")
    others.update(ends_on=starts_on)
    rule = QuorumRule.objects.create(
        body=body, voting_members=voting_members, offices=wanted, starts_on=starts_on, source=source
    )
    replaced: dict[str, Any] = {"changed": [f"It replaces: {said}"]} if said else {}
    record(by, "set the quorum rule", body, commissioner=own, rule=rule.pk, starts_on=starts_on, **replaced)
    return rule
