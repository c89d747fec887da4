"""A run beside the one that it follows: what changed, in pounds and in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funding.changed import REIMBURSED, organisations_of, what_changed
from funding.entitlement import months
from funding.models import RunInstalment, RunLine
from funding.run_sums import Key, RunSums, State, is_partly, worth, worth_in_words
from pcnportal.pages.jinja import NOT_HELD, pounds
from pcnportal.people.models import Organisation


@dataclass(frozen=True)
class Change:
    """A payment of a PCN that differs from the run before; None where a run has no amount, or not all of it.

    `then` and `since` are the amounts in words.
    """

    pcn: str
    payment: str
    was: Decimal | None
    now: Decimal | None
    then: str
    since: str
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
    _with_months([before[key] for key in differing if key in before])
    names = _names(before, now, differing)
    changes = [_change(before.get(key), now.get(key), names) for key in differing]
    return [one for one in changes if one.said or one.then != one.since]


def _with_months(lines: list[Any]) -> None:
    """Give the lines that have no amount what is reckoned of them. One query."""
    held = RunInstalment.objects.filter(line__in=[line.pk for line in lines if line.amount is None])
    months = defaultdict(list)
    for month in held.order_by("line", "month"):
        months[month.line_id].append(month)
    for line in lines:
        line.parts = months[line.pk]


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
    (then, was_said), (amount, now_said) = _worth(was), _worth(now)
    return Change(str(line.pcn), str(line.payment), then, amount, was_said, now_said, " ".join(said))


def _worth(line: Any) -> tuple[Decimal | None, str]:
    """The amount where all of it is reckoned, and what is printed."""
    if line is None:
        return None, NOT_HELD
    if is_partly(line):
        return None, worth_in_words(line)
    return worth(line), pounds(worth(line))


def _months(*lines: Any) -> list[date]:
    """The months of the rates of both: those that can’t be reckoned any more, too."""
    rates = [rate for line in lines for rate in line.workings.get("rates", ())]
    covered = (months(date.fromisoformat(rate["from"]), date.fromisoformat(rate["until"])) for rate in rates)
    return sorted({month for one in covered for month in one})
