"""What the registry adds to a meeting: the registrations on its agenda, and how to record the decision."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from governance.models import Meeting
from governance.workflow.meetings import add_item
from pcnportal import clock
from registry.panels import items_to_decide
from tests import factories as make
from tests import steps
from tests.registry.pages.reading import words


class Shown:
    """The panel as a person reads it."""

    def __init__(self, panel):
        page = render_to_string(panel.template, {"panel": panel.context}, using="jinja2")
        self.content = f"<main>{page}</main>".encode()
        self.words = words(self)


def panel_for(harrow, who, meeting=None):
    request = RequestFactory().get("/")
    request.user = harrow.user(who)
    return items_to_decide(request, meeting or Meeting.objects.get(body=harrow.committee))


def test_a_member_reads_size_criteria_recommendation_and_stage(harrow):
    steps.before_committee(harrow, "Harrow East PCN")
    said = Shown(panel_for(harrow, "member")).words
    assert "Harrow East PCN Item 1" in said
    assert "28,619 1,381 below 30,000" in said
    assert "5 of 6: Population" in said
    assert "Approve" in said
    assert "Before committee" in said
    assert "Not decided yet." in said


def test_the_secretary_finds_the_way_to_record_the_decision(harrow):
    case = steps.before_committee(harrow)
    assert (
        f'href="/registrations/{case.pk}/decide/"' in Shown(panel_for(harrow, "secretary")).content.decode()
    )


def test_before_the_meeting_there_is_nothing_to_record(harrow):
    steps.before_committee(harrow)
    with clock.at(steps.DAYS["put_on_agenda"]):
        assert "The meeting is still to come." in Shown(panel_for(harrow, "secretary")).words


def test_who_recommended_does_not_record_the_decision(harrow):
    case = steps.before_committee(harrow)
    case.recommendations.update(made_by=harrow.user("manager"))
    assert (
        "You recommended it, so someone else records the decision."
        in Shown(panel_for(harrow, "manager")).words
    )


@pytest.mark.parametrize(
    ("conditions", "said"), [(0, "Approved"), (1, "Approved with conditions")], ids=["none", "one"]
)
def test_what_was_decided_stands_beside_its_item(harrow, conditions, said):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)] * conditions)
    decision = case.decisions.get()
    shown = Shown(panel_for(harrow, "secretary"))
    assert f'<a href="{decision.get_absolute_url()}">{said}</a>' in shown.content.decode()


def test_beside_what_was_decided_stands_how_the_body_could_decide(harrow):
    decision = steps.approved(harrow).decisions.get()
    said = Shown(panel_for(harrow, "secretary")).words
    assert f"Quorum, attested: {decision.quorum_note} ({decision.quorum_source})" in said


def test_a_meeting_without_registrations_has_no_such_part(harrow):
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    add_item(meeting, by=harrow.user("secretary"), title="Minutes of the last meeting")
    assert panel_for(harrow, "secretary", meeting) is None


def test_somebody_elses_registrations_are_left_out(harrow):
    steps.before_committee(harrow)
    assert panel_for(harrow, "officer@havering.example") is None


def test_it_asks_as_often_for_many_items_as_for_one(harrow):
    def queries():
        user = harrow.user("secretary")
        user.roles_in_force  # noqa: B018  (asked once a request, before any panel)
        with CaptureQueriesContext(connection) as asked:
            panel_for(harrow, "secretary")
        return len(asked)

    steps.before_committee(harrow)
    one = queries()
    steps.before_committee(harrow, "Harrow East PCN")
    assert queries() == one
