"""What is on an agenda: standing items, items, their papers, and who left for an item."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, ends_after_start

from .bodies import Body
from .files import StoredFile
from .meetings import Meeting

PRIVATE_TITLE = "An item in the private part"


class Purpose(models.TextChoices):
    DECIDE = "decide", "To decide"
    DISCUSS = "discuss", "To discuss"
    NOTE = "note", "To note"


class StandingItem(models.Model):
    """An item that is on every agenda of a body, in this place, as long as it stands."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="standing_items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    minutes = models.PositiveSmallIntegerField("minutes", null=True, blank=True)
    presenter = models.CharField(max_length=200, blank=True)
    is_private = models.BooleanField("private part", default=False)
    is_last = models.BooleanField("after all other items", default=False)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["body", "position", "pk"]
        constraints = [ends_after_start("standing_item_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One item of a meeting's agenda. `subject` is what it is about, a row of an app above.

    `number` is as printed, so two items may have the same; publishing the agenda gives one to those without.
    `starts_at` and `ends_at` are held where they are printed, else they follow from `duration` in minutes.

    `asked` is what the body is asked to do, `if_not` what happens if it says no. An item that stood over is
    followed by one of a later meeting (`stands_over`).
    """

    Purpose = Purpose

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Item"
        STANDING = "standing", "Standing item"
        RATIFY = "ratify", "Action between meetings to be ratified"
        ACTIONS = "actions", "Open actions"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField("number as printed", max_length=10, blank=True)
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY, db_default="ordinary")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.DECIDE)
    is_private = models.BooleanField("private part", default=False)
    starts_at = models.TimeField("start time", null=True, blank=True)
    ends_at = models.TimeField("end time", null=True, blank=True)
    duration = models.PositiveSmallIntegerField("minutes", null=True, blank=True)
    presenter = models.CharField(max_length=200, blank=True)
    asked = models.TextField("what is asked", blank=True)
    if_not = models.TextField("what happens if the answer is no", blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    standing = models.ForeignKey(StandingItem, models.PROTECT, null=True, blank=True, related_name="items")
    stands_over = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="stood_over"
    )
    stood_over_because = models.TextField("stands over because", blank=True)
    taken_off_because = models.TextField(blank=True)
    is_taken_off = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "position"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_taken_once"),
            models.CheckConstraint(
                condition=Q(is_taken_off=True) | Q(taken_off_because=""), name="a_reason_goes_with_taking_off"
            ),
            models.CheckConstraint(
                condition=Q(stands_over__isnull=True) | ~Q(stands_over=F("id")), name="nothing_follows_itself"
            ),
        ]

    def __str__(self) -> str:
        """What anybody may read of it: no title of a private item."""
        return f"{self.reference}. {PRIVATE_TITLE if self.is_private else self.title}"

    @property
    def reference(self) -> str:
        """What the item is called on the agenda."""
        return self.number or str(self.position)

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def commissioner(self) -> Organisation:
        return self.meeting.commissioner


class Withdrawal(models.Model):
    """Somebody left for one item: no longer counted for its quorum."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="withdrawals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="withdrawals")
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="withdrew_once")]

    def __str__(self) -> str:
        return f"{self.person} withdrew from the item"


class Paper(models.Model):
    """A paper of an item. `enclosure` is its place among the item's papers, which a late one does not change.

    `cover` is what is read instead of a file, or before it. A replaced paper stays readable; the paper that
    replaces it says why.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    enclosure = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    cover = models.TextField(blank=True)
    author = models.CharField(max_length=200, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="paper")
    is_private = models.BooleanField("private paper", default=False)
    is_late = models.BooleanField("late paper", default=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField("replaces the earlier one because", blank=True)
    withdrawn_because = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["item", "enclosure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cover="") | Q(file__isnull=False), name="a_paper_says_something"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_new_paper_says_why"
            ),
            models.UniqueConstraint(
                fields=["item", "enclosure"],
                condition=Q(supersedes__isnull=True),
                name="enclosure_numbered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:paper", args=[self.pk])

    @property
    def commissioner(self) -> Organisation:
        return self.item.meeting.commissioner
