"""What an organisation was called, who took over from it, and who holds an office in it. All dated."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .identity import ByIdentity, Identified
from .organisations import Organisation, Person, ends_after_start

# Organisations by the id of the one that they came before, or after.
Line = dict[int, list[Organisation]]


class NotWithdrawn(ByIdentity):
    """Without what was recorded by mistake."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(is_withdrawn=False)


class FormerDetail(Identified, models.Model):
    """What stood in a column of an organisation until a day; what stands now is in the column itself.

    So a detail of any day is the value with the smallest `until` after that day, else the column. `value` is
    the text; of a commissioner it is the ODS code, empty where there was none. A row that is withdrawn was
    recorded by mistake: only `every` finds it.
    """

    identity = ("organisation", "what", "until")

    class What(models.TextChoices):
        NAME = "name", "Name"
        CODE = "code", "ODS code"
        POSTCODE = "postcode", "Postcode"
        COMMISSIONER = "commissioner", "Commissioner"
        CONTRACT = "contract_type", "Contract"
        DORMANT = "is_dormant", "Dormant"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_details")
    what = models.CharField(max_length=15, choices=What.choices)
    value = models.CharField(max_length=200, blank=True)
    until = models.DateField()
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)
    # The database's default too: imports write rows without Django.
    is_withdrawn = models.BooleanField("withdrawn", default=False, db_default=False)

    objects: ClassVar[Any] = NotWithdrawn()
    every: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["organisation", "what", "until"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "what", "until"],
                condition=Q(is_withdrawn=False),
                name="former_detail_ends_once_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_what_display()} {self.value} until {self.until:%-d %B %Y}"


class Succession(Identified, models.Model):
    """An organisation takes over from another. `on` is empty where no document gives the day.

    A dispersed list has no single successor: `successor` is empty. What a succession of commissioners gives
    to whom: `User.roles_in_force`. A row that is withdrawn was recorded by mistake, or another that gives its
    day supersedes it: only `every` finds it.
    """

    identity = ("predecessor", "successor")

    class Kind(models.TextChoices):
        SUCCEEDED = "succeeded", "Succeeded by"
        MERGED = "merged", "Merged into"
        TAKEN_ON = "taken_on", "List taken on by"
        DISPERSED = "dispersed", "List dispersed"

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="predecessions"
    )
    is_withdrawn = models.BooleanField("withdrawn", default=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField(null=True, blank=True)
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)

    objects: ClassVar[Any] = NotWithdrawn()
    every: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=Q(is_withdrawn=False),
                name="taken_over_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="dispersed", successor__isnull=True)
                | (~Q(kind="dispersed") & Q(successor__isnull=False)),
                name="only_a_dispersed_list_has_no_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(predecessor=models.F("successor")),
                name="nobody_succeeds_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}: {self.get_kind_display()} {self.successor or ''}".rstrip()


def succeeded_by(day: date) -> Q:
    """Successions of commissioners by `day`. One without a day counts: that it happened is held."""
    return (Q(on__isnull=True) | Q(on__lte=day)) & Q(kind=Succession.Kind.SUCCEEDED)


def lines_on(day: date) -> tuple[Line, Line]:
    """Of each commissioner all that it had succeeded by `day`, and all that had succeeded it. One query."""
    before: Line = defaultdict(list)
    after: Line = defaultdict(list)
    rows = Succession.objects.filter(succeeded_by(day)).select_related("predecessor", "successor")
    for row in rows:
        if row.successor:
            before[row.successor.pk].append(row.predecessor)
            after[row.predecessor.pk].append(row.successor)
    return _whole(before), _whole(after)


def _whole(next_to: Line) -> Line:
    return {pk: _along(pk, next_to) for pk in list(next_to)}


def _along(first: int, next_to: Line) -> list[Organisation]:
    found: list[Organisation] = []
    waiting = list(next_to[first])
    while waiting:
        other = waiting.pop(0)
        if other.pk != first and other not in found:
            found.append(other)
            waiting += next_to.get(other.pk, [])
    return found


class Office(Identified, models.Model):
    """A person holds an office in an organisation, such as the chair of a federation."""

    identity = ("organisation", "person", "title", "starts_on")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    title = models.CharField(max_length=80)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)

    objects: ClassVar[Any] = ByIdentity()

    class Meta:
        ordering = ["organisation", "title", "pk"]
        constraints = [ends_after_start("office_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.person}, {self.title} of {self.organisation}"
