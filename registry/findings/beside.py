"""What ODS states beside what a commissioner recorded: another PCN, another commissioner, closed, renamed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written
from pcnportal.people.models import FormerDetail
from registry.models import FileStatement, PCNMatch
from registry.placings import newest_sizes

from .mending import LEFT, mend_detail, mend_other_pcn, of_practice
from .names import plain, same
from .rows import (
    Member,
    OrganisationRow,
    codes_of_commissioners,
    everybodys_placings,
    memberships,
    pcns_on,
    practices_on,
    sourced,
)

WHAT = FileStatement.What


def statements(day: date, *whats: str) -> list[FileStatement]:
    """What applied files of before say and still say, with their run and source. One query."""
    rows = FileStatement.objects.standing().filter(
        what__in=whats, run__applied_at__isnull=False, run__undone_at__isnull=True, run__stated_on__lte=day
    )
    return list(
        rows.select_related("run__source", "organisation").defer("run__report", "run__undo").order_by("pk")
    )


def other_membership(day: date) -> Iterator[Doubt]:
    """A file places a practice in another PCN than the commissioner does, on `day`.

    A row of a PCN whose match is proposed counts as that PCN's. An earlier local start is no conflict.
    """
    found = [s for s in statements(day, WHAT.MEMBERSHIP) if _in_force(s, day)]
    if not found:
        return
    practices, pcns = practices_on(day), pcns_on(day)
    same = {row.code: pk for pk, row in pcns.items() if row.code}
    waiting = PCNMatch.objects.filter(is_accepted__isnull=True).order_by("shared", "-pk")
    same |= {code: pcn for code, pcn in waiting.values_list("code", "pcn") if code not in same}
    recorded: dict[int, dict[int, str]] = defaultdict(dict)
    for member in memberships(day):
        recorded[member.practice].setdefault(member.pcn, member.source or "")
    for placing in everybodys_placings(day):
        recorded[placing.practice].setdefault(placing.pcn, "The registration that stands")
    sizes = newest_sizes(day, [s.organisation_id for s in found])
    for said in found:
        own = recorded.get(said.organisation_id, {})
        if said.organisation_id not in practices or not own or same.get(said.value) in own:
            continue
        row = practices[said.organisation_id]
        yield Doubt(
            subject=row.record,
            key=said.value,
            commissioner=row.commissioner,
            stated=f"Member of {' and '.join(str(pcns[pk]) for pk in own)}",
            stated_by="; ".join(sorted(set(own.values()))),
            found=f"Member of {said.label or said.value} ({said.value})"
            + (f" since {written(said.starts_on)}" if said.starts_on else ""),
            found_by=str(said.run.source or said.run),
            difference="Another PCN",
            patients=sizes[row.pk].patients if row.pk in sizes else None,
            meaning="Where payments follow ODS, those for these patients would go to another network.",
        )


def _in_force(said: FileStatement, day: date) -> bool:
    return (said.starts_on is None or said.starts_on <= day) and (said.ends_on is None or day < said.ends_on)


def left_in_ods(day: date) -> Iterator[Doubt]:
    """A file says that a practice has left the PCN of which it is recorded as a member."""
    said_left: dict[tuple[int, str], FileStatement] = {}
    still: set[tuple[int, str]] = set()
    for said in statements(day, WHAT.MEMBERSHIP):
        key = (said.organisation_id, said.value)
        if _in_force(said, day):
            still.add(key)
        elif said.ends_on and said.ends_on <= day:
            said_left[key] = said
    if not said_left:
        return
    practices, pcns = practices_on(day), pcns_on(day)
    for member in memberships(day):
        key = (member.practice, pcns[member.pcn].code)
        if key in said_left and key not in still and not member.is_from_file:
            yield _left(practices[member.practice], pcns[member.pcn], member, said_left[key])


def _left(row: Any, pcn: OrganisationRow, member: Member, said: FileStatement) -> Doubt:
    return Doubt(
        subject=row.record,
        key=pcn.slug,
        commissioner=row.commissioner,
        stated=f"Member of {pcn}",
        stated_by=member.source,
        found=f"Left on {written(said.ends_on)}",
        found_by=str(said.run.source or said.run),
        difference="Left, or still a member",
        meaning="The network counts a practice that, as ODS has it, is no longer in it.",
    )


# The source of a row is that of its code and days: a name may have been read elsewhere.
UNHELD = "The register; the source of the name is not held"
DETAILS = {
    WHAT.COMMISSIONER: ("Commissioner", "commissioner"),
    WHAT.CLOSED: ("Closed", "closed_on"),
    WHAT.OPENED: ("Opened", "opened_on"),
    WHAT.DORMANT: ("Dormant", "is_dormant"),
    WHAT.NAME: ("Name", "name"),
    WHAT.POSTCODE: ("Postcode", "postcode"),
}


def other_details(day: date) -> Iterator[Doubt]:
    """A file gives another name, postcode, commissioner or day than was recorded of a practice or PCN."""
    found = statements(day, *DETAILS)
    if not found:
        return
    rows: dict[int, OrganisationRow] = {**practices_on(day), **pcns_on(day)}
    newest = {(said.organisation_id, said.what): said for said in found}
    codes, named = codes_of_commissioners(), _who_named(day)
    for (pk, what), said in newest.items():
        if pk not in rows:
            continue
        label, name = DETAILS[WHAT(what)]
        own = _shown(getattr(rows[pk], name), codes if what == WHAT.COMMISSIONER else {})
        if _plainly(own) == _plainly(_read(said.value)) or (what == WHAT.NAME and same(own, said.value)):
            continue
        yield Doubt(
            subject=rows[pk].record,  # type: ignore[attr-defined]
            key=what,
            commissioner=rows[pk].commissioner,
            stated=f"{label}: {own or 'no'}",
            stated_by=(named.get(pk) or UNHELD) if what == WHAT.NAME else rows[pk].source,
            found=f"{label}: {said.label or _read(said.value) or 'no'}",
            found_by=str(said.run.source or said.run),
            difference=f"Another {label.lower()}"
            if what in (WHAT.NAME, WHAT.POSTCODE, WHAT.COMMISSIONER)
            else label,
            meaning="The register keeps what the commissioner recorded; other systems follow the file.",
        )


def _who_named(day: date) -> dict[int, str]:
    """Where the last change of a name by `day` was read, by organisation; "" where it is not held. One query.

    A file may tell only what the name was before, so it is not the source of the name.
    """
    rows = FormerDetail.objects.filter(what=FormerDetail.What.NAME, until__lte=day).order_by("until")
    held = rows.values_list("organisation", "source__kind", "source__title", "source__published_on")
    return {pk: "" if kind == "file" else sourced(*of) for pk, kind, *of in held}


def _plainly(text: str) -> str:
    """Without what two spellings differ in: case, punctuation, "The", PCN for Primary Care Network."""
    return re.sub(r"^the |\b(pcn|primary care networks?)\b| ", "", plain(text))


def _shown(value: Any, codes: dict[int, str]) -> str:
    if codes:
        return codes.get(value, "")
    if isinstance(value, bool):
        return "yes" if value else ""
    return written(value) if isinstance(value, date) else str(value or "")


def _read(value: str) -> str:
    """A date of a file as pages write it; anything else as it is."""
    try:
        return written(date.fromisoformat(value))
    except ValueError:
        return value


SOURCE = "ODS (epraccur and ePCN): statements that the imports keep beside what a commissioner recorded"

RULES = (
    Rule(
        slug="ods-other-pcn",
        group="ods",
        title="ODS places it in another PCN",
        question="Does ODS place a practice in another PCN than the commissioner recorded?",
        source=f"{SOURCE}. An earlier local start is no conflict: ODS stamps nearly every first membership "
        "1 October "
        "2019.",
        to_do="Keep what was recorded (accept it with a reason), or take over what the file says: record "
        "that it "
        "left and joined.",
        find=other_membership,
        mend=mend_other_pcn,
    ),
    Rule(
        slug="ods-left",
        group="ods",
        title="ODS says that it has left",
        question="Does ODS say that a practice left the PCN of which it is recorded as a member?",
        source=SOURCE,
        to_do="Keep what was recorded (accept it with a reason), or record that it left.",
        find=left_in_ods,
        mend=of_practice(LEFT),
    ),
    Rule(
        slug="ods-other-detail",
        group="ods",
        title="ODS has another name, place or date",
        question="Does ODS give another name, postcode, commissioner or day than was recorded?",
        source=f"{SOURCE}. Spelling, case, and words that most names have, like “surgery” or “Ltd”, make no "
        "difference.",
        to_do="Keep what was recorded (accept it with a reason), or record the change.",
        find=other_details,
        mend=mend_detail,
    ),
)
