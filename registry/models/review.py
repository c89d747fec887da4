"""The checklist, a case's lines, its departures and its recommendation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User, ends_after_start

from .cases import Case, Document, Submission


class ChecklistManager(models.Manager["Checklist"]):
    def get_by_natural_key(self, slug: str, edition: int) -> Checklist:
        return self.get(slug=slug, edition=edition)


class Checklist(models.Model):
    """A set of requirements in one edition: the national one, or a local one that a commissioner adds."""

    slug = models.SlugField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    is_national = models.BooleanField("national requirements", default=False)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)

    objects: ClassVar[Any] = ChecklistManager()

    class Meta:
        ordering = ["-is_national", "slug", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "edition"], name="checklist_edition_numbered_once"),
            ends_after_start("checklist_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, int]:
        return (self.slug, self.edition)


class ChecklistItemManager(models.Manager["ChecklistItem"]):
    def get_by_natural_key(self, slug: str, edition: int, key: str) -> ChecklistItem:
        return self.get(checklist__slug=slug, checklist__edition=edition, key=key)


class ChecklistItem(models.Model):
    """One requirement. `rule` names the function that computes it, or is empty where a person answers it.

    `parameters` are the rule's figures, such as {"minimum": 30000, "maximum": 50000}.
    """

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    requirement = models.TextField()
    why = models.TextField("source of the rule", blank=True)
    rule = models.SlugField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = ChecklistItemManager()

    class Meta:
        ordering = ["checklist", "position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "key"], name="requirement_named_once"),
            models.UniqueConstraint(fields=["checklist", "position"], name="requirement_placed_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, int, str]:
        return (*self.checklist.natural_key(), self.key)


class Line(models.Model):
    """A requirement as it stood when the case's review opened, and what a person answered."""

    class Answer(models.TextChoices):
        MET = "met", "Met"
        NOT_MET = "not_met", "Not met"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    case = models.ForeignKey(Case, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120)
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    requirement = models.TextField()
    why = models.TextField(blank=True)
    rule = models.SlugField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    answer = models.CharField(max_length=16, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    evidence = models.ManyToManyField(Document, blank=True, related_name="lines")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answered_for = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["case", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="line_named_once"),
            models.UniqueConstraint(fields=["case", "position"], name="line_placed_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_for__isnull=True)
                | Q(~Q(answer=""), answered_by__isnull=False, answered_for__isnull=False),
                name="an_answer_has_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("registry:line", args=[self.case_id, self.key])


class Departure(models.Model):
    """A requirement that a form does not meet, why it should be allowed, and the regional team's answer.

    A later version of the form departs anew. `sent_on` may be empty where it was sent on a day that no
    document gives.
    """

    class Reply(models.TextChoices):
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"

    line = models.ForeignKey(Line, models.PROTECT, related_name="departures")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    reason = models.TextField()
    region = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_sent = models.BooleanField(default=False)
    sent_on = models.DateField(null=True, blank=True)
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    reply_note = models.TextField(blank=True)
    reply_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "submission"], name="one_departure_for_a_form"),
            models.CheckConstraint(
                condition=Q(is_sent=True) | Q(sent_on__isnull=True, reply=""), name="reply_follows_sending"
            ),
            models.CheckConstraint(
                condition=~Q(reply="") | Q(replied_on__isnull=True, reply_source__isnull=True),
                name="reply_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Departure: {self.line}"

    @property
    def word(self) -> str:
        """How it stands: not sent, sent with no answer held, or what the regional team answered."""
        if not self.is_sent:
            return "Not sent"
        return str(self.get_reply_display()) or "Regional answer not held"


class Recommendation(models.Model):
    """What the primary care team recommends to the committee, with its reasons as a list of sentences."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", "Approve"
        NOT_APPROVE = "not_approve", "Not approve"

    case = models.ForeignKey(Case, models.PROTECT, related_name="recommendations")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.case}"
