"""The rules of the checklist: pure functions from facts to a result with its working in words.

The rules are those of the Network Contract DES 2019/20 registration: BMA, "Creating and running Primary Care
Networks", and NHS England's PCN FAQ, second iteration, May 2019. The figures are the checklist's parameters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .facts import CaseFacts, MemberFacts

MET, NOT_MET, NOT_HELD, JUDGEMENT, INDICATIVE = "met", "not_met", "not_held", "judgement", "indicative"

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """`state` is met, not_met, not_held, judgement (a person answers) or indicative (never met)."""

    state: str
    working: str


Rule = Callable[[CaseFacts, Parameters], Result]


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}"


def _figure(value: Decimal | int) -> str:
    return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f} %" if share else "0 %"


def _current(facts: CaseFacts) -> list[MemberFacts]:
    return [member for member in facts.members if not member.has_withdrawn]


def in_time(facts: CaseFacts, _parameters: Parameters) -> Result:
    """Received by the round's deadline."""
    due = f"The deadline was {_day(facts.deadline)}."
    if facts.received_on is None:
        return Result(NOT_HELD, f"When the form was received is not held. {due}")
    if facts.is_received_day_known:
        if facts.received_on <= facts.deadline:
            return Result(MET, f"Received on {_day(facts.received_on)}. {due}")
        late = (facts.received_on - facts.deadline).days
        return Result(NOT_MET, f"Received on {_day(facts.received_on)}, {_plural(late, 'day')} late. {due}")
    if facts.received_on <= facts.deadline:
        return Result(MET, f"Received by {_day(facts.received_on)}; the day itself is not held. {due}")
    return Result(
        NOT_HELD, f"Received by {_day(facts.received_on)}, which does not say whether in time. {due}"
    )


def members(facts: CaseFacts, _parameters: Parameters) -> Result:
    """Every code in the register, open on the day, and in one PCN only; nobody withdrew."""
    if not facts.members:
        return Result(NOT_HELD, "The form names no practice.")
    found = []
    for member in facts.members:
        if member.has_withdrawn:
            found.append(f"{member.name} has withdrawn and is no longer placed by this registration")
        elif not member.is_in_register:
            found.append(f"{member.code} is not a code in the register")
        elif not member.is_open:
            found.append(f"{member.name} ({member.code}) is not open on {_day(facts.day)}")
        elif member.other_pcn:
            found.append(f"{member.name} ({member.code}) is also in {member.other_pcn}")
    if found:
        return Result(NOT_MET, "; ".join(found) + ".")
    every = _plural(len(facts.members), "practice")
    return Result(
        MET, f"{every}: every code is in the register, open on {_day(facts.day)} and in no other PCN."
    )


def population(facts: CaseFacts, parameters: Parameters) -> Result:
    """The stated list size against the minimum and the usual maximum (NHS England's PCN FAQ, May 2019)."""
    low, high = parameters["minimum"], parameters["maximum"]
    size = facts.stated_list_size
    if size is None:
        return Result(NOT_HELD, "The form states no list size.")
    if size < low:
        words = f"{_figure(size)} is {_figure(low - size)} below {_figure(low)}."
        if facts.in_london and parameters.get("london_note"):
            words += f" {parameters['london_note']}"
        return Result(NOT_MET, words)
    if size > high:
        words = f"{_figure(size)} is {_figure(size - high)} above {_figure(high)}."
        return Result(JUDGEMENT, f"{words} Whether to allow it is at the commissioner's discretion.")
    return Result(MET, f"{_figure(size)} is within {_figure(low)} to {_figure(high)}.")


def list_total(facts: CaseFacts, parameters: Parameters) -> Result:
    """The practices' lists against the stated size: same date and kind, else indicative and never met."""
    practices = _current(facts)
    if facts.stated_list_size is None or not practices:
        return Result(NOT_HELD, "There is nothing to add up: no stated list size or no practice.")
    stated = Decimal(facts.stated_list_size)
    exact = [m.exact for m in practices if m.exact is not None]
    if len(exact) == len(practices) and facts.stated_as_at:
        total = sum(exact, Decimal(0))
        tolerance = Decimal(str(parameters.get("tolerance_percent", 2)))
        off = abs(total - stated) * 100
        state = MET if off <= tolerance * stated else NOT_MET
        return Result(
            state,
            f"The practices' registered lists at {_day(facts.stated_as_at)} add up to {_figure(total)}; the "
            f"form states {_figure(stated)}{_off(total, stated)}. Allowed: {_percent(tolerance)}.",
        )
    lists = [(m.nearest, m.nearest_dated) for m in practices if m.nearest is not None]
    when = f" at {_day(facts.stated_as_at)}" if facts.stated_as_at else ""
    if not lists:
        return Result(NOT_HELD, f"The practices' registered lists{when} are not held.")
    total = sum((size for size, _ in lists), Decimal(0))
    dates = " and ".join(sorted({dated for _, dated in lists}))
    coverage = "" if len(lists) == len(practices) else f" for {len(lists)} of {len(practices)} practices"
    return Result(
        INDICATIVE,
        f"The practices' registered lists{when} are not all held. Those that are ({dates}{coverage}) add up "
        f"to {_figure(total)}; the form states {_figure(stated)}{_off(total, stated)}. Indicative only.",
    )


