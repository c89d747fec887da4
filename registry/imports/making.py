"""From the rows of a file to what they change in the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from pcnportal.refusals import Refused

from .doubting import refuse_columns, refuse_cut, refuse_names
from .held import Held
from .matching import Matching
from .members import Members
from .networks import Networks
from .plan import Change, Plan, Proposal
from .practices import Practices, after
from .reading.rows import PCNRow, Read
from .scope import Scope, refuse_part
from .sizes import Sizes

# A file that would end more than half of what stands is a part of one, or another one.
SHARE = 2
ENOUGH_TO_DOUBT = 20


def make_plan(
    read: Read,
    stated_on: date,
    codes: Collection[str],
    *,
    accept_matches: bool = False,
    accept_jumps: bool = False,
) -> Plan:
    """What the file changes, asked of the register in a constant number of queries.

    `codes` are the chosen commissioners', empty for all England. Raises `Refused` with a sentence where the
    whole file is not to be believed.
    """
    held, plan = Held(), Plan(stated_on)
    scope = Scope(codes, held)
    for lost in read.rejected:
        plan.say("rejected", "", "", lost.column, "", lost.value, lost.line, lost.reason)
    if read.kind == "ods":
        _practices(read, plan, held, scope)
    elif read.kind == "epcn":
        _networks(read, plan, held, scope, accept_matches)
    else:
        Sizes(plan, held, accept_jumps=accept_jumps).take(read.sizes, scope)
    if scope.codes and not (plan.lines or plan.unchanged):
        raise scope.nothing()
    _statements(read.kind, plan, held, scope)
    return plan


def _practices(read: Read, plan: Plan, held: Held, scope: Scope) -> None:
    rows = [row for row in read.practices if scope.takes(row.commissioner, row.code)]
    named = {row.code for row in rows}
    open_ones = [
        org
        for code, org in held.by_code.items()
        if org.pk in held.practices
        and org.closed_on is None
        and org.source in held.files
        and scope.holds(code)
    ]
    closing = {row.code for row in rows if row.status == "C"}
    refuse_part({org.code or "" for org in open_ones}, named, "practices that are open")
    _refuse_half(sum(org.code in closing for org in open_ones), len(open_ones), "practices that are open")
    refuse_columns(rows, held)
    practices = Practices(plan, held)
    for row in rows:
        practices.take(row)


def _networks(read: Read, plan: Plan, held: Held, scope: Scope, accept_matches: bool) -> None:
    partners: dict[str, set[str]] = defaultdict(set)
    for member in read.members:
        partners[member.pcn].add(member.practice)
    rows = [
        row
        for row in read.pcns
        if scope.takes(row.commissioner, row.code) or scope.succeeds(row.commissioner, partners[row.code])
    ]
    taken = {row.code for row in rows}
    members = [row for row in read.members if row.pcn in taken]
    networks = Networks(plan, held)
    pending, matched = _match(rows, read, plan, held, accept_matches)
    ids = {row.code: held.by_code[row.code].pk for row in rows if row.code in held.by_code}
    for row in rows:
        if row.code in pending:
            networks.name_commissioner(row.commissioner, row.commissioner_name)
        else:
            networks.take_pcn(row)
    names = {row.code: row.name for row in rows}
    # Of a PCN whose code is doubted the file tells under another.
    own = {held.code(pk) for pk in held.pcns if pk not in matched}
    covered = taken | {code for code in own if scope.holds(code)} - {""}
    placed = {
        held.code(row.practice)
        for rows_held in held.members.values()
        for row in rows_held
        if row.is_of_a_file and row.ends_on is None and held.code(row.pcn) in covered
    }
    refuse_part(placed, {row.practice for row in members}, "practices in a PCN")
    refuse_names(rows, members, held)
    Members(networks, pending, names, ids).take(members, covered)
    _refuse_lost_members(plan, held, covered)
    refuse_cut(rows, members, covered, held)


def _match(
    rows: list[PCNRow], read: Read, plan: Plan, held: Held, accept_matches: bool
) -> tuple[dict[str, str], set[int]]:
    """Plan the matches; names of the file's PCNs that wait for a person, by code, and the PCNs proposed."""
    named: dict[str, set[str]] = defaultdict(set)
    for member in read.members:
        if member.ends_on is None or member.ends_on >= plan.stated_on:
            named[member.pcn].add(member.practice)
    unknown = [row for row in rows if row.code not in held.by_code]
    waiting = {code for (_, code), (_, said) in held.matches.items() if said is None}
    pending = {row.code: row.name for row in unknown if row.code in waiting}
    matched: set[int] = set()
    known_to_ods = {row.code for row in read.pcns}
    for pair, agrees in Matching(held, unknown, named, known_to_ods).pairs():
        row, is_accepted = pair.row, accept_matches and agrees
        known, _ = held.matches.get((pair.pcn, row.code), (None, None))
        if is_accepted or known is None:
            named_as = (
                row.code,
                row.name,
                row.opened_on,
                after(row.closed_on),
                row.postcode,
                row.commissioner,
            )
            plan.matches.append(Proposal(pair.pcn, *named_as, *pair[2:7], is_accepted, known))
            shared = f"{pair.shared} practices in both, {pair.held} held, {pair.named} in the file."
            said = "Accepted: every reason agrees." if is_accepted else "To be confirmed by a person."
            if own := held.code(pair.pcn):
                shared += f" It is held as {own}, which the file does not know."
            plan.say(
                "matched", row.code, held.name(pair.pcn), "PCN", "", row.name, row.line, f"{said} {shared}"
            )
        if is_accepted:
            org = held.by_pk[pair.pcn]._replace(code=row.code)
            held.by_pk[org.pk] = held.by_code[row.code] = org
            pending.pop(row.code, None)
        else:
            pending[row.code] = row.name
            matched.add(pair.pcn)
    return pending, matched


def _refuse_lost_members(plan: Plan, held: Held, covered: set[str]) -> None:
    standing = {
        row.pk
        for rows in held.members.values()
        for row in rows
        if row.is_of_a_file and row.ends_on is None and held.code(row.pcn) in covered
    }
    ended = {change.pk for change in plan.changes if change.model == "member"}
    restated = {new.supersedes for new in plan.members}
    _refuse_half(len(standing & (ended | restated)), len(standing), "memberships that stand")


def _refuse_half(lost: int, standing: int, what: str) -> None:
    if standing >= ENOUGH_TO_DOUBT and SHARE * lost > standing:
        raise Refused(
            f"This file would end or change {lost:,} of the {standing:,} {what}. It is a part of a file, or"
            " another one: nothing was written.",
            "file",
        )


def _statements(kind: str, plan: Plan, held: Held, scope: Scope) -> None:
    """Keep no statement twice; what the file no longer says is no longer needed."""
    standing = held.statements(kind)
    said = set(plan.beside)
    plan.beside[:] = dict.fromkeys(beside for beside in plan.beside if beside not in standing)
    for statement, pk in standing.items():
        if statement not in said and scope.holds(held.code(int(statement.organisation))):
            plan.changes.append(Change("statement", pk, "gone_on", None, plan.stated_on))
