"""Memberships: what the second sheet of an ePCN changes.

What a commissioner recorded of a practice's membership stands, and the file's row is kept beside it where
the two overlap and differ. ODS stamps nearly every first membership 1 October 2019: an earlier start is no
conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from .held import Held, HeldMember
from .networks import Networks
from .plan import Beside, Change, NewMember, NewOrganisation, Plan, ended
from .practices import after
from .reading.rows import MemberRow

AGREES, BESIDE, FREE = "agrees", "beside", "free"


def overlap(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> bool:
    """Whether two half-open periods share a day; an empty start or end is open."""
    return (a[1] is None or b[0] is None or b[0] < a[1]) and (b[1] is None or a[0] is None or a[0] < b[1])


def judge(pcn: int | None, period: tuple[date | None, date | None], own: Sequence[HeldMember]) -> str:
    """How a file's membership stands to what a commissioner recorded of the practice."""
    near = [held for held in own if overlap(period, (held.starts_on, held.ends_on))]
    if not near:
        return FREE
    for held in near:
        begins = held.starts_on is None or period[0] is None or held.starts_on <= period[0]
        if held.pcn == pcn and begins and held.ends_on == period[1]:
            return AGREES
    return BESIDE


GIVES_NO_DAY = "No longer in the file, which gives no day: the last is the one before the file's."


