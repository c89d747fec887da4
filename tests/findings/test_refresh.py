"""Findings are kept up with what rules doubt: new, unchanged, changed, gone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal.findings.answers import accept, wait
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import refresh
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.history.models import Event
from pcnportal.history.record import events_of, is_genuine
from tests import factories as make

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2019, 5, 20), date(2019, 6, 20), date(2019, 7, 20)


class Doubting:
    """A rule whose doubts a test says."""

    def __init__(self, *doubts):
        self.doubts = list(doubts)
        self.rule = Rule(
            slug="list-size",
            group="register",
            title="List size",
            question="Is it?",
            source="DES",
            to_do="Ask.",
            find=self.find,
        )

    def find(self, day):
        return self.doubts

    def refreshed(self, day):
        return refresh([self.rule], day=day)


@pytest.fixture
def doubt(harrow):
    pcn = make.PCNFactory.create()
    return Doubt(
        subject=pcn,
        commissioner=harrow.ccg.pk,
        stated="30,000 to 50,000 patients",
        found="28,619 patients",
        difference="1,381 below 30,000",
        patients=1381,
    )


def test_a_new_doubt_is_a_finding_that_is_open_since_that_day(harrow, doubt):
    assert Doubting(doubt).refreshed(MAY).new == 1
    found = Finding.objects.get()
    assert (found.about, found.status, found.first_seen) == ("Harrow East PCN", "Open", MAY)
    assert (found.commissioner, found.subject, found.patients) == (harrow.ccg, doubt.subject, 1381)


def test_an_unchanged_doubt_keeps_the_day_on_which_it_was_first_seen_and_its_version(doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    assert asked.refreshed(JUNE).new == 0
    found = Finding.objects.get()
    assert (found.first_seen, found.version) == (MAY, 0)


def test_a_doubt_that_is_gone_is_corrected_by_itself(doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    asked.doubts = []
    assert asked.refreshed(JUNE).corrected == 1
    found = Finding.objects.get()
    assert (found.status, found.gone_on) == ("Corrected", JUNE)
    assert asked.refreshed(JULY).corrected == 0
    found.refresh_from_db()
    assert found.gone_on == JUNE


def test_a_doubt_that_comes_back_is_open_since_it_came_back(doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    asked.doubts = []
    asked.refreshed(JUNE)
    asked.doubts = [doubt]
    asked.refreshed(JULY)
    found = Finding.objects.get()
    assert (found.status, found.first_seen, found.gone_on) == ("Open", JULY, None)


def test_what_was_accepted_stays_accepted_while_nothing_changes(harrow, doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    accept(Finding.objects.get(), by=harrow.user("officer"), seen=0, reason="The committee allowed it.")
    asked.doubts = [replace(doubt, meaning="Said in other words.")]
    asked.refreshed(JUNE)
    found = Finding.objects.get()
    assert (found.status, found.reason, found.meaning) == (
        "Accepted",
        "The committee allowed it.",
        "Said in other words.",
    )


def test_what_was_accepted_opens_again_when_the_figure_changes_and_history_says_so(harrow, doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    accept(Finding.objects.get(), by=harrow.user("officer"), seen=0, reason="The committee allowed it.")
    asked.doubts = [replace(doubt, found="27,000 patients")]
    assert asked.refreshed(JUNE).reopened == 1
    found = Finding.objects.get()
    assert (found.status, found.reason, found.by, found.first_seen) == ("Open", "", None, MAY)
    newest = events_of(found)[0]
    assert newest.changes["found"] == ["28,619 patients", "27,000 patients"]
    assert (newest.by, newest.commissioner) == (None, harrow.ccg)
    assert is_genuine(newest)


def test_what_waits_for_somebody_waits_on_when_the_figure_changes(harrow, doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    wait(Finding.objects.get(), by=harrow.user("officer"), seen=0, waiting_for="ODS")
    asked.doubts = [replace(doubt, found="27,000 patients")]
    asked.refreshed(JUNE)
    found = Finding.objects.get()
    assert (found.status, found.waiting_for, found.found) == ("Waiting", "ODS", "27,000 patients")


def test_what_was_accepted_and_left_comes_back_accepted_where_it_is_the_same(harrow, doubt):
    """An import that is undone and applied again takes nobody's answer away."""
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    accept(Finding.objects.get(), by=harrow.user("officer"), seen=0, reason="The committee allowed it.")
    asked.doubts = []
    asked.refreshed(JUNE)
    asked.doubts = [doubt]
    asked.refreshed(JULY)
    assert Finding.objects.get().status == "Accepted"


def test_other_rules_are_left_alone(doubt):
    Doubting(doubt).refreshed(MAY)
    refresh([], day=JUNE)
    assert Finding.objects.get().status == "Open"


def test_what_a_rule_doubts_twice_is_one_finding(doubt):
    Doubting(doubt, replace(doubt, found="Other")).refreshed(MAY)
    assert Finding.objects.get().found == "28,619 patients"


def test_a_refresh_of_many_asks_no_more_often_than_one_of_few(harrow, doubt):
    def doubts(number, found="28,619 patients"):
        return [replace(doubt, key=str(n), found=found) for n in range(number)]

    def queries(asked, day):
        with CaptureQueriesContext(connection) as made:
            asked.refreshed(day)
        return len(made)

    asked = Doubting(*doubts(2))
    few = [queries(asked, MAY)]
    asked.doubts = doubts(2, "27,000 patients")
    few.append(queries(asked, JUNE))
    Finding.objects.all().delete()
    asked.doubts = doubts(20)
    many = [queries(asked, MAY)]
    for found in Finding.objects.all():
        accept(found, by=harrow.user("officer"), seen=0, reason="Allowed.")
    asked.doubts = doubts(20, "27,000 patients")
    before = Event.objects.count()
    many.append(queries(asked, JUNE))
    assert Event.objects.count() == before + 20
    assert many[0] == few[0]
    assert many[1] <= few[1] + 1  # the events, in one statement


def test_a_refresh_is_seen_by_who_had_the_page_open(harrow, doubt):
    asked = Doubting(doubt)
    asked.refreshed(MAY)
    asked.doubts = [replace(doubt, found="27,000 patients")]
    asked.refreshed(MAY + timedelta(days=1))
    assert Finding.objects.get().version == 1
