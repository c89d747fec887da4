"""What others have published about the money, as printed, with its source."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, Organisation
from registry.models import PCN

from .years import FinancialYear, Payment, Rate


class PublishedTable(Identified, models.Model):
    """A published table of payments. Its publisher’s people read all of it, others what concerns them."""

    identity = ("slug",)

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    year = models.ForeignKey(FinancialYear, models.PROTECT, related_name="published_tables")
    publisher = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["year", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funding:published_table", args=[self.slug])


class PublishedRate(Identified, models.Model):
    """How a table says that a payment is reckoned, as printed.

    `per` is what its label names; `months` how many months the sum covers; `monthly` the sum a month that it
    prints, `pro_rata_of` the sum for `pro_rata_months` from which it says that it comes.
    """

    identity = ("table", "payment")

    table = models.ForeignKey(PublishedTable, models.PROTECT, related_name="rates")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    heading = models.CharField(max_length=120)
    text = models.TextField()
    note = models.TextField("what else is printed of it", blank=True)
    per = models.CharField(max_length=12, choices=Rate.Per.choices, blank=True)
    pounds = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    monthly = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    pro_rata_of = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    pro_rata_months = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["table", "payment__position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "payment"], name="published_rate_stated_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.table}"

    def get_absolute_url(self) -> str:
        return f"{self.table.get_absolute_url()}#rates"


class PublishedAmount(Identified, models.Model):
    """A figure of a table: a PCN’s payment, a total of a group of rows, or a group’s grand total.

    `group` names the rows that a total adds up. A grand total has no payment: it adds up its group’s totals.
    """

    identity = ("table", "group", "label", "payment")

    class Kind(models.TextChoices):
        ROW = "row", "PCN"
        TOTAL = "total", "Total"
        GRAND = "grand", "Grand total"

    table = models.ForeignKey(PublishedTable, models.PROTECT, related_name="amounts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=120)
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pcn = models.ForeignKey(PCN, models.PROTECT, null=True, blank=True, related_name="published_amounts")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField("as printed", max_length=40)
    pounds = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["table", "position", "payment__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "group", "label", "payment"],
                condition=Q(payment__isnull=False),
                name="published_amount_stated_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="row", pcn__isnull=False, payment__isnull=False)
                | Q(kind="total", pcn__isnull=True, payment__isnull=False)
                | Q(kind="grand", pcn__isnull=True, payment__isnull=True),
                name="published_amount_is_of_a_pcn_or_a_total",
            ),
        ]

    def __str__(self) -> str:
        of = f", {self.payment.name}" if self.payment else ""
        return f"{self.label} ({self.group}){of}: {self.text}"

    def get_absolute_url(self) -> str:
        if self.kind != self.Kind.ROW:
            return f"{self.table.get_absolute_url()}#totals"
        return f"{self.table.get_absolute_url()}?{urlencode({'network': self.label, 'group': self.group})}"
