"""PCNs that documents name and ODS does not, once an ePCN covers them; and the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Model
from django.urls import reverse

from pcnportal.findings.rules import Doubt, Mend, Rule
from pcnportal.people.models import Succession
from registry.models import PCN, ImportRun, PCNMatch

from .names import telling
from .rows import PCNRow, codes_of_commissioners, of_half, pcns_on


def newest_runs(kind: str, day: date) -> list[ImportRun]:
    """Applied runs of files of `day` or before that were not undone, the newest file first. One query."""
    runs = ImportRun.objects.filter(
        kind=kind, stated_on__lte=day, applied_at__isnull=False, undone_at__isnull=True
    )
    return list(runs.select_related("source").defer("report", "undo").order_by("-stated_on", "-pk"))


class Covered:
    """Which run of the newest file on `day` tells of a commissioner, by its id."""

    def __init__(self, kind: str, codes: dict[int, str], day: date) -> None:
        self.runs, self.codes = newest_runs(kind, day), codes

    def by(self, commissioner: int) -> ImportRun | None:
        code = self.codes.get(commissioner)
        return next((run for run in self.runs if not run.codes or code in run.codes), None)


def not_in_ods(day: date) -> Iterator[Doubt]:
    """A PCN without a code, of a commissioner of whose PCNs an ePCN was imported."""
    covered, pcns = Covered(ImportRun.Kind.EPCN, codes_of_commissioners(), day), pcns_on(day)
    proposed = {
        match.pcn_id: match
        for match in PCNMatch.objects.filter(is_accepted__isnull=True).order_by("shared", "-pk")
    }
    heirs = _heirs()
    for row in pcns.values():
        run = covered.by(row.commissioner) if not row.code and row.is_open(day) else None
        if run is None:
            continue
        match = proposed.get(row.pk)
        yield Doubt(
            subject=row.record,
            commissioner=row.commissioner,
            stated=f"{row}, without an ODS code",
            stated_by=row.source,
            found=_proposed(match) if match else _perhaps(row, pcns.values(), heirs),
            found_by=str(run.source or run),
            difference="Match not decided" if match else "Not in ODS",
            meaning="Without its code the network can’t be paid by the national system, nor be kept up by "
            "files.",
        )


def _proposed(match: PCNMatch) -> str:
    shared = (
        f"{match.shared} of {match.held} practices shared" if match.held else "its practices are not held"
    )
    return f"{match.name} ({match.code}) is proposed to be it: {shared}"


def _heirs() -> dict[int, set[int]]:
    """Of each commissioner who took over from it, at once or in steps. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Succession.objects.filter(kind=Succession.Kind.SUCCEEDED, successor__isnull=False)
    for before, after in pairs.order_by("on", "pk").values_list("predecessor", "successor"):
        found[before].add(after)
        for heirs in found.values():
            if before in heirs:
                heirs.add(after)
    return found


def _perhaps(row: PCNRow, pcns: Iterable[PCNRow], heirs: dict[int, set[int]]) -> str:
    """PCNs of ODS, under the same commissioner or its heirs, whose names have all the words of this one's."""
    words = set(telling(row.name).split())
    near = [
        other
        for other in pcns
        if other.is_from_file
        and other.commissioner in {row.commissioner, *heirs.get(row.commissioner, ())}
        and words <= set(telling(other.name).split())
    ]
    if not words or not near:
        return "ODS names no PCN that could be it"
    return f"ODS names {' and '.join(_named(other) for other in near)}, which may be it"


def not_in_documents(day: date) -> Iterator[Doubt]:
    """A PCN that only ODS names, where documents name at least half of its commissioner's PCNs."""
    pcns = [row for row in pcns_on(day).values() if row.is_open(day)]
    documented = of_half(pcns, {row.pk for row in pcns if not row.is_from_file})
    for row in pcns:
        if row.is_from_file and row.commissioner in documented:
            yield Doubt(
                subject=row.record,
                commissioner=row.commissioner,
                stated=_named(row),
                stated_by=row.source,
                found="No document of the commissioner names it",
                found_by="The PCNs that the commissioner recorded",
                difference="Only in ODS",
                meaning="A network may have been approved, split or renamed without a decision that is held.",
            )


def _named(row: PCNRow) -> str:
    return f"{row} ({row.code})" if row.code else str(row)


def mend_match(subject: Model, _key: str) -> Iterator[Mend]:
    """To the match that waits, else to where a code is recorded."""
    if isinstance(subject, PCN):
        waiting = PCNMatch.objects.filter(pcn=subject, is_accepted__isnull=True).order_by("-shared", "pk")
        for match in waiting:
            yield Mend(f"Decide the match with {match.code}", reverse("registry:match", args=[match.pk]))
        yield Mend("Record its ODS code", reverse("registry:code_pcn", args=[subject.organisation.slug]))


RULES = (
    Rule(
        slug="pcn-not-in-ods",
        group="ods",
        title="A PCN that a document names and ODS does not",
        question="Is a PCN held without an ODS code, although the file of ODS’s PCNs was imported?",
        source="ODS (ePCN), the newest file that was imported and covers the commissioner",
        to_do="Decide the match that is proposed; where there is none, ask ODS whether it was notified.",
        find=not_in_ods,
        mend=mend_match,
    ),
    Rule(
        slug="pcn-only-in-ods",
        group="ods",
        title="A PCN that ODS names and no document",
        question="Does ODS name a PCN that no document names, where documents name at least half of the "
        "commissioner’s?",
        source="ODS (ePCN), and the PCNs that the commissioner recorded",
        to_do="Find the decision that made it, or ask ODS why it is there.",
        find=not_in_documents,
        mend=lambda subject, key: (),
    ),
)
