"""Minutes: written item by item, published once nothing waits, corrected afterwards."""

from datetime import date

import pytest

from governance.minutes import attendance_corrections
from governance.models import Meeting, Minute
from governance.undecided import undecided
from governance.workflow.agenda import add_agenda_item
from governance.workflow.meetings import add_item, record_attendance, record_withdrawal, take_off
from governance.workflow.minutes import PERMISSIONS
from pcnportal import clock
from pcnportal.people.roles import PERMISSIONS as KNOWN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.governance.minutes.rows import came, minuted, published, resolved, seen
from tests.harrow import Harrow
from tests.reading import signed_in


def test_until_they_are_published_the_text_is_edited(item, secretary):
    with one_event(item.meeting, "wrote the minutes of the item", secretary):
        first = minuted(item, secretary, "It was long.")
    second = minuted(item, secretary, "It was\r\nshort.")
    assert (first.pk, second.text, item.minutes.count()) == (second.pk, "It was\nshort.", 1)
    with refused("Nothing was changed.", "text"):
        minuted(item, secretary, "It was\r\nshort. ")
    with refused("Enter the minutes of the item.", "text"):
        minuted(item, secretary, " ")


def test_not_before_the_meeting(item, secretary):
    with clock.at(date(2019, 5, 19)), refused("The meeting is on 20 May 2019"):
        minuted(item, secretary)


def test_afterwards_a_change_is_a_correction_with_a_reason_and_both_stay(item, secretary):
    first = minuted(item, secretary, "Three voted.")
    resolved(item, secretary)
    published(item.meeting, secretary)
    with refused("The minutes are published: say why they are corrected.", "reason"):
        minuted(item, secretary, "Four voted.")
    with one_event(item.meeting, "corrected the minutes of the item", secretary):
        second = minuted(item, secretary, "Four voted.", reason="Miscounted.")
    assert (second.supersedes, second.reason) == (first, "Miscounted.")
    assert list(Minute.objects.values_list("text", flat=True)) == ["Three voted.", "Four voted."]
    third = minuted(item, secretary, "Five voted.", reason="Miscounted again.")
    assert third.supersedes == second


def test_a_resolution_after_publishing_says_why_it_comes_late(item, secretary):
    resolved(item, secretary)
    published(item.meeting, secretary)
    with refused("The minutes are published: say why they are corrected.", "reason"):
        resolved(item, secretary, text="the clerk be thanked")
    assert resolved(item, secretary, text="the clerk be thanked", reason="Left out.").reason == "Left out."


def test_they_are_published_once_nothing_waits_to_be_decided(harrow: Harrow, item, private, secretary):
    meeting = item.meeting
    third = add_item(meeting, by=secretary, title="The lease")
    add_item(meeting, by=secretary, title="For information", purpose="note")
    with refused("Items 1, 2 and 3 were to be decided: record what was resolved, or that they stand over."):
        published(meeting, secretary)
    resolved(item, secretary, outcome="deferred", text="the budget be deferred")
    take_off(private, by=secretary, reason="Settled.")
    with refused("Item 3 was to be decided: record what was resolved, or that it stands over."):
        published(meeting, secretary)
    third.stood_over_because = "No time."
    third.save()
    assert undecided(meeting) == []
    with one_event(meeting, "published the minutes", secretary):
        published(meeting, secretary)
    with refused("The minutes are published already."):
        published(meeting, secretary)


def test_who_was_there_is_recorded_or_said_not_to_be_held(item, secretary):
    resolved(item, secretary)
    sentence = "Nobody is recorded as present: record who was there, or say that it is not held."
    with refused(sentence, "attendance_not_held"):
        published(item.meeting, secretary, attendance_not_held=False)
    came(item.meeting, "Dr Genevieve Small")
    published(item.meeting, secretary, attendance_not_held=False)
    assert Meeting.objects.get(pk=item.meeting_id).minutes_published_at == clock.now()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"is_cancelled": True, "cancelled_because": "Snow."}, "is cancelled."),
        (
            {"held_on": date(2019, 5, 21)},
            "The meeting is on 21 May 2019: its minutes are published on that day or later.",
        ),
    ],
)
def test_no_minutes_of_what_was_not_held(item, secretary, change, sentence):
    Meeting.objects.filter(pk=item.meeting_id).update(**change)
    with refused(sentence):
        published(item.meeting, secretary)


def test_an_empty_agenda_has_no_minutes(meeting, secretary):
    with refused("There is no item on the agenda."):
        published(meeting, secretary)


def test_who_may(harrow: Harrow, item, secretary):
    resolved(item, secretary)
    for role in ("officer", "chair", "member", "auditor"):
        with not_allowed():
            minuted(item, harrow.user(role))
        with not_allowed():
            published(item.meeting, harrow.user(role))
    stranger = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="secretary")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        published(item.meeting, stranger)
    assert set(PERMISSIONS.values()) <= KNOWN


def test_two_who_write_at_once_do_not_overwrite_each_other(item, secretary):
    before = seen(item)
    minuted(item, secretary)
    with stale():
        minuted(item, secretary, "Otherwise.", seen=before)


def attended(meeting, by, *people, reason=""):
    rows = [{"person": one, "office": "", "is_voting": True, "presence": "present"} for one in people]
    held = Meeting.objects.get(pk=meeting.pk)
    record_attendance(held, by=by, seen=held.version, present=rows, reason=reason)


def test_after_publishing_the_agenda_stays_and_the_attendance_is_corrected_with_a_reason(item, secretary):
    (small,) = came(item.meeting, "Dr Genevieve Small")
    resolved(item, secretary)
    published(item.meeting, secretary)
    held = Meeting.objects.get(pk=item.meeting_id)
    with refused("The minutes are published: the agenda stays as it was."):
        add_agenda_item(held, by=secretary, seen=held.version, title="The lease", reason="Late.")
    assert attendance_corrections(held) == []
    attended(held, secretary, small, make.PersonFactory.create(), reason="One more was there.")
    assert attendance_corrections(Meeting.objects.get(pk=held.pk)) == ["One more was there."]
    page = signed_in(secretary).get(f"/governance/meetings/{held.pk}/minutes/").content.decode()
    assert "<strong>Attendance corrected:</strong> One more was there." in page


def test_who_voted_was_there_with_a_vote_and_did_not_withdraw(item, secretary):
    small, sehgal = came(item.meeting, "Dr Genevieve Small", "Javina Sehgal")
    resolved(item, secretary, votes=[(small, "for")])
    with refused("Dr Genevieve Small voted on a resolution of this meeting, so was there with a vote."):
        attended(item.meeting, secretary, sehgal)
    item.meeting.refresh_from_db()
    with refused("Dr Genevieve Small voted on this item: replace the resolution first.", "person"):
        record_withdrawal(item, by=secretary, seen=seen(item), person=small, reason="A partner.")
    attended(item.meeting, secretary, small)
