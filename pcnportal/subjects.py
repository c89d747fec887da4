"""What events are about: the records of a page of events, whatever their kind, in one query."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, cast

from django.db.models import BigIntegerField, F, Model, QuerySet, TextField, Value, When
from django.db.models import Case as If
from django.db.models.functions import Cast

from governance.models import Action, AgendaItem, BetweenMeetings, Body, Interest, Meeting
from pcnportal.findings.models import Finding
from pcnportal.history.models import Event
from pcnportal.people.models import Organisation, User
from registry.models import PCN, Case, Condition, Document, ImportRun, Line, PCNMatch, Practice


class Row(NamedTuple):
    """A record: which kind it is of, its id, the id of what it belongs to, and up to four texts."""

    which: int
    pk: int
    of: int
    a: str
    b: str
    c: str
    d: str


class Kind(NamedTuple):
    """Where a record's texts and what it belongs to are held, and the record made again from them."""

    texts: tuple[str | If, ...]
    made: Callable[[Row], Model]
    of: str = ""


def _pcn(name: str, slug: str = "", pk: int | None = None) -> PCN:
    return PCN(organisation=Organisation(pk=pk, name=name, slug=slug))


def _case(name: str, pk: int) -> Case:
    return Case(pk=pk, pcn=_pcn(name))


def _meeting(row: Row, pk: int) -> Meeting:
    return Meeting(pk=pk, body=Body(name=row.a), held_on=date.fromisoformat(row.b) if row.b else None)


SUBJECT, WHOLE = (cast("Any", Event._meta.get_field(name)) for name in ("subject", "whole"))
TEXTS = "abcd"
OF_CASE = "case__pcn__organisation__name"
OPEN_TITLE = If(When(is_private=False, then=F("title")), default=Value(""))
REFERENCE = If(
    When(number="", then=Cast(F("position"), TextField())), default=F("number"), output_field=TextField()
)
# Each has just what its name and its address need, so that both stay the model's own.
KINDS: dict[type[Model], Kind] = {
    Case: Kind(("pcn__organisation__name",), lambda r: _case(r.a, r.pk)),
    Condition: Kind(
        (OF_CASE, "number"), lambda r: Condition(pk=r.pk, number=int(r.b), case=_case(r.a, r.of)), "case_id"
    ),
    Line: Kind(
        (OF_CASE, "title", "key"),
        lambda r: Line(pk=r.pk, title=r.b, key=r.c, case=_case(r.a, r.of)),
        "case_id",
    ),
    Document: Kind(
        (OF_CASE, "name"), lambda r: Document(pk=r.pk, name=r.b, case=_case(r.a, r.of)), "case_id"
    ),
    PCN: Kind(("organisation__name", "organisation__slug"), lambda r: _pcn(r.a, r.b, r.pk)),
    Practice: Kind(
        ("organisation__name", "organisation__code", "organisation__slug"),
        lambda r: Practice(organisation=Organisation(pk=r.pk, name=r.a, code=r.b, slug=r.c)),
    ),
    Body: Kind(("name", "slug"), lambda r: Body(pk=r.pk, name=r.a, slug=r.b)),
    Meeting: Kind(("body__name", "held_on"), lambda r: _meeting(r, r.pk)),
    AgendaItem: Kind(
        # No title of a private item; the number where it is printed, else the position.
        ("meeting__body__name", "meeting__held_on", OPEN_TITLE, REFERENCE),
        lambda r: AgendaItem(pk=r.pk, number=r.d, title=r.c, is_private=not r.c, meeting=_meeting(r, r.of)),
        "meeting_id",
    ),
    BetweenMeetings: Kind(
        ("kind", "taken_on"),
        lambda r: BetweenMeetings(pk=r.pk, kind=r.a, taken_on=date.fromisoformat(r.b)),
    ),
    # It names nobody: history is read longer than an interest is published.
    Interest: Kind((), lambda r: Interest(pk=r.pk)),
    Action: Kind(
        # No words of an action that was given out in private.
        (If(When(item__is_private=True, then=Value("")), default=F("text"), output_field=TextField()),),
        lambda r: Action(pk=r.pk, text=r.a, item=None if r.a else AgendaItem(is_private=True)),
    ),
    ImportRun: Kind(("file_name",), lambda r: ImportRun(pk=r.pk, file_name=r.a)),
    PCNMatch: Kind(
        ("pcn__organisation__name", "code", "name"),
        lambda r: PCNMatch(pk=r.pk, pcn=_pcn(r.a), code=r.b, name=r.c),
    ),
    Finding: Kind(("about",), lambda r: Finding(pk=r.pk, about=r.a)),
    User: Kind(("name",), lambda r: User(pk=r.pk, name=r.a)),
}


def rows_of(which: int, model: type[Model], pks: Iterable[int]) -> "QuerySet[Any, Any]":
    """Rows of one kind in the columns that all kinds share."""
    kind = KINDS[model]
    texts = [F(path) if isinstance(path, str) else path for path in kind.texts] + [Value("")] * (
        len(TEXTS) - len(kind.texts)
    )
    columns = {name: Cast(text, TextField()) for name, text in zip(TEXTS, texts, strict=True)}
    return (
        model._base_manager.filter(pk__in=pks)
        .order_by()
        .annotate(
            which=Value(which),
            of=Cast(F(kind.of) if kind.of else Value(0), BigIntegerField()),
            **columns,
        )
        .values_list("which", "pk", "of", *TEXTS)
    )


def with_subjects(events: list[Event]) -> list[Event]:
    """The events with what each is about and belongs to; None where its kind is not shown, or it is gone."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for event in events:
        for kind, pk in ((event.subject_type, event.subject_id), (event.whole_type, event.whole_id)):
            if (model := kind.model_class()) in KINDS:
                wanted[model].add(pk)
    models = list(KINDS)
    parts = [rows_of(models.index(model), model, pks) for model, pks in wanted.items()]
    found: dict[tuple[type[Model] | None, int], Model] = {}
    for values in parts[0].union(*parts[1:], all=True) if parts else ():
        row = Row(*values)
        found[models[row.which], row.pk] = KINDS[models[row.which]].made(row)
    for event in events:
        subject = found.get((event.subject_type.model_class(), event.subject_id))
        whole = found.get((event.whole_type.model_class(), event.whole_id))
        SUBJECT.set_cached_value(event, subject)
        WHOLE.set_cached_value(event, whole)
    return events
