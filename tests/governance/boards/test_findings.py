"""Doubts about bodies: each arises from what is held, and not before its document is published."""

from datetime import date, timedelta

import pytest

from governance.findings import RULES
from governance.models import AgendaItem, BetweenMeetings, Resolution, Rhythm, TurnToChair
from tests import factories as make
from tests.governance.boards.making import board, reports, seat, slides

TODAY = make.COMMITTEE_DAY
PUBLISHED = date(2019, 6, 18)
BY_SLUG = {rule.slug: rule for rule in RULES}


def found(slug, day=TODAY):
    return {str(doubt.subject): doubt for doubt in BY_SLUG[slug].find(day)}


def test_a_body_without_a_chair_is_doubted_until_somebody_is_named(harrow):
    assert found("body-without-a-chair")["Primary Care Commissioning Committee"].found == "No chair is held"
    held = seat(harrow.committee, office="Provider MD CD", chairs="chair")
    doubt = found("body-without-a-chair")["Primary Care Commissioning Committee"]
    assert doubt.found == "The chair is to be named: Provider MD CD"
    assert doubt.commissioner == harrow.ccg.pk
    held.person = make.PersonFactory.create()
    held.save()
    assert "Primary Care Commissioning Committee" not in found("body-without-a-chair")


def test_co_chairs_and_partners_who_take_turns_are_a_chair(harrow):
    seat(harrow.committee, "Dr Genevieve Small", chairs="co_chair")
    seat(harrow.panel, "Dr Vice", chairs="vice_chair")
    body = board(harrow, "Provider Management Board", chair_rule="rotating")
    assert found("body-without-a-chair")[body.name].found.startswith("The order in which the partners")
    TurnToChair.objects.create(body=body, organisation=harrow.havering, position=1)
    assert set(found("body-without-a-chair")) == {harrow.panel.name}


def test_only_the_one_at_the_top_of_its_organisation_reports_to_nobody(harrow):
    rule = "body-without-a-parent"
    assert set(found(rule)) == {harrow.committee.name, harrow.panel.name}
    governing = board(harrow, "Governing Body")
    reports(harrow.committee, governing)
    harrow.panel.tier = "system"
    harrow.panel.save()
    assert found(rule) == {}
    orphan = board(harrow, "Quality and Risk")
    reports(orphan, governing, "feeds_into")
    doubt = found(rule)[orphan.name]
    assert doubt.found == "It feeds into Governing Body and reports to no body"
    below = board(harrow, "Below")
    reports(below, orphan)
    assert set(found(rule)) == {governing.name, orphan.name}


def test_a_line_that_has_ended_or_leads_to_a_closed_body_is_no_parent(harrow):
    governing = board(harrow, "Governing Body", status="closed")
    reports(harrow.committee, governing)
    reports(harrow.committee, harrow.panel, ends_on=TODAY)
    assert harrow.committee.name in found("body-without-a-parent")
    assert governing.name not in found("body-without-a-parent")


@pytest.mark.parametrize("slug", ["body-without-a-chair", "body-without-a-parent", "body-has-not-met"])
def test_no_body_is_doubted_before_its_document_is_published(harrow, slug):
    body = board(harrow, "Joint Management Board", source=slides(), organisation=harrow.havering)
    Rhythm.objects.create(body=body, every=1, unit="week", starts_on=date(2019, 1, 1), source=slides())
    assert body.name not in found(slug, PUBLISHED - timedelta(days=1))
    assert body.name in found(slug, PUBLISHED)


def rhythm(body, **facts):
    return Rhythm.objects.create(
        **{"body": body, "every": 2, "unit": "week", "stated": "Fortnightly"} | facts
    )


def test_a_body_that_did_not_meet_for_twice_its_rhythm_is_doubted(harrow):
    rhythm(harrow.committee)
    harrow.meeting(harrow.committee, date(2019, 4, 22))
    assert found("body-has-not-met", date(2019, 5, 19)) == {}
    doubt = found("body-has-not-met", TODAY)[harrow.committee.name]
    assert (doubt.stated, doubt.found, doubt.since) == (
        "Meets every 2 weeks (“Fortnightly”)",
        "Last met on 22 April 2019",
        TODAY,
    )
    harrow.meeting(harrow.committee, TODAY)
    assert found("body-has-not-met", TODAY) == {}


def test_a_cancelled_meeting_was_none_and_a_planned_one_is_not_yet(harrow):
    rhythm(harrow.committee, starts_on=date(2019, 4, 1))
    harrow.meeting(harrow.committee, date(2019, 6, 3))
    make.MeetingFactory.create(
        body=harrow.committee, held_on=date(2019, 5, 13), is_cancelled=True, cancelled_because="Snow"
    )
    doubt = found("body-has-not-met")[harrow.committee.name]
    assert (doubt.found, doubt.since) == ("No meeting since 1 April 2019 is held", date(2019, 4, 29))


def test_months_are_counted_from_the_document_where_no_start_is_held(harrow):
    body = board(harrow, "Joint Management Board", source=slides())
    rhythm(body, unit="month", source=slides())
    assert found("body-has-not-met", date(2019, 10, 17)) == {}
    assert set(found("body-has-not-met", date(2019, 10, 18))) == {body.name}


def test_of_a_rhythm_of_which_no_start_is_held_nothing_is_said(harrow):
    rhythm(harrow.committee)
    assert found("body-has-not-met", date(2030, 1, 1)) == {}


def test_a_partner_whose_turn_was_passed_over_is_named_and_not_the_next_in_turn(harrow):
    partners = [make.OrganisationFactory.create(name=name, kind="provider") for name in ("CLCH", "HH", "LA")]
    for position, partner in enumerate(partners, start=1):
        TurnToChair.objects.create(body=harrow.committee, organisation=partner, position=position)
    days = [date(2019, 4, day) for day in (1, 8, 15, 22)]
    for day, chair in zip(days, (1, 2, 1, None), strict=True):
        held = harrow.meeting(harrow.committee, day)
        held.chaired_by = partners[chair] if chair is not None else None
        held.save()
    (doubt,) = BY_SLUG["turn-to-chair-passed-over"].find(TODAY)
    assert (doubt.stated, doubt.found, doubt.since) == ("It was the turn of CLCH", "HH chaired", days[2])
    assert doubt.commissioner == harrow.ccg.pk
    assert list(BY_SLUG["turn-to-chair-passed-over"].find(days[1])) == []


def test_an_action_between_meetings_is_doubted_until_the_body_agrees(harrow):
    action = BetweenMeetings.objects.create(
        body=harrow.committee,
        commissioner=harrow.ccg,
        kind="chair",
        text="Extended the hub’s lease",
        why="It ended before the next meeting",
        taken_on=TODAY,
        recorded_by=harrow.user("secretary"),
    )
    rule = BY_SLUG["action-between-meetings-not-ratified"]
    assert list(rule.find(TODAY - timedelta(days=1))) == []
    (doubt,) = rule.find(TODAY)
    assert doubt.stated == (
        "Chair’s action of 20 May 2019 for Primary Care Commissioning Committee: Extended the hub’s lease"
    )
    item = AgendaItem.objects.create(
        meeting=harrow.meeting(harrow.committee, date(2019, 6, 17)), position=9, title="Chair’s action"
    )
    action.item = item
    action.save()
    noted = Resolution.objects.create(item=item, outcome="noted", text="it be noted")
    assert len(list(rule.find(TODAY))) == 1
    Resolution.objects.create(
        item=item, outcome="agreed", text="it be ratified", supersedes=noted, reason="A slip"
    )
    assert list(rule.find(TODAY)) == []
