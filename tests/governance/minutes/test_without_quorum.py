"""The attendance is corrected afterwards: what was resolved keeps its count, and its readers are warned."""

from typing import Any

import pytest

from governance.findings.quorum import resolved_without
from governance.models import Meeting, Resolution
from governance.unquorate import without_quorum
from governance.workflow.meetings import record_attendance
from governance.workflow.resolutions import replace_resolution
from tests import factories as make
from tests.claims import refused
from tests.governance.minutes.rows import came, published, resolved, seen
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

WARNING = "Resolved without a quorum, by the attendance as it is recorded now. Not quorate: 1 more voting."


@pytest.fixture
def corrected(harrow, item, secretary) -> Resolution:
    """Two were counted, the minutes were published, and then one was not there."""
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2, offices=[])
    people = came(item.meeting, "Dr Genevieve Small", "Javina Sehgal")
    made = resolved(item, secretary)
    assert not without_quorum(item.meeting)
    published(item.meeting, secretary)
    rows = [
        {"person": person, "office": "", "is_voting": True, "presence": presence}
        for person, presence in zip(people, ("present", "absent"), strict=True)
    ]
    meeting = Meeting.objects.get(pk=item.meeting_id)
    record_attendance(meeting, by=secretary, seen=seen(item), present=rows, reason="She had left.")
    return made


def replaced(held, secretary, **facts):
    given: Any = {
        "outcome": "agreed",
        "text": "the whole budget be approved",
        "reason": "A word was missing.",
    }
    return replace_resolution(held, by=secretary, seen=seen(held.item), **given | facts)


def test_the_minutes_and_the_meeting_warn_and_keep_the_count_of_then(corrected, secretary):
    meeting = corrected.item.meeting
    said = words(signed_in(secretary).get(f"/governance/meetings/{meeting.pk}/minutes/"))
    assert "Quorum, as counted then: Quorate. 2 voting present" in said
    assert WARNING in said
    assert WARNING in words(signed_in(secretary).get(f"/governance/meetings/{meeting.pk}/"))


def test_it_is_a_finding(corrected, secretary):
    (doubt,) = resolved_without(make.COMMITTEE_DAY)
    assert (doubt.subject, doubt.key) == (corrected.item.meeting, str(corrected.pk))
    assert doubt.stated.startswith("Item 1, when it was resolved: Quorate. 2 voting present")
    assert doubt.found.startswith("Not quorate: 1 more voting.")


def test_its_words_are_replaced_all_the_same_but_not_its_outcome(corrected, secretary):
    with refused("Not quorate: 1 more voting.", "quorum_note"):
        replaced(corrected, secretary, outcome="not_agreed")
    address = f"/governance/resolutions/{corrected.pk}/replace/"
    assert "Replace the resolution" in main(signed_in(secretary).get(address))
    made = replaced(corrected, secretary)
    assert (made.quorum_basis, made.quorum_note) == ("computed", corrected.quorum_note)
    (doubt,) = resolved_without(make.COMMITTEE_DAY)
    assert doubt.key == str(made.pk)
