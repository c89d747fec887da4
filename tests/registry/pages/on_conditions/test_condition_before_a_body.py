"""Evidence judged by a role, and by a body at an agenda item of its own."""

from datetime import date
from typing import Any

from registry.models import Evidence
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.on_conditions.acting import NAMED, hand_in, on_agenda, send
from tests.registry.pages.reading import errors, words


def test_a_role_judges_the_evidence_as_met(harrow, condition):
    hand_in(harrow, condition)
    send(harrow, "secretary", condition, "judge", judgement="met", note="It names every practice.")
    condition.refresh_from_db()
    assert (condition.result, condition.closed_because) == ("met", "It names every practice.")


def test_a_judgement_needs_an_answer_and_a_reason(harrow, condition):
    hand_in(harrow, condition)
    response = send(harrow, "secretary", condition, "judge")
    assert list(errors(response)) == ["#id_judgement", "#id_note"]
    response = send(harrow, "secretary", condition, "judge", note="It names every practice.")
    assert list(errors(response)) == ["#id_judgement"]
    assert "It names every practice." in response.content.decode()


def test_not_satisfied_is_recorded_at_its_item_and_leaves_it_open(harrow, of_committee):
    item = on_agenda(harrow, of_committee)
    typed = {"judgement": "not_satisfied", "note": "It names none."}
    response = send(harrow, "secretary", of_committee, "judge", **typed)
    assert list(errors(response)) == ["#id_item", "#id_quorum_note", "#id_held_source"]
    typed |= {"item": item.pk, "quorum_note": "Eight members."} | NAMED
    send(harrow, "secretary", of_committee, "judge", **typed)
    of_committee.refresh_from_db()
    assert of_committee.result == ""
    assert of_committee.evidence.get().judgement == Evidence.Judgement.NOT_SATISFIED
    page = words(signed_in(harrow.user("officer")).get(of_committee.get_absolute_url()))
    assert "Judged by the Primary Care Commissioning Committee at its meeting of 3 June 2019" in page
    register = words(signed_in(harrow.user("officer")).get("/decisions/?outcome=condition_not_satisfied"))
    assert "Condition not satisfied" in register
    assert "1 decision" in register


def test_without_an_item_the_way_to_an_agenda_is_shown(harrow, of_committee):
    for verb in ("judge", "waive"):
        answer = signed_in(harrow.user("secretary")).get(f"{of_committee.get_absolute_url()}{verb}/")
        assert "since the condition was set" in words(answer)
        assert f'href="{of_committee.get_absolute_url()}agenda/"' in answer.content.decode()
    on_agenda(harrow, of_committee, date(2019, 6, 10))
    page = words(signed_in(harrow.user("secretary")).get(f"{of_committee.get_absolute_url()}judge/"))
    assert (
        "It is on the agenda of Primary Care Commissioning Committee, 10 June 2019, which is still to come"
        in page
    )


def test_it_is_put_on_the_agenda_of_a_coming_meeting(harrow, of_committee):
    address = f"{of_committee.get_absolute_url()}agenda/"
    page = words(signed_in(harrow.user("secretary")).get(address))
    assert "No meeting of Primary Care Commissioning Committee is planned" in page
    assert "Plan a meeting" in page
    meeting = make.MeetingFactory.create(
        body=harrow.committee, commissioner=harrow.ccg, held_on=date(2019, 6, 10)
    )
    page = words(signed_in(harrow.user("secretary")).get(address))
    assert "Primary Care Commissioning Committee, 10 June 2019" in page
    assert list(errors(send(harrow, "secretary", of_committee, "agenda"))) == ["#id_meeting"]
    send(harrow, "secretary", of_committee, "agenda", meeting=meeting.pk)
    assert [(item.title, item.subject) for item in meeting.items.all()] == [
        ("GP Direct PCN: condition 1", of_committee)
    ]
    agenda = signed_in(harrow.user("officer")).get(meeting.get_absolute_url()).content.decode()
    assert f'<a href="{of_committee.get_absolute_url()}">GP Direct PCN: condition 1</a>' in agenda
    assert "It is on the agenda of" in words(signed_in(harrow.user("secretary")).get(address))


def test_a_body_discharges_it_at_an_agenda_item_with_an_attested_quorum(harrow, of_committee):
    item = on_agenda(harrow, of_committee)
    typed = {"judgement": "met", "note": "The committee was content."}
    response = send(harrow, "secretary", of_committee, "judge", **typed)
    assert list(errors(response)) == ["#id_item", "#id_quorum_note", "#id_held_source"]
    assert "The committee was content." in response.content.decode()
    send(
        harrow,
        "secretary",
        of_committee,
        "judge",
        **typed,
        item=item.pk,
        quorum_note="The minutes list eight members.",
        **NAMED,
    )
    of_committee.refresh_from_db()
    decision = of_committee.closing_decision
    assert (of_committee.result, decision.item, decision.body) == ("met", item, harrow.committee)
    assert decision.quorum_source.title == "Minutes of the committee"


def test_a_quorum_that_is_computed_is_not_asked_for(harrow, of_committee):
    item = on_agenda(harrow, of_committee)
    make.QuorumRuleFactory.create(body=harrow.committee)
    for name in ("Dr Genevieve Small", "Javina Sehgal"):
        make.AttendanceFactory.create(meeting=item.meeting, person=make.PersonFactory.create(name=name))
    page = words(signed_in(harrow.user("secretary")).get(f"{of_committee.get_absolute_url()}judge/"))
    assert "condition 1 (its quorum is computed from the attendance)" in page
    typed = {"judgement": "met", "note": "The committee was content.", "item": item.pk}
    send(harrow, "secretary", of_committee, "judge", **typed)
    of_committee.refresh_from_db()
    assert of_committee.closing_decision.quorum_basis == "computed"


def test_only_items_of_held_meetings_about_it_or_its_registration_are_offered(harrow, of_committee):
    item = on_agenda(harrow, of_committee)
    others: tuple[tuple[str, dict[str, Any]], ...] = (
        ("GP Direct PCN: registration again", {"subject": of_committee.case}),
        ("GP Direct PCN: taken off", {"subject": of_committee, "is_taken_off": True}),
        ("Harrow East PCN: registration", {"subject": steps.received(harrow, "Harrow East PCN")}),
        ("Any other business", {}),
    )
    for position, (title, more) in enumerate(others, 2):
        make.AgendaItemFactory.create(meeting=item.meeting, position=position, title=title, **more)
    address = f"{of_committee.get_absolute_url()}judge/"
    page = words(signed_in(harrow.user("secretary")).get(address))
    assert "3 June 2019, item 1: GP Direct PCN: condition 1" in page
    assert "GP Direct PCN: registration again" in page
    for other in ("20 May 2019, item", "taken off", "Harrow East PCN", "Any other business"):
        assert other not in page
