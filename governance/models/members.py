"""Who sits on a body, and how many of them it takes to decide."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, Organisation, Person, ends_after_start

from .bodies import Body


class QuorumRule(models.Model):
    """How many members, and which offices, must be present for the body to decide.

    `offices` is a list of {"office": text, "at_least": number}; {"offices": [text, …], "at_least": number}
    asks for so many of any of several offices.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="quorum_rules")
    voting_members = models.PositiveSmallIntegerField("voting members at least")
    offices = models.JSONField(default=list, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)

    class Meta:
        constraints = [
            ends_after_start("quorum_rule_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(voting_members__gte=1), name="quorum_needs_somebody"),
        ]

    def __str__(self) -> str:
        wanted = [f"{o['at_least']} {o.get('office') or ' or '.join(o['offices'])}" for o in self.offices]
        members = "voting member" if self.voting_members == 1 else "voting members"
        return ", ".join([f"at least {self.voting_members} {members}", *wanted])


class Seat(Identified, models.Model):
    """A seat on a body, from a day until a day: of an organisation, of a person, or of an office.

    Where `person` is empty the member is to be named. `chairs` and `is_guardian` say who chairs it and who is
    its Conflicts of Interest Guardian; `is_voting` is empty where no document says whether it has a vote.
    """

    identity = ("body", "organisation", "person", "office", "starts_on")

    class Part(models.TextChoices):
        MEMBER = "member", "Member"
        IN_ATTENDANCE = "in_attendance", "In attendance"
        DEPUTY = "deputy", "Deputy"

    class Chairs(models.TextChoices):
        CHAIR = "chair", "Chair"
        CO_CHAIR = "co_chair", "Co-chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    office = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=14, choices=Part.choices, default=Part.MEMBER, db_default=Part.MEMBER)
    deputises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="deputy for"
    )
    chairs = models.CharField("in the chair as", max_length=10, choices=Chairs.choices, blank=True)
    is_guardian = models.BooleanField("Conflicts of Interest Guardian", default=False, db_default=False)
    is_voting = models.BooleanField("voting", null=True, blank=True, default=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    objects: ClassVar = ByIdentity()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_start("seat_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(office=""),
                name="a_seat_is_somebody_s",
            ),
            models.CheckConstraint(
                condition=~Q(part="in_attendance") | Q(is_voting=False), name="who_attends_has_no_vote"
            ),
            models.CheckConstraint(
                condition=Q(deputises__isnull=True) | Q(part="deputy"), name="a_deputy_deputises"
            ),
        ]

    def __str__(self) -> str:
        holder = str(self.person or self.organisation or "To be named")
        return f"{holder}, {self.office}" if self.office else holder

    @property
    def who(self) -> str:
        """The person, or that one is still to be named."""
        return str(self.person or "To be named")

    @property
    def part_in_words(self) -> str:
        """Member; member, chair; member, Conflicts of Interest Guardian."""
        said = [self.get_part_display()]
        if self.chairs:
            said.append(self.get_chairs_display().lower())
        if self.is_guardian:
            said.append("Conflicts of Interest Guardian")
        return ", ".join(said)

    @property
    def vote_in_words(self) -> str:
        return {True: "Voting", False: "Without a vote", None: "not held"}[self.is_voting]
