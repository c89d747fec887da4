"""What a PCN or practice is called, and a PCN coded, on every day: a change is recorded or put right."""

import re
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused
from registry.models import PCN, PCNMatch, Practice

from .change import PERMISSION, enter, lock, not_before_opening, tell, written
from .members import not_closed
from .twins import give_way, settle

CODE = re.compile(r"U[0-9]{5}")
What = FormerDetail.What


class Span(NamedTuple):
    """A value from a day until a day; None where it is open."""

    value: str
    starts_on: date | None
    ends_on: date | None

    def meets(self, other: "Span") -> bool:
        return (self.ends_on is None or other.starts_on is None or other.starts_on < self.ends_on) and (
            other.ends_on is None or self.starts_on is None or self.starts_on < other.ends_on
        )


def spans_of(organisation: Organisation, what: str) -> list[Span]:
    """What the organisation's detail was, one value after the other. One query."""
    rows = FormerDetail.objects.filter(organisation=organisation, what=what).order_by("until")
    held = list(rows.values_list("value", "until"))
    days = [None, *(until for _, until in held), None]
    values = [*(value for value, _ in held), getattr(organisation, what) or ""]
    return [Span(*of) for of in zip(values, days[:-1], days[1:], strict=True)]


def replace_detail(organisation: Organisation, what: str, value: str, on: date, source: Source) -> str:
    """Write a new name or code into the column and keep what stood there until `on`; gives the old one.

    Raises `Refused` where a later change is held already: the column says what is newest.
    """
    later = FormerDetail.objects.filter(organisation=organisation, what=what, until__gte=on)
    if held := later.order_by("-until").first():
        word = "name" if what == What.NAME else "ODS code"
        raise Refused(
            f"The {word} changed on {written(held.until)} already. Choose a later day, "
            "or correct that change: its link stands in the history.",
            "on",
        )
    old = getattr(organisation, what) or ""
    FormerDetail.objects.create(organisation=organisation, what=what, value=old, until=on, source=source)
    setattr(organisation, what, value)
    organisation.save(update_fields=[what])
    return old


def may_be(pcn: PCN | Practice, what: str, span: Span, field: str) -> None:
    """Raises `Refused` where it can't have that name or code in those days. Practices may share a name."""
    if what == What.CODE:
        _may_have_code(pcn, span, field)
        return
    if not span.value:
        raise Refused("Enter the new name.", field)
    if isinstance(pcn, Practice):
        return
    same = Organisation.objects.filter(
        name__iexact=span.value, kind=Organisation.Kind.PCN, pcn__commissioner=pcn.commissioner_id
    ).exclude(pk=pcn.pk)
    if span.starts_on:
        same = same.exclude(closed_on__lte=span.starts_on)
    if same.exists():
        raise Refused(f"{pcn.commissioner} has another PCN that is called {span.value}.", field)


def _may_have_code(pcn: PCN | Practice, span: Span, field: str) -> None:
    if not CODE.fullmatch(span.value):
        raise Refused("The code of a PCN is U and five digits, for example U60176.", field)
    before = Q(
        former_details__what=What.CODE,
        former_details__value=span.value,
        former_details__is_withdrawn=False,
    )
    others = Organisation.objects.filter(Q(code=span.value) | before).exclude(pk=pcn.pk).distinct()
    for other in others:
        for own in spans_of(other, What.CODE):
            if own.value == span.value and own.meets(span):
                until = f" until {written(own.ends_on)}" if own.ends_on else ""
                raise Refused(f"{span.value} is the code of {other}{until}.", field)
    waiting = PCNMatch.objects.filter(code=span.value, is_accepted__isnull=True).exclude(pcn=pcn.pk)
    if match := waiting.select_related("pcn__organisation").first():
        raise Refused(
            f"A published file’s {span.value} is proposed to be {match.pcn}. Decide that match first.", field
        )


