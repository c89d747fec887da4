"""The practices and PCNs that a list shows on a day; of today whole, by questions whose SQL is kept."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pcnportal.pages.prepared import Whole, prepared
from pcnportal.people.models import Organisation
from registry.models import PCN, Practice
from registry.register import BY_NAME, PCN_ROW, PRACTICE_ROW, known_on, pcns_on
from registry.there import counted_on, there_on


def practices_of(rows: "QuerySet[Practice]", day: date, *, closed: bool) -> "QuerySet[Practice]":
    """Of some practices those that a list of `day` shows, and those that had `closed` where that is said."""
    # The kind is known: said, so that the index of kind and name gives the rows in order.
    of_kind = Q(organisation__kind=Organisation.Kind.PRACTICE)
    return rows.filter(of_kind, there_on(day, closed=closed))


def pcns_of(rows: "QuerySet[PCN]", day: date, *, closed: bool) -> "QuerySet[PCN]":
    """The same of PCNs."""
    known = rows.filter(Q(organisation__kind=Organisation.Kind.PCN), known_on(day))
    return known if closed else known.exclude(organisation__closed_on__lte=day)


def practices_today(day: date) -> Whole:
    """All that are there on `day`, which is today, by name."""
    return Whole(_practices, _practices_counted, PRACTICE_ROW, day)


def pcns_today(day: date) -> Whole:
    """All that are known on `day`, which is today, by commissioner and name."""
    return Whole(_pcns, _pcns_counted, PCN_ROW, day)


@prepared
def _practices(day: date) -> "QuerySet[Practice, Any]":
    rows = Practice.every.order_by(BY_NAME, "pk")
    return practices_of(rows, day, closed=False).values_list(*PRACTICE_ROW)


@prepared
def _practices_counted(day: date) -> "QuerySet[Practice, Any]":
    return counted_on(Practice.every.order_by(), day, closed=False).values_list("pk")


@prepared
def _pcns(day: date) -> "QuerySet[PCN, Any]":
    return pcns_of(pcns_on(day), day, closed=False).values_list(*PCN_ROW)


@prepared
def _pcns_counted(day: date) -> "QuerySet[PCN, Any]":
    return pcns_of(PCN.objects.order_by(), day, closed=False).values_list("pk")
