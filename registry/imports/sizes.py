"""List sizes: what a quarter's file, or the plain template, changes.

A figure of a document corrects the registered list that the NHS published of that day: it stands, and the
NHS's own is kept as one that it corrects, whichever comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from pcnportal.refusals import Refused
from registry.models import ListSize

from .held import Held, HeldOrganisation
from .plan import KeptSize, NewSize, Plan
from .reading.rows import SizeRow
from .scope import Scope, refuse_part

# A file of which most figures differ by that much is another file than it seems, or a broken one.
JUMP = Decimal("0.30")
ENOUGH_TO_COMPARE = 20
# Fewer that a person typed are doubted too, where most jump by a half; and each that is ten times another.
HALF, SEVERAL, TEN = Decimal("0.5"), 3, 10
ACCEPT = " Where the figures are right, read the file again and accept such figures."

Newest = dict[tuple[int, str], tuple[date, Decimal]]
Stated = dict[tuple[int, str, date, str], tuple[int, Decimal]]
Figure = tuple[int, str, date]


class Sizes:
    """Adds to a plan what the rows of list sizes change."""

    def __init__(self, plan: Plan, held: Held, *, accept_jumps: bool) -> None:
        self.plan, self.held, self.accept_jumps = plan, held, accept_jumps
        self.newest: Newest = {}
        self.stated: Stated = {}
        self.corrected: dict[Figure, tuple[int, Decimal, int]] = {}
        self.corrects: dict[Figure, str] = {}
        self.published: dict[date, set[int]] = defaultdict(set)

    def take(self, rows: Collection[SizeRow], scope: Scope) -> None:
        """Raises `Refused` where most of the figures jump."""
        self.read_held({row.as_at for row in rows})
        known = [row for row in rows if scope.takes(row.commissioner, row.code)]
        self.refuse_jumps(known)
        if any(not row.source for row in known):
            refuse_part(self.listed(scope), {row.code for row in known}, "practices that have a list")
        for row in known:
            self.compare(row)

    def read_held(self, days: set[date]) -> None:
        """The newest figure of each organisation and kind, and what was stated for the days of the file.

        Figures of the NHS's own files are one series, those of a document its own, by its title.
        """
        names = ("pk", "organisation", "kind", "as_at", "patients", "source", "source__title")
        rows = ListSize.objects.order_by("as_at", "pk").values_list(*names, "superseded_by", "averaged_from")
        for pk, organisation, kind, as_at, patients, source, title, successor, averaged in rows.iterator():
            if successor is None:
                self.newest[organisation, kind] = (as_at, patients)
            if self.held.sources[source].run and kind == ListSize.Kind.REGISTERED:
                self.published[as_at].add(organisation)
            if as_at not in days:
                continue
            series = "" if self.held.sources[source].run else title.lower()
            if successor is None or not series:
                self.stated[organisation, kind, as_at, series] = (pk, patients)
            if series and successor is None and kind == ListSize.Kind.REGISTERED and averaged is None:
                self.corrected[organisation, kind, as_at] = (pk, patients, source)

    def listed(self, scope: Scope) -> set[str]:
        """Codes of the practices in the newest published file; before the first, of those that are open."""
        held = self.held
        newest = self.published[max(self.published)] if self.published else None
        return {
            code
            for code, org in held.by_code.items()
            if org.pk in held.practices and scope.holds(code)
            if (org.pk in newest if newest is not None else org.closed_on is None and not org.is_dormant)
        }

    def refuse_jumps(self, rows: Collection[SizeRow]) -> None:
        compared = jumped = halved = 0
        for row in rows:
            if (held := self.last(row)) and not (self.accept_jumps and row.source):
                compared += 1
                jumped += abs(row.patients - held[1]) > held[1] * JUMP
                halved += bool(row.source) and abs(row.patients - held[1]) >= held[1] * HALF
        few = halved >= SEVERAL and 2 * halved > compared
        if few or (compared >= ENOUGH_TO_COMPARE and 2 * jumped > compared):
            many, share = (halved, "half or more") if few else (jumped, f"more than {JUMP:.0%}")
            way_out = ACCEPT if all(row.source for row in rows) else ""
            raise Refused(
                f"{many:,} of the {compared:,} list sizes that can be compared differ by {share} from the"
                f" newest that is held. The file is not what it seems: nothing was written.{way_out}",
                "file",
            )

    def last(self, row: SizeRow) -> tuple[date, Decimal] | None:
        """The newest figure of the same kind that is held, with its day; None where it is none or nought."""
        org = self.held.by_code.get(row.code)
        held = self.newest.get((org.pk, row.kind)) if org else None
        return held if held and held[1] > 0 else None

    def is_far(self, row: SizeRow) -> str:
        """Why a figure that a person typed is taken only where that is accepted; empty where it may be so."""
        held = self.last(row) if row.source else None
        if held is None or held[1] < TEN * row.patients < TEN * TEN * held[1]:
            return ""
        times, beyond = ("ten times", "more") if row.patients > held[1] else ("a tenth of", "less")
        return f"It is {times} what is held, {held[1]:,f} on {held[0]:%-d %B %Y}, or {beyond}"

    def is_vouched_for(self, row: SizeRow) -> str:
        """Why a typed figure may only stand because somebody accepts it; empty where nobody has to."""
        held = self.last(row) if self.accept_jumps and row.source else None
        if held is None or abs(row.patients - held[1]) <= held[1] * JUMP:
            return ""
        share = f"It differs by more than {JUMP:.0%} from what is held, {held[1]:,f} on {held[0]:%-d %B %Y}"
        return self.is_far(row) or share

    def compare(self, row: SizeRow) -> None:
        org = self.held.by_code.get(row.code)
        column = f"{row.kind} list"
        if org is None:
            self.plan.say(
                "rejected",
                row.code,
                "",
                "code",
                "",
                row.code,
                row.line,
                "The register holds no such practice.",
            )
            return
        if (far := self.is_far(row)) and not self.accept_jumps:
            why = f"{far}: check the figure. Where it is so, read the file again and accept such figures."
            self.plan.say("rejected", row.code, org.name, column, "", f"{row.patients:f}", row.line, why)
            return
        figure, source = (org.pk, row.kind, row.as_at), row.source.lower()
        pk, before = self.stated.get((*figure, source), (None, None))
        if before == row.patients:
            self.plan.unchanged += 1
        elif not source and figure in self.corrected:
            self.keep_correction(org, row, figure)
        else:
            if source and row.kind == ListSize.Kind.REGISTERED:
                if self.corrects.setdefault(figure, source) != source:
                    twice = "Another line corrects the same figure from another source."
                    self.plan.say("rejected", row.code, org.name, column, "", row.source, row.line, twice)
                    return
                pk, before = self.is_corrected(figure, pk, before)
            self.plan.sizes.append(NewSize(*figure, row.patients, row.source, pk))
            kind, old = ("new", "") if pk is None else ("changed", f"{before:f}")
            said = (row.code, org.name, column, old, f"{row.patients:f}", row.line)
            why = self.is_vouched_for(row)
            self.plan.say("accepted" if why else kind, *said, f"{why}: accepted." if why else "")

    def is_corrected(
        self, figure: Figure, pk: int | None, before: Decimal | None
    ) -> tuple[int | None, Decimal | None]:
        """The figure that a document's takes the place of: its own, another document's, else the NHS's."""
        if pk is not None:
            return pk, before
        if held := self.corrected.get(figure):
            return held[:2]
        return self.stated.get((*figure, ""), (None, None))

    def keep_correction(self, org: HeldOrganisation, row: SizeRow, figure: Figure) -> None:
        """The NHS's figure comes before the correction, which is stated again after it."""
        pk, patients, source = self.corrected[figure]
        self.plan.kept.append(KeptSize(len(self.plan.sizes), *figure, patients, source))
        self.plan.sizes.append(NewSize(*figure, row.patients, row.source, pk))
        reason = "A document corrected it: the correction stands, and the file's figure is kept."
        said = (f"{row.kind} list", f"{patients:f}", f"{row.patients:f}", row.line, reason)
        self.plan.say("beside", row.code, org.name, *said)
