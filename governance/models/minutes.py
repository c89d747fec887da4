"""What was said and resolved: minutes, resolutions with their votes, and actions taken between meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User

from .agenda import AgendaItem
from .bodies import Body


class Minute(models.Model):
    """What the minutes say about an item.

    Until the minutes are published the newest row is edited; afterwards a correction supersedes it, with its
    reason, and both stay readable.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="minutes")
    text = models.TextField()
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField("corrected because", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(supersedes__isnull=True), name="one_minute_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Resolution(models.Model):
    """What a body resolved on an item, in its words. Never edited: one that is wrong is replaced.

    `text` goes on where "RESOLVED that" ends. `quorum_note` says how it is known that the body could decide:
    reckoned from the attendance, or attested. `reason` says why it replaces another one, or why it was added
    to published minutes.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        NOT_AGREED = "not_agreed", "Not agreed"
        NOTED = "noted", "Noted"
        DEFERRED = "deferred", "Deferred"

    class QuorumBasis(models.TextChoices):
        COMPUTED = "computed", "Computed from the attendance"
        ATTESTED = "attested", "Attested"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="resolutions")
    number = models.CharField("reference", max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    text = models.TextField()
    quorum_basis = models.CharField("quorum known by", max_length=10, choices=QuorumBasis.choices, blank=True)
    quorum_note = models.TextField("quorum", blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField("replaced or added because", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_resolution_says_something"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_replacement_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"RESOLVED that {self.text}"

    def get_absolute_url(self) -> str:
        return f"{reverse('governance:minutes', args=[self.item.meeting_id])}#item-{self.item_id}"

    @property
    def commissioner(self) -> Organisation:
        return self.item.meeting.commissioner


class Vote(models.Model):
    """How a voting member voted on a resolution."""

    class Cast(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINED = "abstained", "Abstained"

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="votes")
    cast = models.CharField(max_length=9, choices=Cast.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["resolution", "person"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_cast_display()}"


class BetweenMeetings(models.Model):
    """An action taken between meetings by the chair, or urgently: to be ratified by the body's next meeting.

    `item` is the agenda item that puts it to the body; ratified once a resolution of that item agrees.
    """

    class Kind(models.TextChoices):
        CHAIR = "chair", "Chair’s action"
        URGENT = "urgent", "Urgent action"

    body = models.ForeignKey(Body, models.PROTECT, related_name="actions_between")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    text = models.TextField("what was done")
    why = models.TextField("why it could not wait")
    consulted = models.CharField("who was consulted", max_length=250, blank=True)
    taken_on = models.DateField("date")
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="action_between"
    )
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-taken_on", "-pk"]
        verbose_name = "action between meetings"
        verbose_name_plural = "actions between meetings"
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(why=""), name="an_action_between_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.taken_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("governance:between", args=[self.pk])
