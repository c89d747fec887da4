"""A case, the registration forms it received, and the documents that came with them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User

from .register import PCN, Practice


class RoundManager(models.Manager["Round"]):
    def get_by_natural_key(self, year: str) -> Round:
        return self.get(year=year)


class Round(models.Model):
    """A year's registration: its deadlines are data."""

    year = models.CharField(max_length=7, unique=True)
    title = models.CharField(max_length=120)
    list_size_on = models.DateField("list sizes as at")
    deadline = models.DateField("forms due by")
    confirm_by = models.DateField("commissioner confirms by")
    go_live_on = models.DateField("networks start")
    source = models.ForeignKey(Source, models.PROTECT)

    objects: ClassVar[Any] = RoundManager()

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.year,)


class Status(models.TextChoices):
    """The stage of a case."""

    DRAFT = "draft", "Draft"
    RECEIVED = "received", "Received"
    RETURNED = "returned", "Returned"
    UNDER_REVIEW = "under_review", "Under review"
    BEFORE_COMMITTEE = "before_committee", "Before committee"
    APPROVED = "approved", "Approved"
    NOT_APPROVED = "not_approved", "Not approved"
    INFORMATION_REQUESTED = "information_requested", "Further information requested"
    ENDORSED = "endorsed", "Endorsed"
    CONFIRMED = "confirmed", "Confirmed"
    LIVE = "live", "Live"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"


class Case(models.Model):
    """A registration of a PCN, or a change to one. `version` grows with every change that a guard reads."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "Registration"
        CHANGE = "change", "Change"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REGISTRATION)
    round = models.ForeignKey(Round, models.PROTECT, related_name="cases")
    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="cases")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    current = models.ForeignKey(
        "registry.Submission", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_wanted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["pcn__organisation__name", "pk"]
        indexes = [models.Index(fields=["commissioner", "status"])]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_known"),
            models.UniqueConstraint(
                fields=["pcn", "round", "kind"],
                condition=Q(kind="registration") & ~Q(status="withdrawn"),
                name="one_open_registration_a_round",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pcn)

    def get_absolute_url(self) -> str:
        return reverse("registry:registration", args=[self.pk])


class Submission(models.Model):
    """One version of the registration form, as the practices filled it in. Fixed once it is submitted."""

    class Precision(models.TextChoices):
        ON = "on", "On this day"
        BY = "by", "By this day; the day itself is not held"

    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("version")
    received_on = models.DateField("received", null=True, blank=True)
    received_precision = models.CharField(max_length=2, choices=Precision.choices, default=Precision.ON)
    received_how = models.CharField("how received", max_length=120, blank=True)
    stated_list_size = models.PositiveIntegerField(null=True, blank=True)
    stated_as_at = models.DateField("list size as at", null=True, blank=True)
    payee = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    is_submitted = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="form_version_numbered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_submitted=False), name="one_form_being_filled_in"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the form of {self.case}"


class SubmittedMember(models.Model):
    """A practice that the form names: its code as written, and when it signed the network agreement."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="members")
    code = models.CharField("ODS code", max_length=12)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField("signed", null=True, blank=True)
    withdrew_on = models.DateField("withdrew", null=True, blank=True)
    has_withdrawn = models.BooleanField(default=False)
    withdrew_because = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["practice"])]
        constraints = [
            models.UniqueConstraint(fields=["submission", "code"], name="member_named_once_on_a_form"),
            models.CheckConstraint(
                condition=Q(has_withdrawn=True) | Q(withdrew_on__isnull=True, withdrew_because=""),
                name="withdrawal_of_a_member_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.practice) if self.practice_id else f"{self.code} (not in the register)"


class SubmittedDirector(models.Model):
    """A clinical director that the form names."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="directors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    share = models.DecimalField(
        "share of the post (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="director_named_once_on_a_form"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
                name="submitted_share_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def stored_name(document: Document, _name: str) -> str:
    """Under our own name: what the sender called the file never reaches the disk."""
    return f"{document.commissioner.slug}/{document.token}"


class Document(models.Model):
    """A file of a case, checked by content, stored under our own name."""

    class Kind(models.TextChoices):
        FORM = "form", "Registration form"
        MAP = "map", "Network area map"
        AGREEMENT = "agreement", "Network agreement"
        EVIDENCE = "evidence", "Evidence"
        OTHER = "other", "Other"

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField("file name", max_length=200)
    token = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to=stored_name, max_length=250)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:document", args=[self.pk])

    @property
    def commissioner(self) -> Organisation:
        return self.case.commissioner
