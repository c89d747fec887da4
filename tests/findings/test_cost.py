"""What rules cost: as many queries for many rows as for few."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal.findings.rules import reading_once
from pcnportal.findings_list import RULES
from pcnportal.people.models import Organisation
from registry.models import PCN, Commitment
from tests import steps
from tests.findings.making import (
    DAY,
    beside,
    directs,
    document,
    file,
    imported,
    joins,
    lists,
    live,
    pcn,
    practice,
    states,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(harrow):
    """Makes one more of everything that a rule reads, of that number."""
    deck, ods, report = document(published_on=date(2019, 7, 24)), file(), harrow.report
    runs = imported(), imported("ods")
    condition = steps.approved(harrow, conditions=[steps.wanted(harrow)]).conditions.get()

    def one_more(number):
        where = pcn(f"Streatfield Network {number}", of=harrow.ccg, source=report)
        other = pcn(f"Sphere {number}", of=harrow.havering, code=f"U{number:05}", source=ods)
        who = practice(f"Streatfield {number}", of=harrow.ccg, postcode=f"HA{number} 1AA", source=ods)
        practice(f"Streatfield Surgery {number}", of=harrow.ccg, postcode="HA1 1AA", source=ods)
        gone = practice(f"Gone {number}", of=harrow.havering, closed_on=date(2019, 9, 1))
        for member, to in ((who, where), (who, other), (gone, where)):
            joins(member, to)
        for to in (where, other):
            live(to)
            lists(to, 28000 + number, deck)
        lists(who, 9000, deck)
        lists(who, 4000, ods)
        directs("Dr N Rao", where, practice=gone)
        directs("Dr I Quigley", where, practice=who)
        slug = where.organisation.slug
        states(deck, PCN, slug, "practices", "17 Practices", 17)
        states(deck, Organisation, "08E", f"rhythm:Board {number}", "monthly")
        states(deck, Organisation, "08E", f"rhythm:Board {number}", "fortnightly")
        states(deck, Organisation, "08E", f"total:{number}", "5", 5)
        states(deck, Organisation, "08E", f"part:{number}:a", "4", 4)
        states(deck, type(harrow.panel), harrow.panel.slug, f"name:{number}", "Panel")
        states(deck, type(harrow.panel), harrow.panel.slug, f"name:{number}", "Board")
        beside(runs[0], who, "membership", f"U9{number:04}")
        beside(runs[1], who, "closed_on", "2019-12-01")
        promise = Commitment.objects.create(
            case=condition.case,
            condition=condition,
            kind="expected_event",
            text="Merge",
            promised_by="Zain",
            ends_on=date(2019, 11, 24),
            source=report,
        )
        promise.parties.add(who.organisation)

    return one_more


def asked(rule):
    with CaptureQueriesContext(connection) as made:
        found = list(rule.find(DAY))
    return len(made), len(found)


def test_every_rule_asks_as_often_for_many_rows_as_for_few(crowd):
    for number in range(3):
        crowd(number)
    few = {rule.slug: (asked(rule), asked(rule))[1] for rule in RULES}  # the first finds the kinds of rows
    for number in range(3, 12):
        crowd(number)
    many = {rule.slug: asked(rule) for rule in RULES}
    doubted = {slug for slug, (_, found) in many.items() if found > few[slug][1]}
    assert {slug: queries for slug, (queries, _) in many.items()} == {
        slug: queries for slug, (queries, _) in few.items()
    }
    assert len(doubted) >= 16, sorted(set(many) - doubted)
    assert max(queries for queries, _ in many.values()) <= 25


def test_rules_that_share_what_they_read_doubt_the_same_and_ask_less(crowd):
    for number in range(3):
        crowd(number)
    days = (DAY, date(2019, 7, 24), date(2020, 7, 1))
    alone = [[sorted(map(repr, rule.find(day))) for rule in RULES] for day in days]
    asked_alone = sum(asked(rule)[0] for rule in RULES)
    for rules in (RULES, RULES[::-1]):
        with reading_once():
            together = {(day, r.slug): sorted(map(repr, r.find(day))) for day in days for r in rules}
        assert [[together[day, rule.slug] for rule in RULES] for day in days] == alone
    with reading_once(), CaptureQueriesContext(connection) as made:
        for rule in RULES:
            list(rule.find(DAY))
    assert len(made) < asked_alone / 1.5
