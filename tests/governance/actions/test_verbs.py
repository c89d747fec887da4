"""An action from being given out to being done, dropped, moved or opened again; and who may do it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from governance.actions import readable
from governance.models import Action
from governance.workflow.actions import (
    change_action,
    change_due,
    drop_action,
    finish_action,
    record_action,
    reopen_action,
    update_action,
)
from governance.workflow.meetings import add_item
from pcnportal.history.models import Event
from pcnportal.history.record import events_of
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests import factories as make
from tests.governance.actions.rows import TEXT, action_of
from tests.governance.records import pdf


def test_an_action_comes_of_an_item_with_its_owners(harrow, item, secretary):
    person = make.PersonFactory.create(name="Mo Girach")
    action = action_of(item, secretary, owners=[person, harrow.ccg, "All  providers", "all providers"])
    assert [str(owner) for owner in action.owners.all()] == ["Mo Girach", "NHS Harrow CCG", "All providers"]
    assert (action.item, action.body, action.status) == (item, harrow.committee, "open")
    event = events_of(item.meeting).first()
    assert event
    assert (event.verb, event.subject_id) == ("recorded the action", action.pk)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"text": " "}, "text"),
        ({"owners": []}, "owners"),
        ({"owners": ["  "]}, "owners"),
        ({"due_on": date(2019, 7, 2), "due_month": date(2019, 7, 1)}, "due_month"),
    ],
)
def test_what_says_nothing_or_is_due_twice_is_refused(item, secretary, facts, field):
    with pytest.raises(Refused) as refused:
        action_of(item, secretary, **facts)
    assert refused.value.field == field
    assert not Action.objects.exists()


def test_what_a_document_says_may_name_no_owner(harrow, item, secretary):
    action = action_of(item, secretary, owners=[], source=harrow.report)
    assert not action.owners.exists()


def test_a_body_that_does_not_serve_the_commissioner_gives_it_nothing_to_do(harrow, secretary):
    other = make.BodyFactory.create(name="Another board", organisation=harrow.havering)
    with pytest.raises(Refused, match="does not serve"):
        record_action(by=secretary, body=other, commissioner=harrow.ccg, text=TEXT, owners=["All providers"])


@pytest.mark.parametrize("name", ["officer", "member", "finance", "auditor"])
def test_who_keeps_no_actions_records_and_drops_none(harrow, item, action, name):
    user = harrow.user(name)
    with pytest.raises(NotAllowed):
        action_of(item, user)
    for verb in (drop_action, reopen_action, change_due):
        with pytest.raises(NotAllowed):
            verb(action, by=user, seen=1, reason="Because.")


def test_its_owner_says_how_it_stands_and_that_it_is_done(harrow, action):
    member = harrow.user("member")
    update_action(action, by=member, seen=1, text="A draft is with the chairs.")
    finish_action(action, by=member, seen=2, text="The plan went to the meeting.")
    action.refresh_from_db()
    assert (action.status, action.closed_on, action.version) == ("done", make.COMMITTEE_DAY, 3)
    assert [said.kind for said in action.updates.all()] == ["done", "update"]


def test_who_is_not_its_owner_does_not(harrow, action):
    for verb in (update_action, finish_action):
        with pytest.raises(Refused, match="Only its owner"):
            verb(action, by=harrow.user("officer"), seen=1, text="Done.")
    with pytest.raises(NotAllowed):
        update_action(action, by=harrow.user("officer@havering.example"), seen=1, text="Done.")
    action.refresh_from_db()
    assert action.version == 1


def test_done_needs_evidence_in_words_or_as_a_file(action, secretary):
    with pytest.raises(Refused) as refused:
        finish_action(action, by=secretary, seen=1, text=" ")
    assert refused.value.field == "text"
    said = finish_action(action, by=secretary, seen=1, upload=ContentFile(pdf(), "plan.pdf"))
    assert said.file
    assert said.file.name == "plan.pdf"


def test_what_is_closed_is_opened_again_with_a_reason_and_keeps_what_was_said(action, secretary):
    finish_action(action, by=secretary, seen=1, text="The plan went to the meeting.")
    with pytest.raises(Refused, match="closed already: done"):
        drop_action(action, by=secretary, seen=2, reason="Because.")
    action.refresh_from_db()
    with pytest.raises(Refused):
        reopen_action(action, by=secretary, seen=2, reason=" ")
    reopen_action(action, by=secretary, seen=2, reason="It was another plan.")
    action.refresh_from_db()
    assert (action.status, action.closed_on) == ("open", None)
    assert [said.text for said in action.updates.all()] == [
        "It was another plan.",
        "The plan went to the meeting.",
    ]


def test_it_is_dropped_with_a_reason(action, secretary):
    with pytest.raises(Refused):
        drop_action(action, by=secretary, seen=1, reason="")
    drop_action(action, by=secretary, seen=1, reason="The programme ended.")
    action.refresh_from_db()
    assert action.status == "dropped"


def test_another_date_keeps_the_old_one_and_the_reason(action, secretary):
    with pytest.raises(Refused, match="due then already"):
        change_due(action, by=secretary, seen=1, reason="Later.", due_on=date(2019, 7, 2))
    change_due(action, by=secretary, seen=1, reason="Comments came late.", due_month=date(2019, 9, 5))
    action.refresh_from_db()
    assert (action.due_on, action.due_month) == (None, date(2019, 9, 30))
    said = action.updates.get()
    assert (said.before, said.text) == ("2 July 2019", "Comments came late.")
    event = Event.objects.get(verb="changed when the action is due")
    assert event.changes["due"] == ["2 July 2019", "September 2019"]


def test_it_is_given_to_others_and_what_it_said_stays_readable(action, secretary):
    with pytest.raises(Refused, match="Nothing is changed"):
        change_action(
            action,
            by=secretary,
            seen=1,
            reason="No.",
            text=TEXT,
            owners=[action.owners.get().person],
            kind="action",
        )
    change_action(
        action,
        by=secretary,
        seen=1,
        reason="Agreed.",
        text="Bring a plan.",
        owners=["All"],
        kind="commitment",
    )
    action.refresh_from_db()
    assert (action.text, action.kind, str(action.owners.get())) == ("Bring a plan.", "commitment", "All")
    assert action.updates.get().before == f"{TEXT} (Jo Paul)"


def test_one_of_two_at_once_wins(action, secretary):
    update_action(action, by=secretary, seen=1, text="First.")
    with pytest.raises(Stale):
        update_action(action, by=secretary, seen=1, text="Second.")
    assert action.updates.count() == 1


def test_words_of_the_private_part_are_for_its_readers_and_its_owner(harrow, item, secretary, owner):
    private = add_item(item.meeting, by=secretary, title="A complaint", is_private=True)
    action = action_of(private, secretary, text="Write to the complainant.", owners=[owner])
    update_action(action, by=secretary, seen=1, text="Mr Smith was written to.")
    assert str(action) == "An action from the private part"
    said = " ".join(str(e.changes) + e.reason for e in Event.objects.all())
    assert "complain" not in said
    assert "Smith" not in said
    for name, reads in {"secretary": True, "chair": True, "member": True, "officer": False}.items():
        user = harrow.user(name)
        assert Action.objects.filter(readable(user)).exists() is reads, name
    officer = harrow.user("officer")
    officer.person = make.PersonFactory.create(name="An officer")
    officer.save()
    action_of(private, secretary, text="Ring them.", owners=[officer.person])
    assert [a.text for a in Action.objects.filter(readable(officer))] == ["Ring them."]
