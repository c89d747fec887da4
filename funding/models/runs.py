"""Payment runs: what was reckoned on a day, from what, and who approved it. Their rows never change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User
from registry.models import PCN, Practice

from .years import FinancialYear, Payment


class PaymentRun(models.Model):
    """What a commissioner pays its PCNs on `paid_on`: calculated by one person, approved by another.

    Its lines are written once, with it. `follows` is the approved run against which it was reckoned: what
    that run had paid is settled, and a difference is arrears.
    """

    class Status(models.TextChoices):
        CALCULATED = "calculated", "Waiting for approval"
        APPROVED = "approved", "Approved"
        DISCARDED = "discarded", "Discarded"

    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="payment_runs")
    year = models.ForeignKey(FinancialYear, models.PROTECT, related_name="runs")
    paid_on = models.DateField("pays what is due by")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CALCULATED)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    calculated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    calculated_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # A fingerprint of what it was calculated from; empty in a run of before these were kept.
    inputs = models.CharField(max_length=64, editable=False, db_default="")
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status="calculated", approved_at__isnull=True, approved_by__isnull=True,
                    discarded_at__isnull=True, discarded_by__isnull=True,
                )
                | Q(
                    status="approved", approved_at__isnull=False, approved_by__isnull=False,
                    discarded_at__isnull=True, discarded_by__isnull=True,
                )
                | Q(
                    status="discarded", approved_at__isnull=True, approved_by__isnull=True,
                    discarded_at__isnull=False, discarded_by__isnull=False,
                ),
                name="run_status_has_its_actor_and_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("calculated_by")),
                name="run_is_approved_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["commissioner", "year"],
                condition=Q(status="calculated"),
                name="one_run_waits_for_approval",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}, by {self.paid_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("funding:run", args=[self.pk])


class RunLine(models.Model):
    """A payment of a PCN in a run, or its arrears. Written once, with the run.

    `amount` is the whole period’s, None where it can't be reckoned; `paid_before` what earlier runs paid of
    it; `to_pay` what this run pays. `rate` and `list_size_used` are printed where there is one of each.
    `why` says in a sentence what holds it and what releases it. `workings` holds the parts: for each rate its
    id, pounds, period and what it counts; each list with its practice, day and source; the changes of a year.

    Arrears are the difference of months that earlier runs paid: a line of their own, whose `amount` and
    `to_pay` are that difference, less than nothing where too much was paid; `why` says what changed.
    """

    class State(models.TextChoices):
        DUE = "due", "Due"
        HELD = "held", "Held"
        NOT_HELD = "not_held", "Not held"
        NO_RATE = "no_rate", "No rate held"
        UNCONFIRMED = "unconfirmed", "Rate not confirmed"
        NO_CLAIM = "no_claim", "No claim agreed"
        ARREARS = "arrears", "Arrears"

    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="lines")
    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    payee = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    rate = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    list_size_used = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    list_as_at = models.DateField(null=True, blank=True)
    list_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    paid_before = models.DecimalField(max_digits=14, decimal_places=2)
    to_pay = models.DecimalField(max_digits=14, decimal_places=2)
    why = models.TextField(blank=True)
    workings = models.JSONField(default=dict)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["run", "pcn__organisation__name", "payment__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "pcn", "payment"],
                condition=~Q(state="arrears"),
                name="payment_of_a_pcn_once_in_a_run",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "arrears"]) | Q(to_pay=0), name="only_what_is_due_is_paid"
            ),
            models.CheckConstraint(
                condition=~Q(state="arrears") | Q(amount=F("to_pay")) & ~Q(why=""),
                name="arrears_are_a_difference_and_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pcn}: {self.payment}"


class RunInstalment(models.Model):
    """A month of a line: what it amounts to in this run, what earlier runs and this one pay for it.

    Of what is paid to practices it is their shares that were and are paid. A month that can't be reckoned any
    more keeps what was paid for it, and that is its amount.
    """

    line = models.ForeignKey(RunLine, models.PROTECT, related_name="instalments")
    month = models.DateField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_before = models.DecimalField(max_digits=14, decimal_places=2)
    to_pay = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["line", "month"]

    def __str__(self) -> str:
        return f"{self.line}, {self.month:%B %Y}"


class RunShare(models.Model):
    """What a practice gets of a line that is paid to practices.

    The line is rate × the sum of the lists, rounded once; the shares are rate × each list, so their sum may
    differ from it by pennies, and the shares are what is paid. `months` holds of each month its first day,
    the day by which it is paid, its pounds, what earlier runs paid for it and what this run pays.
    """

    line = models.ForeignKey(RunLine, models.PROTECT, related_name="shares")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    patients = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_before = models.DecimalField(max_digits=14, decimal_places=2)
    to_pay = models.DecimalField(max_digits=14, decimal_places=2)
    months = models.JSONField(default=list)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["line", "practice__organisation__name"]

    def __str__(self) -> str:
        return f"{self.line}: {self.practice}"