class Members:
    """Adds to a plan what the memberships change. `pending` are names of PCNs whose match is undecided."""

    def __init__(
        self, networks: Networks, pending: dict[str, str], names: dict[str, str], ids: dict[str, int]
    ) -> None:
        self.networks, self.pending, self.names, self.ids = networks, pending, names, ids
        self.plan: Plan = networks.plan
        self.held: Held = networks.held
        self.made: set[str] = set()
        self.placed: set[str] = set()

    def take(self, rows: Collection[MemberRow], covered: Collection[str]) -> None:
        """Every membership of the file; `covered` are the codes of the PCNs of which the file tells."""
        by_practice: dict[str, list[MemberRow]] = defaultdict(list)
        for row in rows:
            by_practice[row.practice].append(row)
        for practice, own in by_practice.items():
            if self.place(own):
                self.compare(practice, own)
        self.end_what_vanished(by_practice, set(covered))

    def place(self, rows: list[MemberRow]) -> bool:
        """The practice under the commissioner of its newest row; made where the register lacks it."""
        row = max(rows, key=lambda row: (row.ends_on is None, row.starts_on or date.min))
        code = row.practice_commissioner
        org = self.held.by_code.get(row.practice)
        if not code and (org is None or org.pk not in self.held.practices):
            for lost in rows:
                self.reject(
                    lost, "practice", "The register lacks the practice, and the file names no commissioner."
                )
            return False
        if code:
            self.networks.name_commissioner(code, row.practice_commissioner_name)
        if org is None:
            self.plan.organisations.append(NewOrganisation(row.practice, row.practice_name, "practice"))
        if org is None or org.pk not in self.held.practices:
            self.plan.practices.append((row.practice, code))
            self.plan.say("new", row.practice, row.practice_name, "Practice", "", "", row.line)
        else:
            details = self.networks.details
            if code:
                details.compare(org, "commissioner", code, line=row.line, model="practice")
            # Where a document gave the name, ODS's own file is what is kept beside it.
            if not details.is_of_a_commissioner(org, "name"):
                details.compare(org, "name", row.practice_name, line=row.line)
        return True

    def reject(self, row: MemberRow, column: str, reason: str) -> None:
        self.plan.say("rejected", row.practice, row.practice_name, column, "", row.pcn, row.line, reason)

    def compare(self, practice: str, rows: list[MemberRow]) -> None:
        org = self.held.by_code.get(practice)
        own = self.held.members.get(org.pk, []) if org else []
        recorded = [held for held in own if not held.is_of_a_file]
        written = {(held.pcn, held.starts_on): held for held in own if held.is_of_a_file}
        for row in rows:
            period = (row.starts_on, after(row.ends_on))
            if row.pcn not in self.names:
                self.reject(row, "pcn", "The file does not say what this PCN is.")
            elif row.pcn in self.pending:
                self.beside(row, "The PCN is not matched yet: the row waits beside the register.")
            elif (said := judge(self.ids.get(row.pcn), period, recorded)) == BESIDE:
                self.beside(row, "A commissioner recorded it otherwise: the register keeps that.")
            elif said == AGREES:
                self.plan.unchanged += 1
            else:
                self.write(row, period, written.get((self.ids.get(row.pcn, 0), row.starts_on)))

    def beside(self, row: MemberRow, reason: str) -> None:
        org = self.held.by_code.get(row.practice)
        name = self.names[row.pcn]
        period = (row.starts_on, after(row.ends_on))
        subject = org.pk if org else row.practice
        self.plan.beside.append(Beside(subject, "membership", row.pcn, name, *period))
        recorded = ", ".join(sorted(self.recorded_in(org.pk if org else 0)))
        self.plan.say("beside", row.practice, row.practice_name, "PCN", recorded, name, row.line, reason)

    def recorded_in(self, practice: int) -> set[str]:
        rows = self.held.members.get(practice, ())
        return {self.held.name(row.pcn) for row in rows if not row.is_of_a_file and row.ends_on is None}

    def write(self, row: MemberRow, period: tuple[date | None, date | None], held: HeldMember | None) -> None:
        starts, ends = period
        name = self.names[row.pcn]
        if held is None:
            self.plan.members.append(NewMember(row.practice, row.pcn, starts, ends))
            self.say("joined", row.practice, row.practice_name, name, starts, row.line)
            if ends:
                self.say("left", row.practice, row.practice_name, name, ends, row.line)
        elif held.ends_on == ends:
            self.plan.unchanged += 1
        else:
            if held.ends_on is None:
                self.plan.changes.append(Change("member", held.pk, "ends_on", None, ends))
            else:
                self.plan.members.append(NewMember(row.practice, row.pcn, starts, ends, held.pk))
            kind = "left" if ends else "joined"
            self.say(kind, row.practice, row.practice_name, name, ends or starts, row.line)

    def say(
        self, kind: str, code: str, name: str, pcn: str, on: date | None, line: int, reason: str = ""
    ) -> None:
        old, new = (pcn, ended(on)) if kind == "left" else ("", pcn)
        since = f"From {on:%-d %B %Y}." if on and kind == "joined" else ""
        self.plan.say(kind, code, name, "PCN", old, new, line, reason or since)

    def end_what_vanished(self, by_practice: dict[str, list[MemberRow]], covered: set[str]) -> None:
        """Memberships that an earlier file gave and that this one no longer has."""
        news = {(new.practice, new.pcn, new.starts_on): at for at, new in enumerate(self.plan.members)}
        for own in self.held.members.values():
            for held in own:
                code, pcn = self.held.code(held.practice), self.held.code(held.pcn)
                if not held.is_of_a_file or pcn not in covered or self.is_over(held):
                    continue
                rows = by_practice.get(code, [])
                if not any((row.pcn, row.starts_on) == (pcn, held.starts_on) for row in rows):
                    self.end(held, code, rows, news)

    def is_over(self, held: HeldMember) -> bool:
        return held.ends_on is not None and held.ends_on <= self.plan.stated_on

    def end(
        self,
        held: HeldMember,
        code: str,
        rows: list[MemberRow],
        news: dict[tuple[str, str, date | None], int],
    ) -> None:
        """What took its place corrects it, or ends it by beginning later; else it ends on the file's day."""
        pcn = self.held.code(held.pcn)
        began = held.starts_on or date.min
        # Nobody was in a PCN before the day came: what is not shown any more is no membership that ended.
        to_come = began >= self.plan.stated_on
        for row in sorted(rows, key=lambda row: (row.pcn != pcn, row.starts_on or date.min)):
            at = news.get((code, row.pcn, row.starts_on))
            corrects = to_come or row.pcn == pcn or row.starts_on == held.starts_on
            if at is not None and corrects and self.plan.members[at].supersedes is None:
                self.plan.members[at] = self.plan.members[at]._replace(supersedes=held.pk)
                self.say_restated(held, code, row)
                return
        if to_come:
            self.withdraw(held, code)
            return
        later = [row.starts_on for row in rows if row.starts_on and row.starts_on > began]
        on = min(later, default=self.plan.stated_on)
        name = self.held.name(held.practice)
        reason = "" if later else GIVES_NO_DAY
        if held.ends_on is None:
            self.plan.changes.append(Change("member", held.pk, "ends_on", None, on))
        else:
            self.plan.members.append(NewMember(code, pcn, held.starts_on, on, held.pk))
        self.say("left", code, name, self.held.name(held.pcn), on, 0, reason)

    def say_restated(self, held: HeldMember, code: str, row: MemberRow) -> None:
        before, now = (f"{on:%-d %B %Y}" if on else "no day" for on in (held.starts_on, row.starts_on))
        old = self.held.name(held.pcn)
        reason = f"The file has it from {now}, in place of {before}."
        if self.ids.get(row.pcn) != held.pcn:
            reason = f"The file has {self.names[row.pcn]} from {now}, in place of {old} from {before}."
        self.plan.say("left", code, self.held.name(held.practice), "PCN", old, "", row.line, reason)

    def withdraw(self, held: HeldMember, code: str) -> None:
        """Take back a membership that was to come and has no successor in the file."""
        old, name = self.held.name(held.pcn), self.held.name(held.practice)
        self.plan.changes.append(Change("member", held.pk, "is_withdrawn", False, True))
        since = f"{held.starts_on:%-d %B %Y}" if held.starts_on else "no day"
        reason = f"It was to begin on {since}, and is no longer in the file: it never was."
        self.plan.say("left", code, name, "PCN", old, "", 0, reason)
