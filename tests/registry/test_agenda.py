"""A recommended registration on the agenda of the body that decides it."""

from datetime import date

from governance.models import AgendaItem
from pcnportal import clock
from pcnportal.history.record import events_of
from registry.models import Commissioner, Decision
from registry.workflow import missing, move
from registry.workflow.outcomes import item_for
from tests import factories as make
from tests import steps
from tests.claims import one_event, refused
from tests.harrow import Harrow
from tests.registry.ready import LATER


def go(harrow, case, verb, **facts):
    case.refresh_from_db()
    return move(case, verb, by=harrow.user("secretary"), seen=case.version, **facts)


def test_the_item_names_the_registration_and_comes_last(harrow: Harrow):
    case = steps.recommended(harrow)
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    make.AgendaItemFactory.create(meeting=meeting, position=4, title="Minutes")
    with one_event(meeting, "added the agenda item", harrow.user("secretary")):
        go(harrow, case, "put_on_agenda", meeting=meeting)
    item = item_for(case, harrow.committee)
    assert item is not None
    assert (item.position, item.title, item.subject) == (5, "GP Direct PCN: registration", case)


def test_not_without_a_recommendation(harrow: Harrow):
    case = steps.answer_everything(harrow, steps.under_review(harrow))
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    with refused("The registration has not been recommended to the committee."):
        go(harrow, case, "put_on_agenda", meeting=meeting)


def test_not_where_a_line_has_opened_since(harrow: Harrow):
    case = steps.recommended(harrow)
    case.lines.filter(key="contiguity").update(answer="", answered_by=None, answered_for=None)
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    with refused("1 of 6 lines of the checklist still open: Contiguity."):
        go(harrow, case, "put_on_agenda", meeting=meeting)


def test_only_a_coming_meeting_of_the_right_body_for_the_commissioner(harrow: Harrow):
    case = steps.recommended(harrow)
    panel = harrow.meeting(harrow.panel, make.PANEL_DAY)
    past = make.MeetingFactory.create(body=harrow.committee, held_on=date(2019, 5, 19))
    havering = make.MeetingFactory.create(
        body=harrow.committee, commissioner=harrow.havering, held_on=make.COMMITTEE_DAY
    )
    right = "Choose a meeting of Primary Care Commissioning Committee of this commissioner."
    for meeting, sentence in (
        (panel, right),
        (havering, right),
        (past, "Choose a meeting that is today or later."),
    ):
        with refused(sentence, "meeting"):
            go(harrow, case, "put_on_agenda", meeting=meeting)


def test_which_body_decides_has_to_be_held(harrow: Harrow):
    case = steps.recommended(harrow)
    Commissioner.objects.update(deciding_body=None)
    meeting = make.MeetingFactory.create(body=harrow.committee)
    with refused("Which body decides for this commissioner is not held.", "meeting"):
        go(harrow, case, "put_on_agenda", meeting=meeting)


def test_taken_off_with_a_reason_the_item_stays_readable_and_the_case_is_reviewed_on(harrow: Harrow):
    case = steps.before_committee(harrow)
    with refused("Say why it is taken off the agenda.", "reason"):
        go(harrow, case, "take_off_agenda", reason="")
    item = item_for(case, harrow.committee)
    assert item is not None
    with one_event(item.meeting, "took the item off the agenda", harrow.user("secretary")):
        go(harrow, case, "take_off_agenda", reason="The map came too late.")
    item.refresh_from_db()
    assert (item.is_taken_off, item.taken_off_because) == (True, "The map came too late.")
    assert case.status == "under_review"
    assert item_for(case, harrow.committee) is None
    go(harrow, case, "put_on_agenda", meeting=item.meeting)
    assert AgendaItem.objects.filter(subject_id=case.pk).count() == 2


def test_a_case_whose_item_was_taken_off_by_the_meeting_is_taken_off_all_the_same(harrow: Harrow):
    case = steps.before_committee(harrow)
    AgendaItem.objects.update(is_taken_off=True)
    assert missing(case, "approve") == "It is on no agenda of Primary Care Commissioning Committee."
    go(harrow, case, "take_off_agenda", reason="The meeting was cancelled.")
    assert case.status == "under_review"


def test_deferred_to_a_later_meeting_it_waits_before_the_committee(harrow: Harrow):
    case = steps.before_committee(harrow)
    later = harrow.meeting(harrow.committee, LATER)
    decided = {"reasons": ["The chair of the PCN is away."]} | harrow.quorum
    same = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    with refused("Choose a later meeting.", "meeting"):
        go(harrow, case, "defer", meeting=same, **decided)
    panel = harrow.meeting(harrow.panel, LATER)
    with refused("Choose a meeting of Primary Care Commissioning Committee", "meeting"):
        go(harrow, case, "defer", meeting=panel, **decided)
    go(harrow, case, "defer", meeting=later, **decided)
    assert case.status == "before_committee"
    assert [d.outcome for d in case.decisions.all()] == ["deferred"]
    item = item_for(case, harrow.committee)
    assert item is not None
    assert item.meeting == later
    assert missing(case, "approve") == "Primary Care Commissioning Committee meets on 17 June 2019."
    with clock.at(LATER):
        go(harrow, case, "approve", reasons=steps.REASONS, **harrow.quorum)
    assert Decision.objects.get(outcome="approved").decided_on == LATER


def test_once_on_the_panels_agenda_is_enough(harrow: Harrow):
    case = steps.before_panel(harrow)
    assert missing(case, "put_before_panel") == "It is on the panel's agenda already."
    with refused("It is on the panel's agenda already."):
        go(harrow, case, "put_before_panel", meeting=harrow.meeting(harrow.panel, make.PANEL_DAY))


def test_a_commissioner_without_a_panel_puts_nothing_before_it(harrow: Harrow):
    case = steps.approved(harrow)
    Commissioner.objects.update(endorsing_body=None)
    meeting = make.MeetingFactory.create(body=harrow.panel)
    with refused("This commissioner has no panel that endorses registrations."):
        go(harrow, case, "put_before_panel", meeting=meeting)


def test_each_body_has_an_item_of_its_own(harrow: Harrow):
    case = steps.before_panel(harrow)
    held = AgendaItem.objects.order_by("pk").values_list("meeting__body__name", "title")
    assert list(held) == [
        (harrow.committee.name, "GP Direct PCN: registration"),
        (harrow.panel.name, "GP Direct PCN: endorsement of registration and directors"),
    ]
    assert [event.verb for event in events_of(case)][:2] == ["put_before_panel", "approve"]
