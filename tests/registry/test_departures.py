"""What is not met goes to the NHS England regional team, with its reason."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Commissioner, Departure
from registry.workflow import missing, move
from registry.workflow.forms import edit_form
from registry.workflow.reviewing import (
    answer_line,
    departures_of,
    record_departure,
    record_reply,
    send_departure,
)
from tests import steps
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import EAST, Harrow

SENT, REPLIED = date(2019, 5, 18), date(2019, 5, 20)


@pytest.fixture
def east(harrow: Harrow):
    """Harrow East PCN under review: its 28,619 patients are fewer than 30,000."""
    return steps.under_review(harrow, "Harrow East PCN")


def depart(harrow, case, key="population", by="officer", seen=None, reason="A natural community."):
    line = steps.line_of(case, key)
    return record_departure(line, by=harrow.user(by), seen=seen or line.case.version, reason=reason)


def held(case):
    return Departure.objects.select_related("line__case__commissioner").get(line__case=case)


def send(harrow, case, by="officer", seen=None, sent_on=SENT):
    departure = held(case)
    send_departure(departure, by=harrow.user(by), seen=seen or departure.line.case.version, sent_on=sent_on)


def reply(harrow, case, by="officer", seen=None, said="agreed", **facts):
    departure = held(case)
    record_reply(departure, by=harrow.user(by), seen=seen or departure.line.case.version, reply=said, **facts)


def test_a_departure_goes_to_the_region_of_the_commissioner_with_its_reason(harrow: Harrow, east):
    with one_event(east, "recorded the departure", harrow.user("officer")):
        depart(harrow, east)
    assert (str(held(east).region), held(east).reason) == (
        "NHS England, London region",
        "A natural community.",
    )
    assert held(east).word == "Not sent"
    with one_event(east, "sent the departure to the regional team", harrow.user("officer")):
        send(harrow, east)
    assert held(east).word == "Regional answer not held"
    assert [d.sent_on for d in departures_of(east)] == [SENT]


def test_a_departure_has_a_reason(harrow: Harrow, east):
    with refused("Give the reason for the departure.", "reason"):
        depart(harrow, east, reason=" ")


def test_what_is_met_has_no_departure(harrow: Harrow, east):
    with refused("This requirement is met: there is no departure."):
        depart(harrow, east, "members")
    with refused("This requirement is met: there is no departure."):
        depart(harrow, east, "contiguity")


def test_a_reason_may_be_bettered_until_it_is_sent(harrow: Harrow, east):
    depart(harrow, east)
    depart(harrow, east, reason="A natural community, and its neighbours agree.")
    assert held(east).reason == "A natural community, and its neighbours agree."
    send(harrow, east)
    with refused("This departure was sent already."):
        depart(harrow, east, reason="Something else")
    with refused("This departure was sent already."):
        send(harrow, east)


def test_it_is_not_sent_in_the_future_but_the_day_may_be_unknown(harrow: Harrow, east):
    depart(harrow, east)
    with refused("The day it was sent can't be in the future.", "sent_on"):
        send(harrow, east, sent_on=date(2019, 5, 21))
    send(harrow, east, sent_on=None)
    assert (held(east).is_sent, held(east).sent_on) == (True, None)


def test_without_a_region_on_record_there_is_nobody_to_send_it_to(harrow: Harrow, east):
    Commissioner.objects.filter(organisation=harrow.ccg).delete()
    with refused("The commissioner's NHS England region is not held."):
        depart(harrow, east)


def test_a_line_answered_as_met_needs_no_departure_any_more(harrow: Harrow, east):
    def answer(said, note):
        line = steps.line_of(east, "contiguity")
        answer_line(line, by=harrow.user("officer"), seen=line.case.version, answer=said, note=note)

    answer("not_met", "Zain does not adjoin.")
    depart(harrow, east, "contiguity")
    answer("met", "It does: the park belongs to it.")
    assert departures_of(east) == []


def test_the_regional_answer_is_recorded_with_its_day_and_source(harrow: Harrow, east):
    depart(harrow, east)
    send(harrow, east)
    with one_event(east, "recorded the regional team's answer", harrow.user("officer"), reply=["", "agreed"]):
        reply(harrow, east, replied_on=REPLIED, note="By e-mail.", source=harrow.report)
    assert (held(east).word, held(east).replied_on) == ("Agreed", REPLIED)


def test_an_answer_follows_the_sending(harrow: Harrow, east):
    depart(harrow, east)
    with refused("Record first that the departure was sent."):
        reply(harrow, east)
    send(harrow, east)
    with refused("Choose what the regional team answered.", "reply"):
        reply(harrow, east, said="perhaps")
    with refused("The day of the answer can't be in the future.", "replied_on"):
        reply(harrow, east, replied_on=date(2019, 5, 21))
    with refused("The answer can't be before the departure was sent.", "replied_on"):
        reply(harrow, east, replied_on=date(2019, 5, 17))


def test_only_reviewers_of_the_commissioner_and_only_the_newest_version(harrow: Harrow, east):
    depart(harrow, east)
    old = held(east).line.case.version
    send(harrow, east)
    for act in (depart, send, reply):
        with not_allowed():
            act(harrow, east, by="secretary")
        with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
            act(harrow, east, by="officer@havering.example")
        with stale():
            act(harrow, east, seen=old)


def test_departures_are_closed_with_the_review_but_the_answer_may_come_later(harrow: Harrow):
    case = steps.before_committee(harrow, "Harrow East PCN")
    with refused("The review of Harrow East PCN is not open: it is “Before committee”."):
        depart(harrow, case)
    with refused("The review of Harrow East PCN is not open: it is “Before committee”."):
        send(harrow, case)
    reply(harrow, case, replied_on=REPLIED)
    assert held(case).word == "Agreed"


def test_a_departure_that_the_region_refused_is_not_approved(harrow: Harrow):
    case = steps.before_committee(harrow, "Harrow East PCN")
    reply(harrow, case, said="refused")
    case.refresh_from_db()
    sentence = "NHS England, London region did not agree to the departure on “Population”."
    assert missing(case, "approve") == sentence
    with refused(sentence):
        move(
            case,
            "approve",
            by=harrow.user("secretary"),
            seen=case.version,
            reasons=steps.REASONS,
            **harrow.quorum,
        )
    assert missing(case, "not_approve") == ""


def test_a_refusal_no_longer_counts_once_the_requirement_is_met(harrow: Harrow, east):
    depart(harrow, east)
    send(harrow, east)
    reply(harrow, east, said="refused")
    east.refresh_from_db()
    move(east, "return_form", by=harrow.user("officer"), seen=east.version, reason="Find more practices.")
    bigger = steps.form(harrow, EAST, 30000)
    edit_form(east, by=harrow.user("officer"), seen=east.version, **bigger)
    steps.do(harrow, east, "submit", "officer")
    steps.do(harrow, east, "open_review", "officer")
    with clock.at(steps.DAYS["recommend"]):
        steps.answer_everything(harrow, east)
    steps.do(harrow, east, "recommend", "officer", reasons=steps.REASONS)
    meeting = harrow.meeting(harrow.committee, SENT.replace(day=20))
    steps.do(harrow, east, "put_on_agenda", "secretary", meeting=meeting)
    assert missing(east, "approve") == ""


def test_a_later_version_of_the_form_departs_anew_and_the_earlier_answer_stays(harrow: Harrow, east):
    depart(harrow, east)
    send(harrow, east)
    reply(harrow, east, said="agreed")
    east.refresh_from_db()
    move(east, "return_form", by=harrow.user("officer"), seen=east.version, reason="State the list size.")
    case = east
    edit_form(case, by=harrow.user("officer"), seen=case.version, **steps.form(harrow, EAST, 29000))
    case.refresh_from_db()
    case = steps.do(harrow, case, "submit", "officer")
    case = steps.do(harrow, case, "open_review", "officer")
    assert departures_of(case) == []
    depart(harrow, case, reason="It grew.")
    assert [(d.reason, d.word) for d in departures_of(case)] == [("It grew.", "Not sent")]
    assert Departure.objects.filter(line__case=case, reply="agreed").count() == 1
