"""What people say about a finding: each verb is one transaction with its event."""

from datetime import date

import pytest

from pcnportal.findings.answers import accept, reopen, wait
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.findings.making import finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(harrow):
    return finding(make.PCNFactory.create(), harrow.ccg)


def test_accepting_keeps_the_reason_and_who_gave_it(harrow, found):
    officer = harrow.user("officer")
    with one_event(found, "accept_finding", officer, status=["Open", "Accepted"]):
        accept(found, by=officer, seen=0, reason="The committee allowed it on 20 May.")
    assert (found.status, found.reason, found.by) == (
        "Accepted",
        "The committee allowed it on 20 May.",
        officer,
    )
    assert found.said_on == make.COMMITTEE_DAY


def test_accepting_needs_a_reason(harrow, found):
    with refused("Say why the finding is accepted as it stands.", "reason"):
        accept(found, by=harrow.user("officer"), seen=0, reason="  ")


def test_waiting_says_for_whom(harrow, found):
    with one_event(found, "wait_for_finding", harrow.user("manager"), waiting_for="ODS"):
        wait(found, by=harrow.user("manager"), seen=0, waiting_for=" ODS ", reason="Asked on Monday.")
    assert (found.status, found.waiting_for, found.reason) == ("Waiting", "ODS", "Asked on Monday.")


def test_waiting_needs_somebody_to_wait_for(harrow, found):
    with refused("Say for whom or for what the finding waits.", "waiting_for"):
        wait(found, by=harrow.user("officer"), seen=0, waiting_for="")


def test_opening_again_takes_the_answer_back_and_keeps_why_in_history(harrow, found):
    officer = harrow.user("officer")
    accept(found, by=officer, seen=0, reason="The committee allowed it.")
    with one_event(found, "reopen_finding", officer, status=["Accepted", "Open"]):
        reopen(found, by=officer, seen=1, reason="It did not.")
    assert (found.status, found.reason, found.by) == ("Open", "", None)


def test_what_is_open_is_not_opened_again(harrow, found):
    with refused("The finding is open already."):
        reopen(found, by=harrow.user("officer"), seen=0)


def test_a_corrected_finding_takes_no_answer(harrow, found):
    type(found).objects.update(gone_on=date(2020, 1, 31))
    with refused("The finding is corrected: what it doubted is no longer so."):
        accept(found, by=harrow.user("officer"), seen=0, reason="Fine.")


def test_the_second_of_two_answers_is_told_of_the_first(harrow, found):
    accept(found, by=harrow.user("officer"), seen=0, reason="Fine.")
    with stale():
        wait(found, by=harrow.user("manager"), seen=0, waiting_for="ODS")


@pytest.mark.parametrize("role", ["auditor", "secretary", "admin"])
def test_who_only_reads_may_not_answer(harrow, found, role):
    with not_allowed():
        accept(found, by=harrow.user(role), seen=0, reason="Fine.")


def test_another_commissioners_officer_may_not_answer(harrow, found):
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        accept(found, by=harrow.user("officer@havering.example"), seen=0, reason="Fine.")


def test_what_is_nobodys_own_is_answered_by_any_officer(harrow):
    national = finding(make.PCNFactory.create(), None)
    accept(national, by=harrow.user("officer@havering.example"), seen=0, reason="Fine.")
    assert national.status == "Accepted"