@transaction.atomic
def correct_detail(
    former: FormerDetail, *, by: User, value: str, on: date, source: Source | None, reason: str
) -> FormerDetail:
    """What a change of name or code should say, a person's or a file's: what it became, and from which day.

    The wrong row stays readable and no longer counts; a later file that says the same is kept beside. Raises
    `NotAllowed`, and `Refused` with a sentence.
    """
    pcn, what = _whose(former.organisation), former.what
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    before, after = _neighbours(former)
    organisation = pcn.organisation
    held = after.value if after else getattr(organisation, what) or ""
    value = " ".join(value.split())
    value = value.upper() if what == What.CODE else value
    if (value, on) == (held, former.until):
        raise Refused("Nothing is different from what is held.")
    if value == former.value:
        raise Refused("It was so before. Where it never became another, withdraw the change.", "value")
    not_before_opening(organisation, on)
    not_closed(pcn, on)
    if on > clock.today() >= former.until:
        raise Refused("It is in force: choose today, or an earlier day.", "on")
    for other in (before, after):
        if other and (on <= other.until if other is before else on >= other.until):
            sides = "after" if other is before else "before"
            raise Refused(f"It changed on {written(other.until)} too: choose a day {sides} that.", "on")
    if what == What.CODE and isinstance(pcn, PCN):
        give_way(pcn, value, by=by, reason=reason)
    may_be(pcn, what, Span(value, on, after.until if after else None), "value")
    if former.value:
        may_be(pcn, what, Span(former.value, before.until if before else None, on), "on")
    _withdraw(former)
    made: FormerDetail = FormerDetail.objects.create(
        organisation=organisation, what=what, value=former.value, until=on, source=source
    )
    _becomes(organisation, what, after, value)
    _open_matches(pcn)
    if what == What.CODE and isinstance(pcn, PCN):
        settle(pcn, value, by=by, reason=reason)
    said: dict[str, Any] = {what: [held, value]}
    tell(by, f"correct_{what}", pcn, on, source, reason, before=former.until, **said)
    return made


@transaction.atomic
def withdraw_detail(former: FormerDetail, *, by: User, reason: str) -> FormerDetail:
    """It never got that name or code, also where a file says so: what stood before goes on."""
    pcn, what = _whose(former.organisation), former.what
    allow(by, PERMISSION, pcn.commissioned_by)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    lock(pcn.organisation)
    before, after = _neighbours(former)
    organisation = pcn.organisation
    if former.value:
        if what == What.CODE and isinstance(pcn, PCN):
            give_way(pcn, former.value, by=by, reason=reason)
        whole = Span(former.value, before.until if before else None, after.until if after else None)
        may_be(pcn, what, whole, "")
    held = after.value if after else getattr(organisation, what) or ""
    _withdraw(former)
    _becomes(organisation, what, after, former.value)
    _open_matches(pcn)
    said: dict[str, Any] = {what: [held, former.value]}
    record(by, f"withdraw_{what}", pcn, reason, commissioner=pcn.commissioned_by, on=former.until, **said)
    return former


def _whose(organisation: Organisation) -> PCN | Practice:
    pcn: PCN | None = getattr(organisation, "pcn", None)
    return pcn or organisation.practice


def _neighbours(former: FormerDetail) -> tuple[FormerDetail | None, FormerDetail | None]:
    """The changes before and after it. Raises `Refused` where it no longer counts."""
    if not FormerDetail.objects.filter(pk=former.pk).exists():
        raise Refused("This change was corrected or withdrawn already.")
    rows = FormerDetail.objects.filter(organisation=former.organisation_id, what=former.what)
    before = rows.filter(until__lt=former.until).order_by("-until").first()
    return before, rows.filter(until__gt=former.until).order_by("until").first()


def _withdraw(former: FormerDetail) -> None:
    former.is_withdrawn = True
    former.save(update_fields=["is_withdrawn"])


def _open_matches(pcn: PCN | Practice) -> None:
    """A match by which it got a code that it never had waits again: nothing is made of the file's row."""
    codes = {span.value for span in spans_of(pcn.organisation, What.CODE)}
    wrong = PCNMatch.objects.filter(pcn=pcn.pk, is_accepted=True).exclude(code__in=codes)
    wrong.update(is_accepted=None, decided_by=None, decided_at=None, reason="", version=F("version") + 1)


def _becomes(organisation: Organisation, what: str, after: FormerDetail | None, value: str) -> None:
    """`value` stands until the change `after`, or now."""
    if after is None:
        setattr(organisation, what, value or None if what == What.CODE else value)
        try:
            with transaction.atomic():
                organisation.save(update_fields=[what])
        except IntegrityError as exc:
            raise Refused(f"{value} is held already.", "value") from exc
        return
    if after.value == value:
        return
    _withdraw(after)
    later = FormerDetail.objects.filter(organisation=organisation, what=what, until__gt=after.until)
    further = later.order_by("until").values_list("value", flat=True).first()
    became = getattr(organisation, what) or "" if further is None else further
    if became != value:  # else nothing changes any more on that day
        FormerDetail.objects.create(
            organisation=organisation, what=what, value=value, until=after.until, source=after.source
        )
