"""The rows of the lists of practices and PCNs, with what a few questions find out for all of a page."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from registry.counted import PCNSize, counted, days_of
from registry.former import Former
from registry.placings import Placing, dated, newest_sizes, placings_on, standing_on
from registry.register import band_of, pcn_status, practice_status

# What a row calls a detail that may have been another one on the day.
COLUMNS = {
    "name": "organisation__name",
    "code": "organisation__code",
    "postcode": "organisation__postcode",
    "commissioner": "commissioner__name",
    "contract_type": "contract_type",
}


def as_it_was(row: dict[str, Any], former: Former) -> dict[str, Any]:
    """The row with what stood on the day; `key` is the code of now, by which its page is found."""
    was = former.get(row["pk"], {})
    then = {COLUMNS[what]: value for what, value in was.items() if what in COLUMNS}
    dormant = {"is_dormant": bool(was["is_dormant"])} if "is_dormant" in was else {}
    return row | {"key": row["organisation__code"]} | then | dormant


def practice_rows(
    rows: list[dict[str, Any]], day: date, commissioners: Iterable[int]
) -> list[dict[str, Any]]:
    """Rows of `PRACTICE_ROW` as they stood, with PCN, proposed PCN, newest list size, status. Two queries."""
    if not rows:
        return []
    ids = [row["pk"] for row in rows]
    held: dict[int, Placing] = {}
    proposed: dict[int, Placing] = {}
    placings, former = standing_on(day, commissioners, practice=ids)
    for placing in placings:
        (proposed if placing.is_proposed else held).setdefault(placing.practice, placing)
    sizes = newest_sizes(day, ids)
    found = []
    for row in rows:
        pk, size = row["pk"], sizes.get(row["pk"])
        pcn, form = held.get(pk), proposed.get(pk)
        then = as_it_was(row, former)
        found.append(
            then
            | {
                "pcn": pcn.name if pcn else None,
                "pcn_slug": pcn.slug if pcn else None,
                "proposed": form.name if form else None,
                "proposed_slug": form.slug if form else None,
                "registered": size.patients if size else None,
                "registered_as_at": size.as_at if size else None,
                "registered_from": size.averaged_from if size else None,
                "dated": dated(size.as_at, size.averaged_from) if size else "",
                "status": practice_status(
                    row["organisation__opened_on"],
                    row["organisation__closed_on"],
                    day,
                    is_dormant=then.get("is_dormant", row["organisation__is_dormant"]),
                ),
            }
        )
    return found


def sizes_of(pcns: Iterable[int], day: date, commissioners: Iterable[int]) -> dict[int, PCNSize]:
    """The size of each PCN on `day`. Three queries."""
    pcns = list(pcns)
    return counted(day, _members(pcns, placings_on(day, commissioners, pcn=pcns)))


def _members(pcns: list[int], placings: Iterable[Placing]) -> dict[int, list[int]]:
    """Practices by PCN: memberships in force, else what forms propose."""
    held: dict[int, list[int]] = defaultdict(list)
    proposed: dict[int, list[int]] = defaultdict(list)
    for placing in placings:
        (proposed if placing.is_proposed else held)[placing.pcn].append(placing.practice)
    return {pk: held.get(pk) or proposed.get(pk, []) for pk in pcns}


def pcn_rows(rows: list[dict[str, Any]], day: date, commissioners: Iterable[int]) -> list[dict[str, Any]]:
    """Rows of `PCN_ROW` as they stood, with members, sizes, check, status. Three queries."""
    if not rows:
        return []
    ids = [row["pk"] for row in rows]
    placings, former = standing_on(day, commissioners, pcn=ids)
    members = _members(ids, placings)
    sizes = counted(day, members)
    band, found = band_of(rows[0]["band"]), []
    for row in rows:
        size = sizes[row["pk"]]
        stated = size.stated
        found.append(
            as_it_was(row, former)
            | {
                "practices": len(members[row["pk"]]),
                "size": size,
                "practice_total": size.total,
                "practice_total_whole": size.total if size.is_whole else None,
                "practice_dates": days_of(size.lists),
                "practices_missing": size.missing,
                "stated": stated.patients if stated else None,
                "stated_as_at": stated.as_at if stated else None,
                "stated_source": stated.source__title if stated else None,
                "check": size.check(band),
                "status": pcn_status(row["period"], row["organisation__closed_on"], day),
            }
        )
    return found
