"""Runs of the imports: what a published file said, what the portal made of it, and what is kept beside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User, ends_after_start

from .register import PCN


def stored_name(run: ImportRun, _name: str) -> str:
    """Under our own name: what the sender called the file never reaches the disk."""
    return f"imports/{run.sha256}"


class ImportRun(models.Model):
    """One file, read and checked; written to the register only when somebody applies it.

    `stated_on` is the day for which the file speaks. `codes` are the commissioners that were asked for, empty
    for all England. With `accepts_jumps` its user vouches for typed figures far off what is held: which,
    says the report. `counts` are rows by what becomes of them, `report` the lines of the difference report,
    `undo` what takes the run back. Proposed, applied, undone or discarded follows from the dates.
    """

    class Kind(models.TextChoices):
        ODS = "ods", "Practices (epraccur)"
        EPCN = "epcn", "PCNs and their members (ePCN)"
        LIST_SIZES = "list_sizes", "List sizes"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    stated_on = models.DateField("date of the file")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("size in bytes")
    file = models.FileField(upload_to=stored_name, max_length=250, blank=True)
    codes = models.JSONField("commissioners", default=list, blank=True)
    accepts_matches = models.BooleanField(default=False)
    accepts_jumps = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    undo = models.JSONField(default=dict)
    source = models.OneToOneField(Source, models.PROTECT, null=True, blank=True, related_name="import_run")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                name="only_an_applied_import_is_undone",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True) | Q(applied_at__isnull=True),
                name="an_applied_import_is_not_discarded",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("registry:import_run", args=[self.pk])

    @property
    def state(self) -> str:
        """Proposed, Applied, Undone or Discarded."""
        if self.undone_at:
            return "Undone"
        if self.discarded_at:
            return "Discarded"
        return "Applied" if self.applied_at else "Proposed"


class FileStatementQuerySet(models.QuerySet["FileStatement"]):
    def standing(self) -> FileStatementQuerySet:
        """What a file still says, and the register does not say too."""
        return self.filter(gone_on__isnull=True)


class FileStatement(models.Model):
    """What a published file says where a commissioner recorded the fact: kept beside, never written over it.

    Of a membership `value` is the code of the PCN, `label` its name, and the dates those of the file. From
    `gone_on` a later file no longer says it, or the register says the same.
    """

    class What(models.TextChoices):
        MEMBERSHIP = "membership", "Member of a PCN"
        NAME = "name", "Name"
        POSTCODE = "postcode", "Postcode"
        COMMISSIONER = "commissioner", "Commissioner"
        OPENED = "opened_on", "Opened"
        CLOSED = "closed_on", "Closed"
        DORMANT = "is_dormant", "Dormant"

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="statements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="file_statements")
    what = models.CharField(max_length=12, choices=What.choices)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    gone_on = models.DateField("no longer needed from", null=True, blank=True)

    objects: ClassVar[Any] = FileStatementQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "what", "-run", "pk"]
        indexes = [models.Index(fields=["organisation", "what"])]
        constraints = [ends_after_start("file_statement_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_what_display()} {self.label or self.value}"


class PCNMatch(models.Model):
    """A PCN whose code no file gave and the row of a file that is proposed to be it.

    `shared`, `held` and `named` count practices: in both, of the PCN that is held, of the file's. `parent` is
    the code of the commissioner that the file names; `closed_on` is the first day on which it is closed.
    """

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="matches")
    pcn = models.ForeignKey(PCN, models.PROTECT, related_name="matches")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    parent = models.CharField("commissioner's code", max_length=12)
    shared = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField()
    named = models.PositiveSmallIntegerField()
    has_same_name = models.BooleanField()
    has_same_commissioner = models.BooleanField()
    is_accepted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["is_accepted", "pcn__organisation__name", "-shared", "code"]
        verbose_name = "match of a PCN"
        constraints = [
            models.UniqueConstraint(fields=["pcn", "code"], name="match_proposed_once"),
            models.UniqueConstraint(
                fields=["pcn"], condition=Q(is_accepted=True), name="pcn_matched_to_one_code"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_accepted=True), name="code_matched_to_one_pcn"
            ),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True, decided_at__isnull=True)
                | Q(is_accepted__isnull=False, decided_at__isnull=False),
                name="match_decided_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(shared__lte=F("held")) & Q(shared__lte=F("named")),
                name="match_shares_no_more_than_there_are",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pcn} and {self.code} {self.name}"

    @property
    def commissioner(self) -> Organisation:
        return self.pcn.commissioner

    def get_absolute_url(self) -> str:
        return reverse("registry:match", args=[self.pk])
