"""Conditions that a body set, what was handed in for them, and what was promised in answer."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.models import Body
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.roles import RoleName

from .cases import Case, Document
from .decisions import Decision


class Condition(models.Model):
    """What the body asked, in its words. Closed once, as met, waived or replaced."""

    class Timing(models.TextChoices):
        BEFORE = "before", "Before go-live"
        AFTER = "after", "After go-live"

    class Result(models.TextChoices):
        MET = "met", "Met"
        WAIVED = "waived", "Waived"
        REPLACED = "replaced", "Replaced"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.TextField()
    timing = models.CharField(max_length=6, choices=Timing.choices)
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="conditions_owned"
    )
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="conditions_owned"
    )
    due_on = models.DateField(null=True, blank=True)
    due_event = models.CharField(max_length=250, blank=True)
    due_note = models.TextField(blank=True)
    evidence_wanted = models.TextField()
    discharge_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    discharge_role = models.CharField(max_length=20, choices=RoleName.choices, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.TextField(blank=True)
    closing_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="conditions_closed"
    )

    class Meta:
        ordering = ["case", "decision", "number"]
        indexes = [models.Index(fields=["case", "result"])]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="condition_numbered_once"),
            models.CheckConstraint(
                condition=Q(owner_organisation__isnull=False, owner_person__isnull=True)
                | Q(owner_organisation__isnull=True, owner_person__isnull=False),
                name="condition_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | ~Q(due_event=""), name="condition_falls_due"
            ),
            models.CheckConstraint(
                condition=Q(discharge_body__isnull=False, discharge_role="")
                | Q(~Q(discharge_role=""), discharge_body__isnull=True),
                name="condition_has_one_who_discharges",
            ),
            models.CheckConstraint(
                condition=Q(result="", closed_by__isnull=True, closed_on__isnull=True)
                | Q(~Q(result=""), closed_by__isnull=False),
                name="condition_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(result="waived") | Q(closing_decision__isnull=False),
                name="waived_only_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"Condition {self.number} of {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("registry:condition", args=[self.pk])

    @property
    def commissioner(self) -> Organisation:
        return self.case.commissioner

    @property
    def owner(self) -> str:
        return str(self.owner_person or self.owner_organisation)

    @property
    def discharged_by(self) -> str:
        return str(self.discharge_body or self.get_discharge_role_display())

    @property
    def status(self) -> str:
        """Open, Evidence submitted, Overdue, Met, Waived or Replaced: from result, date and evidence."""
        return condition_status(
            self.result, self.due_on, any(e.judgement == "" for e in self.evidence.all()), clock.today()
        )


def condition_status(result: str, due_on: date | None, awaits_judgement: bool, day: date) -> str:
    """The word for a condition on `day`. Past its last day it is overdue, whatever was submitted."""
    if result:
        return Condition.Result(result).label
    if due_on and due_on < day:
        return "Overdue"
    return "Evidence submitted" if awaits_judgement else "Open"


class DueDateChange(models.Model):
    """A due date moved, with the old date and the reason."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="date_changes")
    old = models.DateField(null=True, blank=True)
    new = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.condition}: due {self.new:%-d %B %Y}"


class Evidence(models.Model):
    """What was handed in for a condition, judged by who may discharge it."""

    class Judgement(models.TextChoices):
        MET = "met", "Met"
        NOT_SATISFIED = "not_satisfied", "Not satisfied"

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="evidence")
    text = models.TextField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="evidence_for")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_on = models.DateField(null=True, blank=True)
    judgement = models.CharField(max_length=16, choices=Judgement.choices, blank=True)
    judgement_note = models.TextField(blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(judgement="", judged_by__isnull=True, judged_on__isnull=True)
                | Q(~Q(judgement=""), judged_by__isnull=False),
                name="evidence_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence for {self.condition}"


class Commitment(models.Model):
    """What somebody promised in answer to a condition. An end without a document is assumed, and says why."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", "Agreement"
        MOU = "mou", "Memorandum of understanding"
        EXPECTED_EVENT = "expected_event", "Expected event"
        ASSURANCE = "assurance", "Assurance"

    case = models.ForeignKey(Case, models.PROTECT, related_name="commitments")
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    text = models.TextField()
    promised_by = models.CharField(max_length=200)
    parties = models.ManyToManyField(Organisation, blank=True, related_name="commitments")
    other_parties = models.CharField(max_length=250, blank=True)
    services = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    end_assumed_because = models.TextField(blank=True)
    ends_early_when = models.CharField(max_length=250, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def commissioner(self) -> Organisation:
        return self.case.commissioner