def _off(total: Decimal, stated: Decimal) -> str:
    if not stated or total == stated:
        return ""
    percent = ((total - stated) * 100 / stated).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({'+' if percent > 0 else '−' if percent < 0 else ''}{abs(percent)} %)"


def signatures(facts: CaseFacts, _parameters: Parameters) -> Result:
    """Every current member signed the network agreement, on a day that is held."""
    practices = _current(facts)
    signed = [m for m in practices if m.signed_on]
    if not practices:
        return Result(NOT_HELD, "The form names no practice.")
    if not signed:
        return Result(NOT_HELD, "No dated signature is held.")
    missing = [m.name for m in practices if not m.signed_on]
    if missing:
        return Result(NOT_MET, f"{len(signed)} of {len(practices)} signed. Missing: {', '.join(missing)}.")
    last = max(m.signed_on for m in signed if m.signed_on)
    if len(practices) == 1:
        return Result(MET, f"The only member signed on {_day(last)}.")
    return Result(MET, f"All {len(practices)} members signed, the last on {_day(last)}.")


def agreement(facts: CaseFacts, _parameters: Parameters) -> Result:
    """The network agreement is held. Its content is not for the commissioner to judge (BMA)."""
    if facts.agreement_name:
        return Result(MET, f"Held: {facts.agreement_name}.")
    return Result(NOT_HELD, "The network agreement is not held.")


def area_map(facts: CaseFacts, _parameters: Parameters) -> Result:
    """A map of the network area is held."""
    if facts.map_name:
        return Result(MET, f"Held: {facts.map_name}.")
    return Result(NOT_HELD, "The map of the network area is not held.")


def directors(facts: CaseFacts, _parameters: Parameters) -> Result:
    """At least one clinical director, from a member practice, the shares of the post adding up to 100 %."""
    if not facts.directors:
        return Result(NOT_HELD, "The form names no clinical director.")
    inside = {m.practice_id for m in _current(facts) if m.practice_id}
    unknown = [d.name for d in facts.directors if d.practice_id is None]
    outside = [d for d in facts.directors if d.practice_id and d.practice_id not in inside]
    if outside:
        named = "; ".join(f"{d.name} is of {d.practice}, which is not a member" for d in outside)
        return Result(NOT_MET, f"{named}.")
    shares = [d.share for d in facts.directors if d.share is not None]
    names = " and ".join(f"{d.name} ({d.practice or 'practice not held'})" for d in facts.directors)
    if sum(shares, Decimal(0)) > 100:
        return Result(NOT_MET, f"The shares of {names} add up to {_percent(sum(shares, Decimal(0)))}.")
    if len(facts.directors) > 1 and len(shares) < len(facts.directors):
        return Result(NOT_HELD, f"{names} share the post; who holds which share is not held.")
    if shares and sum(shares, Decimal(0)) != 100:
        return Result(
            NOT_MET, f"The shares of {names} add up to {_percent(sum(shares, Decimal(0)))}, not 100 %."
        )
    if unknown:
        return Result(NOT_HELD, f"The practice of {' and '.join(unknown)} is not held.")
    if len(facts.directors) == 1:
        return Result(MET, f"{names} holds the post; the practice is a member.")
    return Result(MET, f"{names} share the post: {' + '.join(_percent(s) for s in shares)} = 100 %.")


def payee(facts: CaseFacts, _parameters: Parameters) -> Result:
    """One practice or provider receives the PCN's money."""
    if facts.payee:
        return Result(MET, f"{facts.payee}.")
    return Result(NOT_HELD, "The nominated payee is not held.")


RULES: dict[str, Rule] = {
    "in-time": in_time,
    "members": members,
    "population": population,
    "list-total": list_total,
    "signatures": signatures,
    "agreement": agreement,
    "area-map": area_map,
    "directors": directors,
    "payee": payee,
}
