"""The findings kept up with what the rules doubt. Run after what is done and by command, never by reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.history.record import compose

from .models import Finding
from .rules import Doubt, Rule, reading_once

SAID = (
    "about",
    "commissioner_id",
    "stated",
    "stated_by",
    "found",
    "found_by",
    "difference",
    "patients",
    "pounds",
    "meaning",
    "fingerprint",
)
ANSWER = ("outcome", "reason", "waiting_for", "by", "said_on")
# Rows in one statement: a database takes only so many values.
BATCH = 500

Identity = tuple[str, int, int, str]


@dataclass(frozen=True)
class Refreshed:
    """How many findings are new, opened again since their figures changed, corrected, and doubted in all."""

    new: int
    reopened: int
    corrected: int
    doubted: int


@transaction.atomic
def refresh(rules: Iterable[Rule], *, day: date | None = None) -> Refreshed:
    """Bring the findings of `rules` up to what they doubt on `day` (today).

    A new doubt is inserted; one that vanished is corrected; one whose fingerprint changed keeps its first day
    and, where somebody had accepted it, opens again. The number of queries beside the rules' own does not
    grow with the findings but for the batches in which they are written.
    """
    rules, day = list(rules), day or clock.today()
    with reading_once():
        doubts = _doubts(rules, day)
    rows = Finding.objects.select_for_update(of=("self",)).select_related("commissioner")
    held = {
        (finding.rule, finding.subject_type_id, finding.subject_id, finding.key): finding
        for finding in rows.filter(rule__in=[rule.slug for rule in rules])
    }
    new = [_new(identity, doubt, day) for identity, doubt in doubts.items() if identity not in held]
    changed, events = [], []
    for identity, doubt in doubts.items():
        if (finding := held.get(identity)) and _is_news(finding, doubt):
            if finding.outcome == Finding.Outcome.ACCEPTED and finding.fingerprint != doubt.fingerprint:
                events.append(_reopened(finding, doubt))
            _say(finding, doubt, day)
            changed.append(finding)
    gone = [finding for identity, finding in held.items() if identity not in doubts and not finding.gone_on]
    for finding in gone:
        finding.gone_on, finding.version = day, finding.version + 1
    # Another refresh at the same moment may have been first.
    Finding.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["rule", "subject_type", "subject_id", "key"],
        update_fields=[name.removesuffix("_id") for name in SAID],
        batch_size=BATCH,
    )
    fields = [*(name.removesuffix("_id") for name in SAID), *ANSWER, "first_seen", "gone_on", "version"]
    Finding.objects.bulk_update(changed, fields, batch_size=BATCH // len(fields))
    Finding.objects.bulk_update(gone, ["gone_on", "version"], batch_size=BATCH // 2)
    Event.objects.bulk_create(events)
    return Refreshed(len(new), len(events), len(gone), len(doubts))


def _doubts(rules: Iterable[Rule], day: date) -> dict[Identity, Doubt]:
    found: dict[Identity, Doubt] = {}
    for rule in rules:
        for doubt in rule.find(day):
            kind = ContentType.objects.get_for_model(doubt.subject)
            identity = (rule.slug, kind.pk, doubt.subject.pk, doubt.key)
            found.setdefault(identity, doubt)  # two rows of one fact are one doubt
    return found


def _new(identity: Identity, doubt: Doubt, day: date) -> Finding:
    rule, subject_type_id, subject_id, key = identity
    finding = Finding(rule=rule, subject_type_id=subject_type_id, subject_id=subject_id, key=key)
    _write(finding, doubt)
    finding.first_seen = doubt.since or day
    return finding


def _write(finding: Finding, doubt: Doubt) -> None:
    for name, value in _said(doubt).items():
        setattr(finding, name, value)


def _said(doubt: Doubt) -> dict[str, object]:
    """What a doubt says, by the columns of a finding."""
    said = {name: getattr(doubt, name, None) for name in SAID}
    return said | {"about": str(doubt.subject)[:250], "commissioner_id": doubt.commissioner}


def _is_news(finding: Finding, doubt: Doubt) -> bool:
    return finding.gone_on is not None or any(
        getattr(finding, name) != value for name, value in _said(doubt).items()
    )


def _say(finding: Finding, doubt: Doubt, day: date) -> None:
    """Write what is doubted now; a doubt that comes back is seen from `day` or its own on."""
    if finding.outcome == Finding.Outcome.ACCEPTED and finding.fingerprint != doubt.fingerprint:
        finding.take_back_answer()
    if finding.gone_on:
        finding.first_seen, finding.gone_on = doubt.since or day, None
    _write(finding, doubt)
    finding.version += 1


def _reopened(finding: Finding, doubt: Doubt) -> Event:
    return compose(
        None,
        "finding_changed",
        finding,
        stated=[finding.stated, doubt.stated] if finding.stated != doubt.stated else None,
        found=[finding.found, doubt.found] if finding.found != doubt.found else None,
    )
