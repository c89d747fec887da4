"""Files that are not what they seem: a column that changed in most rows at once, or PCNs that are cut off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from pcnportal.refusals import Refused

from .details import WORDS, plainly
from .held import Held
from .reading.rows import MemberRow, OdsRow, PCNRow

ENOUGH = 20
DETAILS = ("name", "postcode", "opened_on")
# Of the largest reorganisation none joined more; where one takes over that was there before, fewer.
JOINED, TAKEN_OVER = 12, 3
SEVERAL = 3
Told = Iterable[tuple[str, str, Any]]


def refuse_columns(rows: Collection[OdsRow], held: Held) -> None:
    """Raises `Refused` where a column is another for most practices: sorted or filled in a spreadsheet."""
    refuse_replaced(((row.code, what, getattr(row, what)) for row in rows for what in DETAILS), held)
    refuse_moved(((row.code, row.commissioner) for row in rows), held)


def refuse_names(pcns: Collection[PCNRow], members: Collection[MemberRow], held: Held) -> None:
    """The same of the names in an ePCN."""
    names = {row.practice: row.practice_name for row in members} | {row.code: row.name for row in pcns}
    refuse_replaced(((code, "name", name) for code, name in names.items()), held)


def refuse_replaced(told: Told, held: Held) -> None:
    compared: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for code, what, new in told:
        org = held.by_code.get(code)
        source = held.sources.get(org.source or 0) if org else None
        # A document may call many by other names: files are compared with files.
        old = getattr(org, what) if source and source.run else None
        if old and new:
            compared[what] += 1
            changed[what] += plainly(old) != plainly(new) if what == "name" else old != new
    for what, of in compared.items():
        if of >= ENOUGH and 2 * changed[what] > of:
            raise replaced(WORDS[what], changed[what], of)


def refuse_moved(told: Iterable[tuple[str, str]], held: Held) -> None:
    """Commissioners may change for most at once where they are reorganised: each then has one successor."""
    before: Counter[str] = Counter()
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for code, new in told:
        org = held.by_code.get(code)
        old = held.code(held.practices.get(org.pk)) if org else ""
        if old and new:
            before[old] += 1
            if old != new:
                moves[old][new] += 1
    changed = sum(sum(to.values()) for to in moves.values())
    if before.total() < ENOUGH or 2 * changed <= before.total():
        return
    largest = {old: to.most_common(1)[0] for old, to in moves.items()}
    joined = Counter(new for new, _ in largest.values())
    scattered = changed - sum(number for _, number in largest.values())
    too_many = any(of > (TAKEN_OVER if new in before else JOINED) for new, of in joined.items())
    if too_many or 10 * scattered > changed:
        raise replaced(WORDS["commissioner"], changed, before.total())


def replaced(column: str, changed: int, of: int) -> Refused:
    return Refused(
        f"The column “{column}” is another for {changed:,} of the {of:,} that can be compared. It was"
        " sorted or filled by mistake, or the file is another one: nothing was written.",
        "file",
    )


def refuse_cut(
    pcns: Collection[PCNRow], members: Collection[MemberRow], covered: set[str], held: Held
) -> None:
    """Raises `Refused` where the file has no practice of several PCNs, or of all of a commissioner's.

    It keeps what has ended: so it was cut off.
    """
    told = {row.pcn for row in members}
    closed = {row.code for row in pcns if row.closed_on}
    standing = {
        held.code(row.pcn)
        for rows in held.members.values()
        for row in rows
        if row.is_of_a_file and row.ends_on is None and row.pk
    } & covered
    lost = sorted(standing - told - closed)
    of_each = Counter(held.pcns[held.by_code[code].pk] for code in standing)
    lost_of = Counter(held.pcns[held.by_code[code].pk] for code in lost)
    whole = [pk for pk, number in lost_of.items() if number == of_each[pk] and number > 1]
    if len(lost) < SEVERAL and not whole:
        return
    named = " and ".join(held.by_code[code].name for code in lost[:2])
    of = f", among them all of {held.name(whole[0])}" if whole else ""
    raise Refused(
        f"The file gives no practice for {len(lost):,} PCNs that have some, such as {named}{of}. It was cut"
        " off, or is another one: nothing was written.",
        "file",
    )
