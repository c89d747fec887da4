"""The breach register: recorded, findings added, what was done said, closed."""

from datetime import date

import pytest

from governance.models import Breach
from governance.workflow.breaches import add_findings, close_breach, record_breach
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests import factories as make

WHAT = "An interest was declared after the item was decided."


@pytest.fixture
def breach(harrow):
    return record_breach(
        by=harrow.user("secretary"), commissioner=harrow.ccg, what=WHAT, found_on=make.COMMITTEE_DAY
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"what": " "}, "what"),
        ({"found_on": date(2019, 5, 21)}, "found_on"),
        ({"happened_on": date(2019, 5, 21)}, "happened_on"),
    ],
)
def test_it_says_what_happened_and_when_it_was_found(harrow, facts, field):
    given = {"what": WHAT, "found_on": make.COMMITTEE_DAY} | facts
    with pytest.raises(Refused) as refusal:
        record_breach(by=harrow.user("secretary"), commissioner=harrow.ccg, **given)
    assert refusal.value.field == field
    assert not Breach.objects.exists()


def test_at_an_item_it_is_one_of_the_body(harrow):
    item = make.AgendaItemFactory.create(meeting__body=harrow.committee)
    held = {"by": harrow.user("secretary"), "what": WHAT, "found_on": make.COMMITTEE_DAY, "item": item}
    assert record_breach(commissioner=harrow.ccg, **held).body == harrow.committee
    item.meeting.commissioner = harrow.havering
    with pytest.raises(Refused, match="this commissioner"):
        record_breach(commissioner=harrow.ccg, **held)


@pytest.mark.parametrize("who", ["officer", "chair", "member", "auditor"])
def test_only_who_keeps_it_records_one(harrow, who):
    with pytest.raises(NotAllowed):
        record_breach(by=harrow.user(who), commissioner=harrow.ccg, what=WHAT, found_on=make.COMMITTEE_DAY)


def test_what_was_found_is_added_to_and_closed_with_what_was_done(harrow, breach):
    secretary = harrow.user("secretary")
    with pytest.raises(Refused, match="first what was found"):
        close_breach(breach, by=secretary, seen=1, done="Training.")
    add_findings(breach, by=secretary, seen=1, findings="The form was late.")
    add_findings(breach, by=secretary, seen=2, findings="Twice.")
    with pytest.raises(Refused) as refusal:
        close_breach(breach, by=secretary, seen=3, done=" ")
    assert refusal.value.field == "done"
    close_breach(breach, by=secretary, seen=3, done="Training.")
    breach.refresh_from_db()
    assert (breach.findings, breach.done) == ("The form was late.\n\nTwice.", "Training.")
    assert breach.closed_on == make.COMMITTEE_DAY
    with pytest.raises(Refused, match="closed"):
        add_findings(breach, by=secretary, seen=4, findings="More.")


def test_of_two_who_write_at_once_one_is_told(harrow, breach):
    add_findings(breach, by=harrow.user("secretary"), seen=1, findings="The form was late.")
    with pytest.raises(Stale):
        add_findings(breach, by=harrow.user("manager"), seen=1, findings="It was not.")
