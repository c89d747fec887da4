"""The register: practices, PCNs, who belongs where, how many patients, who leads, who is paid. All dated."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.models import Body
from pcnportal import clock
from pcnportal.people.models import (
    FormerDetail,
    Organisation,
    Person,
    ends_after_start,
)

from .facts import DatedFact


class CommissionerManager(models.Manager["Commissioner"]):
    def get_by_natural_key(self, reference: str) -> Commissioner:
        return self.get(organisation=Organisation.objects.get_by_natural_key(reference))


class Commissioner(models.Model):
    """What the portal needs of a commissioner: who decides for it and which criteria it adds."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="commissioning"
    )
    short_name = models.CharField(max_length=60)
    region = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="NHS England region"
    )
    is_in_london = models.BooleanField("in London", default=False)
    deciding_body = models.ForeignKey(Body, models.PROTECT, related_name="+", null=True, blank=True)
    endorsing_body = models.ForeignKey(Body, models.PROTECT, related_name="+", null=True, blank=True)
    local_criteria = models.SlugField("local checklist", max_length=60, blank=True)

    objects: ClassVar[Any] = CommissionerManager()

    def __str__(self) -> str:
        return str(self.organisation)

    def natural_key(self) -> tuple[str]:
        return self.organisation.natural_key()


class Commissioned(models.Model):
    """Has a commissioner: the column holds the newest, which a file may know before its day has come."""

    commissioner: Any

    class Meta:
        abstract = True

    @property
    def commissioned_by(self) -> Organisation:
        """The commissioner of today, who changes its register. Asks one question, or two."""
        before = FormerDetail.objects.filter(
            organisation=self.pk, what=FormerDetail.What.COMMISSIONER, until__gt=clock.today()
        ).order_by("until")
        code = before.values_list("value", flat=True).first()
        held = Organisation.objects.filter(code=code).first() if code else None
        return held or self.commissioner


class PracticeManager(models.Manager["Practice"]):
    """Without what was recorded by mistake."""

    def get_queryset(self) -> models.QuerySet[Practice]:
        return super().get_queryset().filter(organisation__is_withdrawn=False)

    def get_by_natural_key(self, reference: str) -> Practice:
        return self.get(organisation=Organisation.objects.get_by_natural_key(reference))


class Practice(Commissioned):
    """A general practice, by its real ODS code. One that never was has no code: only `every` finds it."""

    class Contract(models.TextChoices):
        GMS = "GMS", "GMS"
        PMS = "PMS", "PMS"
        APMS = "APMS", "APMS"

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="practice"
    )
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="practices")
    contract_type = models.CharField(max_length=4, choices=Contract.choices, blank=True)

    objects: ClassVar[Any] = PracticeManager()
    every: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name

    def natural_key(self) -> tuple[str]:
        return self.organisation.natural_key()

    def get_absolute_url(self) -> str:
        return reverse("registry:practice", args=[self.organisation.code or self.organisation.slug])


class PCNManager(models.Manager["PCN"]):
    """Without what a file had made a second time."""

    def get_queryset(self) -> models.QuerySet[PCN]:
        return super().get_queryset().filter(organisation__is_withdrawn=False)

    def get_by_natural_key(self, reference: str) -> PCN:
        return self.get(organisation=Organisation.objects.get_by_natural_key(reference))


class PCN(Commissioned):
    """A Primary Care Network. Its ODS code comes months after its registration.

    One that is withdrawn stood a second time for another: only `every` finds it.
    """

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="pcn")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="pcns")

    objects: ClassVar[Any] = PCNManager()
    every: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = "PCN"

    def __str__(self) -> str:
        return self.organisation.name

    def natural_key(self) -> tuple[str]:
        return self.organisation.natural_key()

    def get_absolute_url(self) -> str:
        return reverse("registry:pcn", args=[self.organisation.slug])


class PCNPeriod(DatedFact):
    """What a PCN is, from a day until a day. Before the first period it is proposed."""

    identity = ("pcn", "starts_on", "source")

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="periods")
    status = models.CharField(max_length=10, choices=Status.choices)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [ends_after_start("pcn_period_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.pcn}: {self.get_status_display()}"


class Membership(DatedFact):
    """A practice belongs to a PCN."""

    identity = ("practice", "pcn", "starts_on", "source")

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships")
    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="memberships")

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["practice", "starts_on"])]
        constraints = [ends_after_start("membership_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.practice} in {self.pcn}"


class ClinicalDirector(DatedFact):
    """Somebody holds the post of clinical director, or a share of it (in %), which may be unknown."""

    identity = ("pcn", "person", "starts_on", "source")

    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="directors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="directorships")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    share = models.DecimalField(
        "share of the post (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_start("director_ends_after_start"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
                name="director_share_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class NominatedPayee(DatedFact):
    """The practice or provider that receives a PCN's money."""

    identity = ("pcn", "organisation", "starts_on", "source")

    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="payees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [ends_after_start("payee_ends_after_it_starts")]

    def __str__(self) -> str:
        return str(self.organisation)
