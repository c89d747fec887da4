"""Budgets as documents print them: sections, lines, totals, and a second source beside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, Organisation

from .years import FinancialYear


class Budget(Identified, models.Model):
    """A budget of a commissioner or its partners. `unit` is 1 for pounds, 1000 where it prints thousands.

    `stated_on` is the day for which its document states it, where the document itself carries none.
    """

    identity = ("slug",)

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    year = models.ForeignKey(FinancialYear, models.PROTECT, null=True, blank=True, related_name="budgets")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="budgets")
    period = models.CharField("period as printed", max_length=120, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    stated_on = models.DateField("stated on", null=True, blank=True)
    unit = models.PositiveIntegerField(default=1)
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funding:budget", args=[self.slug])


class BudgetSection(Identified, models.Model):
    """A part of a budget under a heading, with who funds it and how, as the heading says."""

    identity = ("slug",)

    class Funder(models.TextChoices):
        ALLIANCE = "alliance", "Alliance partners"
        JOINT = "joint", "Joint partners"

    class How(models.TextChoices):
        CONTRIBUTION = "contribution", "Contribution"
        IN_KIND = "in_kind", "In kind"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=140, unique=True)
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10, blank=True)
    heading = models.CharField(max_length=250)
    funder = models.CharField(max_length=10, choices=Funder.choices, blank=True)
    how = models.CharField(max_length=12, choices=How.choices, blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["budget", "position"]
        constraints = [models.UniqueConstraint(fields=["budget", "position"], name="section_has_its_place")]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.budget.get_absolute_url()}#section-{self.position}"


class BudgetLine(Identified, models.Model):
    """A line of a section. `amount` is in pounds, None where the document gives none.

    `quantity` and `each` are kept where the line says what it is reckoned from, such as 50 days at £470;
    `leads` and `days` where it says how many people give how many days a week each.
    """

    identity = ("section", "position")

    section = models.ForeignKey(BudgetSection, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=200)
    band = models.CharField(max_length=40, blank=True)
    wte = models.DecimalField("WTE", max_digits=5, decimal_places=2, null=True, blank=True)
    is_pay = models.BooleanField("pay", null=True, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    each = models.DecimalField("pounds each", max_digits=12, decimal_places=2, null=True, blank=True)
    leads = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.DecimalField("days a week each", max_digits=3, decimal_places=1, null=True, blank=True)
    text = models.CharField("as printed", max_length=120, blank=True)
    amount = models.DecimalField("pounds", max_digits=14, decimal_places=2, null=True, blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["section", "position"]
        constraints = [models.UniqueConstraint(fields=["section", "position"], name="line_has_its_place")]

    def __str__(self) -> str:
        return self.role

    def get_absolute_url(self) -> str:
        return f"{self.section.budget.get_absolute_url()}#line-{self.pk}"


class BudgetFigure(Identified, models.Model):
    """A total that a document prints, to be held against what the lines add up to.

    A subtotal covers `lines` of one section (pay, non-pay, all); a running total every section up to its
    own; `first` is where a running total begins anew; a split what one funder gives in one way; a rounded
    figure of a second source covers the sections or lines it names in `covers` (positions such as "4" or
    "4.1"). `precision` is the smallest step that its print shows, in pounds. `ways` are those of `How` that
    `said_how` leaves open, `months` how long its `period` is; both empty where it says nothing of them.
    """

    identity = ("budget", "position")

    class Kind(models.TextChoices):
        SUBTOTAL = "subtotal", "Subtotal"
        RUNNING = "running", "Running total"
        GRAND = "grand", "Grand total"
        SPLIT = "split", "Split"
        ROUNDED = "rounded", "Rounded figure"

    class Lines(models.TextChoices):
        PAY = "pay", "Pay"
        NON_PAY = "non_pay", "Non-pay"
        ALL = "all", "All"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=200)
    section = models.ForeignKey(BudgetSection, models.PROTECT, null=True, blank=True, related_name="figures")
    lines = models.CharField(max_length=8, choices=Lines.choices, default=Lines.ALL)
    first = models.ForeignKey(BudgetSection, models.PROTECT, null=True, blank=True, related_name="+")
    funder = models.CharField(max_length=10, choices=BudgetSection.Funder.choices, blank=True)
    how = models.CharField(max_length=12, choices=BudgetSection.How.choices, blank=True)
    said_how = models.CharField("how, as printed", max_length=120, blank=True)
    ways = models.JSONField(default=list, blank=True)
    period = models.CharField("period as printed", max_length=120, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    covers = models.JSONField(default=list, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    text = models.CharField("as printed", max_length=120)
    amount = models.DecimalField("pounds", max_digits=14, decimal_places=2, null=True, blank=True)
    precision = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["budget", "position"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "position"], name="figure_has_its_place"),
            models.CheckConstraint(condition=Q(precision__gt=0), name="figure_has_a_precision"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"

    def get_absolute_url(self) -> str:
        return f"{self.budget.get_absolute_url()}#figure-{self.pk}"
