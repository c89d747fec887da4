"""Staff reimbursements: who was in post before, which posts were filled, and what they cost."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User, ends_after_start
from registry.models import PCN

from .years import Payment


class Baseline(models.Model):
    """Whole-time equivalents of a role in post on 31 March 2019: only what is above them is reimbursed."""

    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="baselines")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    as_at = models.DateField("as at")
    wte = models.DecimalField("WTE", max_digits=5, decimal_places=2)
    source = models.ForeignKey(Source, models.PROTECT)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wte__gte=0), name="baseline_not_negative"),
            models.UniqueConstraint(
                fields=["pcn", "payment"], condition=Q(supersedes__isnull=True), name="baseline_stated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pcn}: {self.wte} WTE {self.payment}"

    @property
    def commissioner(self) -> Organisation:
        return self.pcn.commissioner


class Post(models.Model):
    """A post of a PCN from the day it was filled. It names no person: the claim’s evidence does."""

    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="posts")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+", verbose_name="role")
    title = models.CharField(max_length=120)
    wte = models.DecimalField("WTE", max_digits=3, decimal_places=2)
    starts_on = models.DateField("filled on")
    ends_on = models.DateField("vacant from", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["pcn__organisation__name", "payment__position", "starts_on", "pk"]
        constraints = [
            ends_after_start("post_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(wte__gt=0, wte__lte=1), name="post_is_one_or_part_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.pcn}"

    def get_absolute_url(self) -> str:
        return reverse("funding:post", args=[self.pk])

    @property
    def commissioner(self) -> Organisation:
        return self.pcn.commissioner


def stored_evidence(claim: Claim, _name: str) -> str:
    """Under our own name: what the sender called the file never reaches the disk."""
    return f"claims/{claim.sha256}"


class Claim(models.Model):
    """The actual cost of a post in a month, with its evidence: claimed by one person, agreed by another.

    What is reimbursed follows from the cost, the part that the rate reimburses and its maximum.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", "Submitted"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # After these the month may be claimed again.
    GONE = (Status.REFUSED, Status.WITHDRAWN)

    post = models.ForeignKey(Post, models.PROTECT, related_name="claims")
    month = models.DateField()
    cost = models.DecimalField("actual cost", max_digits=12, decimal_places=2)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    file = models.FileField("evidence", upload_to=stored_evidence, max_length=250)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cost__gt=0), name="claim_is_of_some_cost"),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                & (
                    Q(status="submitted", judged_by__isnull=True, judged_at__isnull=True)
                    | Q(status="agreed", judged_by__isnull=False, judged_at__isnull=False)
                    | Q(status="refused", judged_by__isnull=False, judged_at__isnull=False) & ~Q(reason="")
                )
                | Q(status="withdrawn", judged_by__isnull=False, judged_at__isnull=False)
                & Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(reason=""),
                name="claim_status_has_its_actor_and_time",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("submitted_by")),
                name="claim_is_judged_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | ~Q(withdrawn_by=F("submitted_by")),
                name="claim_is_withdrawn_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["post", "month"],
                condition=~Q(status__in=["refused", "withdrawn"]),
                name="month_of_a_post_claimed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.month:%B %Y}"

    @property
    def reason_judged(self) -> str:
        """What who judged it gave as the reason; of a claim that was withdrawn the history keeps it."""
        return "" if self.withdrawn_by_id else self.reason

    @property
    def reason_withdrawn(self) -> str:
        return self.reason if self.withdrawn_by_id else ""

    @property
    def status_label(self) -> str:
        return self.Status(self.status).label

    def get_absolute_url(self) -> str:
        return reverse("funding:claim", args=[self.pk])

    @property
    def commissioner(self) -> Organisation:
        return self.post.pcn.commissioner
