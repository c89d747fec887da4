"""What a body decided, and the letter that says so."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.models import AgendaItem, Body, Resolution
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User

from .cases import Case, Submission


class Decision(models.Model):
    """One decision of a body about a case, on the version of the form that was before it.

    Never changed: a wrong one is replaced by its successor.
    `accepted` lists the keys of the checklist lines that were not met and that the decision accepted.
    `resolution` is the decision in the minutes of the body.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        NOT_APPROVED = "not_approved", "Not approved"
        INFORMATION_REQUESTED = "information_requested", "Further information requested"
        DEFERRED = "deferred", "Deferred"
        ENDORSED = "endorsed", "Endorsed"
        ENDORSEMENT_DECLINED = "endorsement_declined", "Endorsement declined"
        CONDITION_WAIVED = "condition_waived", "Condition waived"
        CONDITION_DISCHARGED = "condition_discharged", "Condition discharged"
        CONDITION_NOT_SATISFIED = "condition_not_satisfied", "Condition not satisfied"

    class QuorumBasis(models.TextChoices):
        COMPUTED = "computed", "Computed from the attendance"
        ATTESTED = "attested", "Attested"

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    accepted = models.JSONField(default=list)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    quorum_basis = models.CharField(max_length=10, choices=QuorumBasis.choices)
    quorum_note = models.TextField()
    quorum_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    replaced_because = models.TextField(blank=True)
    resolution = models.OneToOneField(
        Resolution, models.PROTECT, null=True, blank=True, related_name="decision"
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_basis="computed", quorum_source__isnull=True)
                | Q(quorum_basis="attested", quorum_source__isnull=False),
                name="attested_quorum_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, replaced_because="")
                | Q(~Q(replaced_because=""), supersedes__isnull=False),
                name="replacement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.case}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A decision is never changed: replace it.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.case.get_absolute_url()}#decision-{self.pk}"

    @property
    def commissioner(self) -> Organisation:
        return self.case.commissioner


class Letter(models.Model):
    """The commissioner's letter to the PCN about a decision: a page made from the decision.

    `as_issued` holds, by its number, how each condition stood when the letter was issued: `due_on`,
    `result` and `closed_on`, with ISO dates or None.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter")
    issued_on = models.DateField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    as_issued = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Letter to {self.decision.case}"

    def get_absolute_url(self) -> str:
        return reverse("registry:letter", args=[self.decision_id])

    @property
    def commissioner(self) -> Organisation:
        return self.decision.commissioner
