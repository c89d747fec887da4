"""Standing items of a body: add, change, end, order. Each is one transaction with its event."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from governance.models import Body, StandingItem
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .bodies import enter

FACTS = ("title", "purpose", "minutes", "presenter", "is_private", "is_last")


@transaction.atomic
def add_standing(body: Body, *, by: User, seen: int, title: str, purpose: str, **facts: Any) -> StandingItem:
    """Put an item on every agenda of the body that is set up from today on."""
    own = enter(body, by, seen)
    if not title.strip():
        raise Refused("Say what the item is.", "title")
    last = body.standing_items.aggregate(last=Max("position"))["last"] or 0
    row = StandingItem.objects.create(
        body=body,
        position=last + 1,
        title=title.strip(),
        purpose=purpose,
        starts_on=clock.today_if_held(),
        **facts,
    )
    record(by, "added a standing item", body, commissioner=own, standing=row.pk)
    return row


@transaction.atomic
def change_standing(row: StandingItem, *, by: User, seen: int, **facts: Any) -> None:
    """Change a standing item. Agendas that are set up keep what they say."""
    own = enter(row.body, by, seen)
    held = StandingItem.objects.get(pk=row.pk)
    _check_stands(held)
    changed = {
        name: [getattr(held, name), value] for name, value in facts.items() if getattr(held, name) != value
    }
    if not changed:
        raise Refused("Nothing was changed.")
    if not facts.get("title", held.title).strip():
        raise Refused("Say what the item is.", "title")
    for name, value in facts.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    record(
        by, "changed a standing item", row.body, commissioner=own, standing=held.pk, fields=sorted(changed)
    )


@transaction.atomic
def end_standing(row: StandingItem, *, by: User, seen: int, reason: str) -> None:
    """Leave the item out of agendas from today on."""
    own = enter(row.body, by, seen)
    held = StandingItem.objects.get(pk=row.pk)
    _check_stands(held)
    today = clock.today()
    # A period has a day at least; one that began today ends with it.
    held.ends_on = max(today, held.starts_on + timedelta(days=1)) if held.starts_on else today
    held.save(update_fields=["ends_on"])
    record(by, "ended a standing item", row.body, reason, commissioner=own, standing=held.pk)


@transaction.atomic
def move_standing(row: StandingItem, *, by: User, seen: int, how: str) -> None:
    """Move a standing item one place `up` or `down` among those that stand."""
    own = enter(row.body, by, seen)
    rows = list(row.body.standing_items.filter(ends_on__isnull=True).order_by("is_last", "position", "pk"))
    index = next((n for n, one in enumerate(rows) if one.pk == row.pk), None)
    if index is None:
        raise Refused("This item stands no longer.")
    other = index + {"up": -1, "down": 1}.get(how, 0)
    if not 0 <= other < len(rows) or rows[other].is_last != rows[index].is_last:
        raise Refused("It can't move further.")
    rows[index], rows[other] = rows[other], rows[index]
    for position, one in enumerate(rows, start=1):
        StandingItem.objects.filter(pk=one.pk).update(position=position)
    record(by, "ordered the standing items", row.body, commissioner=own)


def _check_stands(row: StandingItem) -> None:
    if row.ends_on is not None:
        raise Refused("This item stands no longer.")
