"""When a body meets by its rhythm: periods, and the date in each. Pure: no database, no clock.

A period is `every` weeks, each from Monday, or `every` months, each from the 1st. The first one holds
`first_on`; where the count is of one week or one month, the calendar's own periods need none. In each the
body meets once: on `weekday` of the period's first week, or of the named `week` of its first month. Where
what fixes the day is not held no date follows, and nothing is guessed.

A day that is a bank holiday of England and Wales is moved to the nearest working day of the same period: the
one before it where two are as near, so that nothing is decided later than the rule says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from dateutil.relativedelta import relativedelta
from holidays import country_holidays

WEEK, MONTH = "week", "month"
SATURDAY, LAST = 5, 5


@dataclass(frozen=True)
class Rule:
    """How often, and on which day: `weekday` 0 is Monday, `week` 1 to 4, or 5 for the last of the month."""

    every: int
    unit: str
    weekday: int | None = None
    week: int | None = None
    first_on: date | None = None


@dataclass(frozen=True)
class Period:
    """Half-open: `first <= day < until`."""

    first: date
    until: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.until

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


@dataclass(frozen=True)
class Proposed:
    """The date in a period; `ruled` is what the rule gives, `holiday` why it is another one, else empty."""

    period: Period
    day: date
    ruled: date
    holiday: str = ""


def holiday_on(day: date) -> str:
    """The name of the bank holiday in England on `day`, or nothing."""
    return _holidays(day.year).get(day, "")


@cache
def _holidays(year: int) -> dict[date, str]:
    return dict(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not holiday_on(day)


def not_a_working_day(day: date) -> str:
    """The sentence where nobody meets on `day` as a rule: a bank holiday, a weekend; else empty."""
    if name := holiday_on(day):
        return f"{day:%-d %B %Y} is a bank holiday: {name}."
    return f"{day:%-d %B %Y} is a {day:%A}." if day.weekday() >= SATURDAY else ""


def lacking(rule: Rule) -> list[str]:
    """What would have to be held for dates to follow, in words; empty where they do."""
    missing = []
    if rule.every > 1 and rule.first_on is None:
        missing.append("the day from which it is counted")
    if rule.weekday is None:
        missing.append("the day of the week")
    if rule.unit == MONTH and rule.week is None:
        missing.append("the week of the month")
    return missing


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


def in_words(rule: Rule) -> str:
    """Every 2 weeks, on a Monday, counted from 8 April 2019: what is held of the rule."""
    said = f"every {rule.unit}" if rule.every == 1 else f"every {rule.every} {rule.unit}s"
    if rule.weekday is not None:
        day = WEEKDAYS[rule.weekday]
        said += f", on the {WEEKS[rule.week]} {day}" if rule.week else f", on a {day}"
    return f"{said}, counted from {rule.first_on:%-d %B %Y}" if rule.first_on else said


def has_periods(rule: Rule) -> bool:
    return rule.every == 1 or rule.first_on is not None


def period_of(rule: Rule, day: date) -> Period:
    """The period that holds `day`, before `first_on` too. Raises `ValueError` where it is not held."""
    if not has_periods(rule):
        raise ValueError("From which day the periods are counted is not held.")
    start = rule.first_on or day
    if rule.unit == WEEK:
        monday = start - timedelta(days=start.weekday())
        length = timedelta(weeks=rule.every)
        first = monday + (day - monday) // length * length
        return Period(first, first + length)
    months = (day.year - start.year) * 12 + day.month - start.month
    first = start.replace(day=1) + relativedelta(months=months // rule.every * rule.every)
    return Period(first, first + relativedelta(months=rule.every))


def periods(rule: Rule, day: date) -> Iterator[Period]:
    """The period that holds `day`, and those after it, without end."""
    period = period_of(rule, day)
    while True:
        yield period
        period = period_of(rule, period.until)


def date_in(rule: Rule, period: Period) -> Proposed | None:
    """The date in a period of the rule; None where the rule fixes no day."""
    if lacking(rule) or rule.weekday is None:
        return None
    ruled = _in_month(period.first, rule) if rule.unit == MONTH else _after(period.first, rule.weekday)
    if is_working_day(ruled):
        return Proposed(period, ruled, ruled)
    return Proposed(period, _nearest(ruled, period), ruled, holiday_on(ruled))


def dates(rule: Rule, start: date, until: date | None = None) -> Iterator[Proposed]:
    """The dates from `start` on, none before `first_on`, and none from `until` on; without end where None."""
    if lacking(rule):
        return
    begin = max(start, rule.first_on or start)
    found = (proposed for period in periods(rule, begin) if (proposed := date_in(rule, period)))
    yield from takewhile(
        lambda proposed: until is None or proposed.day < until,
        (proposed for proposed in found if proposed.day >= begin),
    )


def _after(first: date, weekday: int) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _in_month(first: date, rule: Rule) -> date:
    day = _after(first, rule.weekday or 0)
    if rule.week != LAST:
        return day + timedelta(weeks=(rule.week or 1) - 1)
    while (later := day + timedelta(weeks=1)).month == first.month:
        day = later
    return day


def _nearest(day: date, period: Period) -> date:
    """The working day of the period that is nearest; of two as near the earlier."""
    for away in range(1, (period.until - period.first).days):
        for near in (day - timedelta(days=away), day + timedelta(days=away)):
            if near in period and is_working_day(near):
                return near
    raise ValueError(f"No working day is in the period from {period.first}.")
