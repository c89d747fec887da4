"""What the form and the register say about a requirement, for the person who judges it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.checklist import CaseFacts
from registry.models import Case, Document, Line, ListSize, Submission

Row = tuple[str, Any, str]


@dataclass(frozen=True)
class Table:
    """A table for `table_of`: heads as there, rows of cells, a last row with a total, the source."""

    caption: str
    heads: list[Any]
    rows: list[list[Any]]
    total: list[Any] | None = None
    source: str = ""


@dataclass(frozen=True)
class Held:
    """Facts as (key, value, source), a table, and the kinds of document that concern the requirement.

    `follows_from` and `corrected` say from which facts a computed line follows and how they are corrected.
    """

    rows: list[Row] = field(default_factory=list)
    table: Table | None = None
    documents: tuple[str, ...] = ()
    follows_from: str = ""
    corrected: str = ""

    @property
    def by_form(self) -> bool:
        """Whether returning the form is a way to correct the facts."""
        return FORM in self.corrected


FORM = "A mistake on the form is corrected by returning it to the PCN, which sends a new version."
REGISTER = "A mistake in the register is corrected by an administrator."
UPLOAD = "A document can be added to the registration at any time."


def held_about(line: Line, case: Case, facts: CaseFacts) -> Held:
    """What is held about a line; where no rule computes it, the members and every document."""
    return HELD.get(line.rule, _anything)(case, facts)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "not held"


def _form(case: Case) -> str:
    form = case.current
    if form is None:
        return ""
    return f"The form, version {form.number}" + (f" ({form.source})" if form.source_id else "")


def _in_time(case: Case, facts: CaseFacts) -> Held:
    form = case.current
    received = None
    if form and form.received_on:
        by = "by " if form.received_precision == Submission.Precision.BY else ""
        received = f"{by}{_day(form.received_on)}" + ("; the day itself is not held" if by else "")
    return Held(
        [
            ("Received", received, _form(case)),
            ("How received", form.received_how if form else None, ""),
            ("Deadline", _day(facts.deadline), str(case.round.source)),
        ],
        follows_from="the day on which the form was received, and the deadline of the round",
        corrected=FORM,
    )


def _members(case: Case, facts: CaseFacts) -> Held:
    def state(member: Any) -> str:
        if not member.is_in_register:
            return "Not in the register"
        return "Open" if member.is_open else "Not open"

    rows = [
        [
            member.name,
            member.code,
            state(member),
            member.other_pcn or "No other",
            "Withdrew" if member.has_withdrawn else "Member",
        ]
        for member in facts.members
    ]
    heads = ["Practice", "ODS code", f"On {_day(facts.day)}", "Another PCN", "On the form"]
    return Held(
        table=Table("Member practices", heads, rows, source=_form(case)),
        follows_from="the members on the form, the register of practices, and the forms of other PCNs",
        corrected=f"{FORM} {REGISTER}",
    )


def _stated(case: Case, facts: CaseFacts) -> list[Row]:
    size = f"{facts.stated_list_size:,} patients" if facts.stated_list_size is not None else None
    return [
        ("Stated list size", size, _form(case)),
        ("As at", facts.stated_as_at and _day(facts.stated_as_at), ""),
    ]


def _population(case: Case, facts: CaseFacts) -> Held:
    return Held(
        _stated(case, facts),
        follows_from="the list size that the form states",
        corrected=FORM,
    )


def _list_total(case: Case, facts: CaseFacts) -> Held:
    sizes = _sizes(facts)
    rows, counted = [], []
    for member in facts.members:
        size = sizes.get(member.practice_id or 0)
        dated = f"average, {_day(size.averaged_from)} to " if size and size.averaged_from else ""
        rows.append(
            [
                f"{member.name} (withdrew)" if member.has_withdrawn else member.name,
                size.patients if size else None,
                dated + _day(size.as_at) if size else "",
                str(size.source) if size else "",
            ]
        )
        if size and not member.has_withdrawn:
            counted.append(size.patients)
    heads = ["Practice", {"text": "Patients", "numeric": True}, "As at", "Source"]
    total = ["Members", sum(counted) if counted else None, "", ""]
    return Held(
        _stated(case, facts),
        Table("Registered lists of the members", heads, rows, total),
        follows_from="the practices’ lists in the register and the list size that the form states",
        corrected=f"{FORM} {REGISTER}",
    )


def _sizes(facts: CaseFacts) -> dict[int, ListSize]:
    """The lists that the rule adds up, by practice: of the stated day where all are held, else the newest."""
    current = [member for member in facts.members if not member.has_withdrawn]
    held = (
        ListSize.objects.standing()
        .filter(organisation__in=[m.practice_id for m in facts.members if m.practice_id])
        .filter(kind=ListSize.Kind.REGISTERED, as_at__lte=facts.day)
        .select_related("source")
        .order_by("-as_at", "-pk")
    )
    if facts.stated_as_at and current and all(member.exact is not None for member in current):
        held = held.filter(as_at=facts.stated_as_at, averaged_from__isnull=True)
    sizes: dict[int, ListSize] = {}
    for size in held:
        sizes.setdefault(size.organisation_id, size)
    return sizes


def _signatures(case: Case, facts: CaseFacts) -> Held:
    rows = [[member.name, _day(member.signed_on)] for member in facts.members if not member.has_withdrawn]
    return Held(
        table=Table("Signatures of the network agreement", ["Practice", "Signed"], rows, source=_form(case)),
        documents=(Document.Kind.AGREEMENT,),
        follows_from="the signatures on the form",
        corrected=FORM,
    )


def _directors(case: Case, facts: CaseFacts) -> Held:
    inside = {m.practice_id for m in facts.members if m.practice_id and not m.has_withdrawn}
    rows = [
        [
            director.name,
            director.practice or "not held",
            ("Yes" if director.practice_id in inside else "No") if director.practice_id else "not held",
            f"{director.share.normalize():f} %" if director.share is not None else "not held",
        ]
        for director in facts.directors
    ]
    heads = ["Clinical director", "Practice", "A member", {"text": "Share of the post", "numeric": True}]
    return Held(
        table=Table("Clinical directors on the form", heads, rows, source=_form(case)),
        follows_from="the clinical directors and the members on the form",
        corrected=FORM,
    )


def _payee(case: Case, facts: CaseFacts) -> Held:
    return Held(
        [("Nominated payee", facts.payee or None, _form(case))],
        follows_from="the nominated payee on the form",
        corrected=FORM,
    )


def _document(kind: str, name: str) -> Callable[[Case, CaseFacts], Held]:
    def held(_case: Case, _facts: CaseFacts) -> Held:
        return Held(documents=(kind,), follows_from=f"the {name} that is held", corrected=UPLOAD)

    return held


def _anything(case: Case, facts: CaseFacts) -> Held:
    rows = [
        [member.name, member.code, member.postcode or "not held"]
        for member in facts.members
        if not member.has_withdrawn
    ]
    return Held(
        table=Table("Member practices", ["Practice", "ODS code", "Postcode"], rows, source=_form(case)),
        documents=tuple(Document.Kind.values),
    )


HELD: dict[str, Callable[[Case, CaseFacts], Held]] = {
    "in-time": _in_time,
    "members": _members,
    "population": _population,
    "list-total": _list_total,
    "signatures": _signatures,
    "agreement": _document(Document.Kind.AGREEMENT, "network agreement"),
    "area-map": _document(Document.Kind.MAP, "map of the network area"),
    "directors": _directors,
    "payee": _payee,
}
