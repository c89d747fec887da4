"""Rows that rules read, in a line each, and what a rule says of them."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from pcnportal.findings.models import Finding, Statement
from pcnportal.findings.rules import Doubt
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Succession
from registry.findings import RULES
from registry.models import (
    PCN,
    ClinicalDirector,
    FileStatement,
    ImportRun,
    Membership,
    PCNPeriod,
    Practice,
)
from tests import factories as make

DAY = date(2019, 12, 31)
NUMBERS = count(1)
BY_SLUG = {rule.slug: rule for rule in RULES}


def doubts(rule: str, day: date = DAY) -> list[Doubt]:
    """What a rule doubts on a day."""
    return list(BY_SLUG[rule].find(day))


def said(rule: str, day: date = DAY) -> list[tuple[str, str, str]]:
    """Of each doubt the subject, what was stated and what was found."""
    return [(str(doubt.subject), doubt.stated, doubt.found) for doubt in doubts(rule, day)]


def commissioner(code: str, name: str) -> Organisation:
    return make.OrganisationFactory.create(code=code, name=name)


def document(title: str = "Primary Care Network Development in Havering: slides", **facts: Any) -> Source:
    return make.SourceFactory.create(title=title, **facts)


def file(title: str = "GP practices (epraccur), October 2019", **facts: Any) -> Source:
    return make.SourceFactory.create(title=title, kind=Source.Kind.FILE, **facts)


def practice(name: str, code: str = "", *, of: Organisation, **facts: Any) -> Practice:
    """An open practice of a commissioner; `postcode`, `closed_on` and `source` as given."""
    about = {key: facts.pop(key) for key in ("postcode", "source", "is_dormant") if key in facts}
    made = make.PracticeFactory.create(
        name=name, code=code or f"F8{next(NUMBERS):04}", commissioner=of, **facts
    )
    if about:
        Organisation.objects.filter(pk=made.pk).update(**about)
        made.organisation.refresh_from_db()
    return made


def pcn(name: str, *, of: Organisation, code: str = "", source: Source | None = None) -> PCN:
    made = make.PCNFactory.create(name=name, commissioner=of)
    if code or source:
        Organisation.objects.filter(pk=made.pk).update(code=code or None, source=source)
        made.organisation.refresh_from_db()
    return made


def joins(
    who: Practice, where: PCN, on: date | None = make.GO_LIVE, until: date | None = None, **facts: Any
) -> Membership:
    return Membership.objects.create(practice=who, pcn=where, starts_on=on, ends_on=until, **facts)


def live(where: PCN, on: date | None = make.GO_LIVE) -> PCNPeriod:
    return PCNPeriod.objects.create(pcn=where, status=PCNPeriod.Status.LIVE, starts_on=on)


def directs(name: str, where: PCN, **facts: Any) -> ClinicalDirector:
    person = make.PersonFactory.create(name=name)
    return ClinicalDirector.objects.create(pcn=where, person=person, starts_on=make.GO_LIVE, **facts)


def lists(
    who: Practice | PCN, patients: int, source: Source, as_at: date = make.JANUARY, **facts: Any
) -> None:
    make.ListSizeFactory.create(
        organisation=who.organisation, patients=Decimal(patients), source=source, as_at=as_at, **facts
    )


def states(
    source: Source, model: type, about: str, what: str, text: str, number: int | None = None, **facts: Any
) -> Statement:
    """A document states something of a record, by its natural key."""
    return Statement.objects.create(
        about_type=ContentType.objects.get_for_model(model),
        about=about,
        what=what,
        text=text,
        number=number,
        source=source,
        page=facts.pop("page", f"slide {next(NUMBERS)}"),
        **facts,
    )


def succeeds(old: Organisation, new: Organisation, on: date) -> Succession:
    return Succession.objects.create(predecessor=old, successor=new, kind=Succession.Kind.SUCCEEDED, on=on)


def imported(kind: str = "epcn", stated_on: date = date(2019, 12, 4), **facts: Any) -> ImportRun:
    """A run that was applied."""
    made = file(f"Primary Care Networks (ePCN), run {next(NUMBERS)}")
    return ImportRun.objects.create(
        kind=kind,
        file_name="ePCN.xlsx",
        stated_on=stated_on,
        sha256="0" * 64,
        size=1,
        source=made,
        read_at=timezone.now(),
        applied_at=timezone.now(),
        **facts,
    )


def beside(run: ImportRun, who: Practice | PCN, what: str, value: str, **facts: Any) -> FileStatement:
    """What a file says where somebody recorded otherwise."""
    return FileStatement.objects.create(
        run=run, organisation=who.organisation, what=what, value=value, **facts
    )


def finding(subject: Any, of: Organisation | None, **facts: Any) -> Finding:
    """A finding as a refresh leaves it."""
    return Finding.objects.create(
        **{
            "rule": "outside-the-band",
            "subject_type": ContentType.objects.get_for_model(subject),
            "subject_id": subject.pk,
            "about": str(subject),
            "key": f"{next(NUMBERS)}",
            "commissioner": of,
            "stated": "30,000 to 50,000 patients",
            "found": "28,619 patients",
            "difference": "1,381 below 30,000",
            "patients": 1381,
            "fingerprint": "0" * 64,
            "first_seen": DAY,
            **facts,
        }
    )
