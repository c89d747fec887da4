"""A run beside the one that it follows: what changed, in pounds and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funding.changed import REIMBURSED, organisations_of, what_changed
from funding.entitlement import months
from funding.models import RunLine
from funding.run_sums import Key, RunSums, State
from pcnportal.people.models import Organisation


@dataclass(frozen=True)
class Change:
    """A payment of a PCN that differs from the run before; None where either run has no amount."""

    pcn: str
    payment: str
    was: Decimal | None
    now: Decimal | None
    said: str

    @property
    def difference(self) -> Decimal | None:
        return None if self.was is None or self.now is None else self.now - self.was


def changes_of(sums: RunSums) -> list[Change]:
    """What differs from the approved run that it follows, by PCN and payment; none where it is the first."""
    if not sums.run.follows_id:
        return []
    held = RunLine.objects.filter(run=sums.run.follows_id).exclude(state=State.ARREARS)
    before = {
        (line.pcn_id, line.payment_id): line for line in held.select_related("pcn__organisation", "payment")
    }
    now = {(line.pcn_id, line.payment_id): line for line in sums.ordinary}
    differing = [
        key for key in (*now, *(before.keys() - now.keys())) if _differ(before.get(key), now.get(key))
    ]
    names = _names(before, now, differing)
    changes = [_change(before.get(key), now.get(key), names) for key in differing]
    return [one for one in changes if one.said or one.was != one.now]


def _differ(was: Any, now: Any) -> bool:
    if was is None or now is None:
        return True
    return (was.amount, was.state, was.why) != (now.amount, now.state, now.why)


def _names(before: dict[Key, Any], now: dict[Key, Any], keys: list[Key]) -> dict[int, str]:
    lines = [line for key in keys for line in (before.get(key), now.get(key)) if line]
    wanted = {pk for line in lines for pk in organisations_of(line.workings)}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _change(was: Any, now: Any, names: dict[int, str]) -> Change:
    line = now or was
    if was is None:
        said = ["It was not in the run before."]
    elif now is None:
        said = ["It is no longer this commissioner’s: it keeps what was paid."]
    else:
        said = what_changed(was.workings, now.workings, _months(was, now), names, line.pcn_id)
        if was.state != now.state:
            said.append(f"It was “{was.get_state_display()}” and is “{now.get_state_display()}”.")
        elif not said and line.payment.is_staff and was.amount != now.amount:
            said = [REIMBURSED]
    return Change(str(line.pcn), str(line.payment), was and was.amount, now and now.amount, " ".join(said))


def _months(*lines: Any) -> list[date]:
    """The months of the rates of both: those that can’t be reckoned any more, too."""
    rates = [rate for line in lines for rate in line.workings.get("rates", ())]
    covered = (months(date.fromisoformat(rate["from"]), date.fromisoformat(rate["until"])) for rate in rates)
    return sorted({month for one in covered for month in one})
