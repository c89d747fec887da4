"""What changed of the claims, posts or baseline that a payment for staff was reckoned from, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from funding.entitlement import next_month
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, pounds

Staff = Mapping[str, Any]
LIST = "The list size that decides how many posts are reimbursed"


def staff_changed(was: Staff | None, now: Staff | None, months: Collection[date]) -> list[str]:
    """Sentences on what differs: the posts that are filled in any of `months`, and the claims of those.

    None on both sides where it isn’t known what claims there were; where there are none now, they went.
    """
    if was is None:
        return []
    if now is None:
        return _claims(was, {"costs": ()}, months)
    return [*_baseline(was, now), *_posts(was, now, months), *_size(was, now), *_claims(was, now, months)]


def _baseline(was: Staff, now: Staff) -> list[str]:
    if was["baseline"] == now["baseline"]:
        return []
    before, after = (_wte(of["baseline"]) for of in (was, now))
    return [f"The baseline of staff was {before} and is {after}."]


def _wte(value: str | None) -> str:
    return "not held" if value is None else f"{number(Decimal(value))} WTE"


def _posts(was: Staff, now: Staff, months: Collection[date]) -> list[str]:
    said, held = [], {pk: rest for pk, *rest in was["posts"]}
    until = next_month(max(months)).isoformat() if months else ""
    for pk, wte, starts_on, ends_on in now["posts"]:
        filled = written(date.fromisoformat(starts_on))
        if pk not in held and starts_on < until:
            said.append(f"A post of {_wte(wte)}, filled on {filled}, was recorded.")
        elif pk in held and ends_on != held[pk][-1] and ends_on < until:
            said.append(f"The post filled on {filled} is vacant from {written(date.fromisoformat(ends_on))}.")
    return said


def _size(was: Staff, now: Staff) -> list[str]:
    before, after = was["patients"], now["patients"]
    if before == after or before is None or after is None:
        return []
    return [f"{LIST} was {number(Decimal(before))} and is {number(Decimal(after))}."]


def _claims(was: Staff, now: Staff, months: Collection[date]) -> list[str]:
    before, after = ({(month, post): cost for month, post, cost in of["costs"]} for of in (was, now))
    wanted = {month.isoformat() for month in months}
    said = []
    for key in sorted(before.keys() | after.keys()):
        old, new, month = before.get(key), after.get(key), f"{date.fromisoformat(key[0]):%B %Y}"
        if old == new or key[0] not in wanted:
            continue
        if new is None:
            said.append(f"The claim of {_pounds(old)} for {month} was withdrawn.")
        elif old is None:
            said.append(f"A claim of {_pounds(new)} for {month} was agreed.")
        else:
            said.append(f"The cost claimed for {month} was {_pounds(old)} and is {_pounds(new)}.")
    return said


def _pounds(cost: str | None) -> str:
    return pounds(Decimal(cost or 0))
