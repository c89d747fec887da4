"""Charts of list sizes: what to draw where. The templates write the SVG; each stands beside its table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, percent
from registry.models import ListSize, Membership
from registry.register import Band

# Of the picture, which is 360 wide and 200 high.
LEFT, RIGHT, TOP, BOTTOM = 66, 346, 14, 166
APART = 92  # how far the texts of two days have to be from each other
ADDED = "Practices’ lists, added up"


@dataclass(frozen=True)
class Bar:
    """A row of the table with its bar, from `start` and of `length` in percent of the width."""

    text: str
    href: str
    patients: Decimal | None
    note: str
    start: float
    length: float
    is_here: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars beside each other; `band` is start and length of the part that is shaded, in percent."""

    title: str
    said: str
    day: date
    note: str
    bars: Sequence[Bar]
    band: tuple[float, float] | None = None


def _part(value: Decimal | float, whole: Decimal | float) -> float:
    return round(100 * float(value) / float(whole), 2) if whole else 0.0


def beside_band(rows: Iterable[dict[str, Any]], band: Band | None, day: date) -> Bars | None:
    """Rows of PCNs against the band: name, href, here, and as `size` what counts (`PCNSize`).

    Each says its day where not all are of one. None where fewer than two are held.
    """
    found = [(row, row["size"], row["size"].patients) for row in rows]
    sizes = [patients for *_, patients in found if patients is not None]
    if band is None or len(sizes) < 2:
        return None
    most = max(*map(float, sizes), band.high * 1.1)
    is_of_one_day = len({size.dates for _, size, patients in found if patients is not None}) < 2
    bars = [
        Bar(
            row["name"],
            row["href"],
            patients,
            ", ".join(filter(None, (of, dated, band.check(patients).replace("In range", "in range")))),
            0,
            _part(patients or 0, most),
            bool(row.get("here")),
        )
        for row, size, patients in found
        for dated in ["" if is_of_one_day else size.dates]
        for of in ["" if patients is None else "stated" if size.is_stated else "practices’ lists"]
    ]
    said = f"The shaded part is {number(band.low)} to {number(band.high)} patients; every bar begins at 0."
    shaded = (_part(band.low, most), _part(band.high - band.low, most))
    return Bars("List sizes beside the band", said, day, "Size check", bars, shaded)


def shares(members: Iterable[Any], total: Decimal | None, day: date) -> Bars | None:
    """What makes up a PCN: each practice's part of its lists, the largest first, one where the other ends."""
    held = sorted((m for m in members if m.patients), key=lambda m: (-m.patients, m.name))
    if not total or len(held) < 2:
        return None
    bars, begun = [], Decimal(0)
    for member in held:
        part = percent(member.patients / total)
        bars.append(
            Bar(member.name, "", member.patients, part, _part(begun, total), _part(member.patients, total))
        )
        begun += member.patients
    said = f"Each bar begins where the one above it ends; together they are {number(total)} patients."
    return Bars("What makes it up", said, day, "Share", bars)


@dataclass(frozen=True)
class Point:
    """A figure of a day, or (`from_x`) an average over a year, drawn as long as the year."""

    x: float
    y: float
    said: str
    from_x: float | None = None


@dataclass(frozen=True)
class Series:
    """Figures of one kind; only counts are joined by a line."""

    kind: str
    slug: str
    points: Sequence[Point]
    line: str


@dataclass(frozen=True)
class Lines:
    title: str
    said: str
    day: date
    series: Sequence[Series]
    across: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str, str]]
    begins_at: str
    has_average: bool


# A figure: kind, its slug, day, first day of an average or None, patients.
Figure = tuple[str, str, date, date | None, Decimal]


def figures_of(sizes: Iterable[ListSize], corrected: set[int]) -> list[Figure]:
    """Of list sizes those that stand, the oldest first."""
    standing = [size for size in sizes if size.pk not in corrected]
    return [
        (size.get_kind_display(), size.kind, size.as_at, size.averaged_from, size.patients)
        for size in sorted(standing, key=lambda size: (size.as_at, size.pk))
    ]


