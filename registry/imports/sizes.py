"""List sizes: what a quarter's file, or the plain template, changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from pcnportal.refusals import Refused
from registry.models import ListSize

from .held import Held
from .plan import NewSize, Plan
from .reading.rows import SizeRow
from .scope import Scope

# A file of which most figures differ by that much is another file than it seems, or a broken one.
JUMP = Decimal("0.30")
ENOUGH_TO_COMPARE = 20

Newest = dict[tuple[int, str], tuple[date, Decimal]]
Stated = dict[tuple[int, str, date, str], tuple[int, Decimal]]


class Sizes:
    """Adds to a plan what the rows of list sizes change."""

    def __init__(self, plan: Plan, held: Held) -> None:
        self.plan, self.held = plan, held
        self.newest: Newest = {}
        self.stated: Stated = {}

    def take(self, rows: Collection[SizeRow], scope: Scope) -> None:
        """Raises `Refused` where most of the figures jump."""
        self.read_held({row.as_at for row in rows})
        known = [row for row in rows if scope.takes(row.commissioner, row.code)]
        self.refuse_jumps(known)
        for row in known:
            self.compare(row)

    def read_held(self, days: set[date]) -> None:
        """The newest figure of each organisation and kind, and what was stated for the days of the file.

        Figures of the NHS's own files are one series, those of a document its own, by its title.
        """
        fields = ("pk", "organisation", "kind", "as_at", "patients", "source", "source__title")
        rows = ListSize.objects.standing().order_by("as_at", "pk").values_list(*fields)
        for pk, organisation, kind, as_at, patients, source, title in rows.iterator():
            self.newest[organisation, kind] = (as_at, patients)
            if as_at in days:
                series = "" if self.held.sources[source].run else title.lower()
                self.stated[organisation, kind, as_at, series] = (pk, patients)

    def refuse_jumps(self, rows: Collection[SizeRow]) -> None:
        compared = jumped = 0
        for row in rows:
            org = self.held.by_code.get(row.code)
            held = self.newest.get((org.pk, row.kind)) if org else None
            if held and held[1] > 0:
                compared += 1
                jumped += abs(row.patients - held[1]) > held[1] * JUMP
        if compared >= ENOUGH_TO_COMPARE and 2 * jumped > compared:
            raise Refused(
                f"{jumped:,} of the {compared:,} list sizes that can be compared differ by more than"
                f" {JUMP:.0%} from the newest that is held. The file is not what it seems: nothing was"
                " written.",
                "file",
            )

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
        pk, before = self.stated.get((org.pk, row.kind, row.as_at, row.source.lower()), (None, None))
        if before == row.patients:
            self.plan.unchanged += 1
            return
        self.plan.sizes.append(NewSize(org.pk, row.kind, row.as_at, row.patients, row.source, pk))
        kind, old = ("new", "") if pk is None else ("changed", f"{before:f}")
        self.plan.say(kind, row.code, org.name, column, old, f"{row.patients:f}", row.line)
