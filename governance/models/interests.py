"""Interests that members declare, the conflicts proposed from them, what the chair did, and breaches."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User, ends_after_start

from .agenda import AgendaItem
from .bodies import Body


class Interest(models.Model):
    """An interest that somebody declared to a commissioner.

    In an organisation of the register, or in one that it does not hold (`organisation_named`). `nature` is
    published, but not that of an indirect interest: a relative is not named. A row that was wrong is
    superseded, or withdrawn, with a reason.
    """

    class Kind(models.TextChoices):
        FINANCIAL = "financial", "Financial"
        PROFESSIONAL = "professional", "Non-financial professional"
        PERSONAL = "personal", "Non-financial personal"
        INDIRECT = "indirect", "Indirect"

    class Role(models.TextChoices):
        PARTNER = "partner", "Partner or owner"
        DIRECTOR = "director", "Director"
        EMPLOYEE = "employee", "Employee"
        OTHER = "other", "Other"

    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="declared_interests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="interests_in"
    )
    organisation_named = models.CharField("organisation, not in the register", max_length=200, blank=True)
    role = models.CharField("what they are there", max_length=10, choices=Role.choices, blank=True)
    nature = models.TextField("nature of the interest")
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    declared_on = models.DateField("declared", null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    corrected_because = models.TextField(blank=True)
    withdrawn_on = models.DateField("withdrawn", null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            ends_after_start("interest_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="no_interest_follows_itself",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, organisation_named="")
                | Q(organisation__isnull=True) & ~Q(organisation_named=""),
                name="an_interest_is_in_one_organisation",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(corrected_because=""),
                name="an_interest_is_corrected_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because=""),
                name="an_interest_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        # Shown wherever history is read, also when the entry is no longer published: so it names nobody.
        return f"Entry {self.pk} in the register of interests"

    @property
    def where(self) -> str:
        """The organisation's name, whether the register holds it or not."""
        return str(self.organisation) if self.organisation_id else self.organisation_named

    def get_absolute_url(self) -> str:
        return reverse("governance:interest", args=[self.pk])


class Conflict(models.Model):
    """A conflict of interest of a person with an agenda item, proposed by a rule.

    The secretary confirms it or sets it aside with a reason; the chair records what was done. `rule` is the
    rule's slug, empty where the person declared it at the meeting. `is_warning` where nothing is known rather
    than something: a member whose practice is not declared.
    """

    class Judgement(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        SET_ASIDE = "set_aside", "Set aside"

    class Handling(models.TextChoices):
        STAYS = "stays", "Stays and takes part"
        NO_VOTE = "no_vote", "Stays without voting"
        LEAVES = "leaves", "Leaves for the item"
        NO_PAPER = "no_paper", "Does not receive the paper, and leaves"
        VICE_CHAIR = "vice_chair", "Leaves; the vice-chair takes the chair"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="conflicts")
    rule = models.SlugField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    interest = models.ForeignKey(Interest, models.PROTECT, null=True, blank=True, related_name="conflicts")
    # The rule with what it points at: proposed again, it is the same conflict.
    key = models.CharField(max_length=120)
    because = models.TextField()
    is_warning = models.BooleanField("warning", default=False)
    # Empty while it is proposed. One whose reason is gone is no longer proposed.
    judgement = models.CharField(max_length=10, choices=Judgement.choices, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("set aside because", blank=True)
    handling = models.CharField("what was done", max_length=10, choices=Handling.choices, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    handling_note = models.TextField(blank=True)
    gone_on = models.DateField("no longer so since", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["item", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "key"], name="proposed_once"),
            models.CheckConstraint(
                condition=Q(judgement="", judged_by__isnull=True)
                | ~Q(judgement="") & Q(judged_by__isnull=False),
                name="somebody_judges_a_conflict",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="set_aside") | ~Q(reason=""), name="set_aside_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(handling="", handled_by__isnull=True)
                | ~Q(handling="") & Q(handled_by__isnull=False, judgement="confirmed"),
                name="what_is_handled_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.because}"

    @property
    def commissioner(self) -> Organisation:
        return self.item.meeting.commissioner


class Breach(models.Model):
    """A breach of the rules on interests: what happened, what was found, what was done."""

    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="breaches")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="breaches")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="breaches")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="breaches")
    what = models.TextField("what happened")
    happened_on = models.DateField("happened", null=True, blank=True)
    found_on = models.DateField("found")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    findings = models.TextField("what was found", blank=True)
    done = models.TextField("what was done", blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_on", "-pk"]
        verbose_name_plural = "breaches"
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_breach_says_what_happened"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(done=""), name="a_breach_closes_with_what_was_done"
            ),
        ]

    def __str__(self) -> str:
        return f"Breach found on {self.found_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("governance:breach", args=[self.pk])