def added_up(pcn: int, day: date) -> list[Figure]:
    """The lists of a PCN's members on each day of which all of them are held. Two queries.

    A day on which the list of a member is missing is left out: a sum without it would look like a loss.
    """
    memberships = list(Membership.objects.standing().filter(pcn=pcn).order_by())
    practices = {row.practice_id for row in memberships}
    counts = ListSize.objects.standing().filter(
        organisation__in=practices, kind=ListSize.Kind.REGISTERED, averaged_from=None, as_at__lte=day
    )
    by_day: dict[date, dict[int, Decimal]] = defaultdict(dict)
    for practice, on, patients in counts.order_by("pk").values_list("organisation", "as_at", "patients"):
        by_day[on][practice] = patients
    found: list[Figure] = []
    for on, lists in sorted(by_day.items()):
        members = {row.practice_id for row in memberships if _holds(row, on)}
        if members and members <= lists.keys():
            found.append((ADDED, "added", on, None, sum((lists[pk] for pk in members), Decimal(0))))
    return found


def _holds(row: Membership, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on > day)


def over_time(figures: Sequence[Figure], day: date) -> Lines | None:
    """Figures as points over time, of each kind a series of its own. None where all are of one time."""
    if len({(figure[2], figure[3]) for figure in figures}) < 2:
        return None
    first = min(figure[3] or figure[2] for figure in figures)
    last = max(figure[2] for figure in figures)
    values = [float(figure[4]) for figure in figures]
    steps = _steps(min(values), max(values))

    def x(on: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (on - first).days / (last - first).days, 1)

    def y(patients: Decimal | float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (float(patients) - steps[0]) / (steps[-1] - steps[0]), 1)

    by_kind: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        by_kind[figure[0], figure[1]].append(figure)
    series = []
    for (kind, slug), some in by_kind.items():
        points = [
            Point(x(on), y(patients), f"{written(on)}: {number(patients)}", x(since) if since else None)
            for _, _, on, since, patients in some
        ]
        counts = {point.x: f"{point.x},{point.y}" for point in points if point.from_x is None}
        series.append(Series(kind, slug, points, " ".join(counts.values()) if len(counts) > 1 else ""))
    said = "; ".join(_said(kind, some) for (kind, _), some in by_kind.items())
    return Lines(
        "List size over time",
        f"{said}.",
        day,
        series,
        [(y(step), number(Decimal(str(step)))) for step in steps],
        _days(first, last, x),
        number(Decimal(str(steps[0]))) if steps[0] else "",
        any(figure[3] for figure in figures),
    )


def _said(kind: str, figures: Sequence[Figure]) -> str:
    """Registered: 9,012 of 1 January 2021, 9,200 of 1 June 2021."""
    shown = figures if len(figures) < 5 else [figures[0], figures[-1]]
    said = ", ".join(f"{number(f[4])} {'on average until' if f[3] else 'on'} {written(f[2])}" for f in shown)
    return f"{kind}: {said}"


def _steps(low: float, high: float) -> list[float]:
    """Three to six round figures from below the lowest to above the highest."""
    span = (high - low) or max(abs(high) * 0.1, 10)
    rough = span / 3
    power = 10 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    begin = max(0, floor((low - span * 0.1) / step)) * step
    end = ceil((high + span * 0.1) / step) * step
    return [begin + at * step for at in range(round((end - begin) / step) + 1)]


def _days(first: date, last: date, x: Any) -> list[tuple[float, str, str]]:
    """(x, text, anchor) of the first and the last day, and of the years between that have room."""
    found = [(x(first), _short(first), "start"), (x(last), _short(last), "end")]
    for year in range(first.year + 1, last.year + 1):
        at = x(date(year, 1, 1))
        if all(abs(at - other) > APART for other, _, _ in found):
            found.append((at, str(year), "middle"))
    return sorted(found)


def _short(day: date) -> str:
    return f"{day:%-d %b %Y}"
