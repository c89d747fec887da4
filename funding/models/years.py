"""Financial years, what is paid in them, and at which rates: data with its source, never code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, Organisation, User


class FinancialYear(Identified, models.Model):
    """A year from 1 April: `ends_on` is the first day after it, `list_size_on` the day of its list sizes."""

    identity = ("slug",)

    slug = models.SlugField(max_length=10, unique=True)
    name = models.CharField(max_length=10, unique=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    list_size_on = models.DateField("list sizes as at")

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="year_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("funding:year", args=[self.slug])


class Payment(Identified, models.Model):
    """A kind of money that a PCN or its practices receive, whatever the year."""

    identity = ("slug",)

    class Payee(models.TextChoices):
        NOMINATED = "nominated", "The PCN’s nominated payee"
        PRACTICES = "practices", "The PCN’s practices"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    payee = models.CharField("paid to", max_length=10, choices=Payee.choices)
    is_staff = models.BooleanField("staff reimbursement", default=False)
    baseline_on = models.DateField("only above the staff in post on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(unique=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Term(Identified, models.Model):
    """A payment in a year: its period, how and from which allocation it is paid.

    `first_paid_on` is the day by which the first payment is made, which covers every month that is then due.
    """

    identity = ("year", "payment")

    class Timing(models.TextChoices):
        EQUAL = "equal", "Equal monthly payments"
        ARREARS = "arrears", "Monthly in arrears, by the last day of the month"
        FOLLOWING = "following", "By the last day of the following month"

    class Allocation(models.TextChoices):
        CCG_CORE = "ccg_core", "CCG core programme allocation"
        PRIMARY_MEDICAL = "primary_medical", "Primary medical care allocation"

    year = models.ForeignKey(FinancialYear, models.PROTECT, related_name="terms")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="terms")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    timing = models.CharField("how it is paid", max_length=10, choices=Timing.choices, blank=True)
    first_paid_on = models.DateField("first payment by", null=True, blank=True)
    allocation = models.CharField(max_length=20, choices=Allocation.choices, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["year", "payment__position"]
        constraints = [
            models.UniqueConstraint(fields=["year", "payment"], name="payment_once_in_a_year"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.payment}, {self.year}"


class Rate(Identified, models.Model):
    """Pounds for what is counted, over the whole period from `starts_on` until `ends_on`.

    Per post it is the most that a post gets in twelve months, `percent` the part of the actual cost that is
    reimbursed, `posts` how many a PCN may have, `more_posts` how many above `more_above` patients; `role`
    names it where the payment does not. A rate `at_most` pays nothing by itself: what is paid depends on
    what the PCN claims or achieves. A rate that is not vouched for (`confidence` other than high) pays
    nothing to a commissioner until its finance confirms it. A wrong rate gets a successor; one that a person
    entered by mistake, and that nobody has confirmed, `is_withdrawn`: it stays readable and counts nowhere.
    """

    identity = ("term", "per", "starts_on", "pounds")

    class Per(models.TextChoices):
        REGISTERED = "registered", "Registered patient"
        WEIGHTED = "weighted", "Weighted patient"
        ADJUSTED = "adjusted", "Patient of the adjusted population"
        PCN = "pcn", "PCN"
        POST = "post", "Post, at most, in twelve months"
        BED = "bed", "Care home bed"
        NOT_HELD = "not_held", "Not held"

    class Confidence(models.TextChoices):
        HIGH = "H", "Vouched for"
        MEDIUM = "M", "To be confirmed"

    term = models.ForeignKey(Term, models.PROTECT, related_name="rates")
    per = models.CharField(max_length=12, choices=Per.choices)
    pounds = models.DecimalField(max_digits=12, decimal_places=4)
    percent = models.DecimalField(
        "part of the cost (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    at_most = models.BooleanField("the most that can be paid", default=False)
    role = models.CharField("for the role", max_length=80, blank=True)
    posts = models.PositiveSmallIntegerField("posts of a PCN", null=True, blank=True)
    more_posts = models.PositiveSmallIntegerField("posts of a large PCN", null=True, blank=True)
    more_above = models.PositiveIntegerField("large above (patients)", null=True, blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    confidence = models.CharField(max_length=1, choices=Confidence.choices)
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)
    note = models.TextField(blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_withdrawn = models.BooleanField("withdrawn", default=False)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["term", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pounds__gt=0), name="rate_is_positive"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="rate_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(per="post") | Q(at_most=True) | Q(percent__isnull=False, posts__isnull=False),
                name="rate_of_a_post_says_its_part_and_number",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | Q(confidence="M"), name="entered_rate_waits"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(entered_by__isnull=False),
                name="withdrawn_rate_was_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.in_pounds}"

    @property
    def in_pounds(self) -> str:
        """£1.50, £0.514, £37,810: as many decimals as it has, never one."""
        decimals = -int(self.pounds.normalize().as_tuple().exponent)
        return f"£{self.pounds:,.{max(decimals, 2) if decimals > 0 else 0}f}"

    @property
    def in_words(self) -> str:
        """£1.50 for each registered patient; £37,810 at most for each post in twelve months."""
        per = {
            self.Per.REGISTERED: "for each registered patient",
            self.Per.WEIGHTED: "for each weighted patient",
            self.Per.ADJUSTED: "for each patient of the adjusted population",
            self.Per.PCN: "for each PCN",
            self.Per.POST: f"for each {self.role[:1].lower()}{self.role[1:] or 'post'} in twelve months",
            self.Per.BED: "for each care home bed",
            self.Per.NOT_HELD: "for each patient of a list that is not held",
        }[self.Per(self.per)]
        return " ".join(filter(None, (self.in_pounds, "at most" if self.is_maximum else "", per)))

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def uses_a_list(self) -> bool:
        return self.per in (self.Per.REGISTERED, self.Per.WEIGHTED, self.Per.ADJUSTED)

    @property
    def is_maximum(self) -> bool:
        return self.at_most or self.per == self.Per.POST

    def get_absolute_url(self) -> str:
        return reverse("funding:rate", args=[self.pk])


class RateConfirmation(models.Model):
    """A commissioner’s finance vouches for a rate: from then on it pays that commissioner’s PCNs."""

    rate = models.ForeignKey(Rate, models.PROTECT, related_name="confirmations")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rate", "commissioner"], name="rate_confirmed_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="confirmation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rate}, confirmed for {self.commissioner}"
