"""The pages of the verbs: what was typed stays, a wrong field is named, and only who may can use them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pcnportal.history.models import Source
from registry.workflow.conditions import submit_evidence
from registry.workflow.documents import add_document
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.on_conditions.acting import NAMED, TODAY, hand_in, on_agenda, send
from tests.registry.pages.reading import errors, words


def test_evidence_is_submitted_with_a_document_of_the_case_and_a_named_source(harrow, condition):
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7\n%%EOF\n")
    document = add_document(
        condition.case, by=harrow.user("officer"), kind="evidence", upload=upload, holds_bank_details=False
    )
    response = send(
        harrow, "officer", condition, "submit-evidence", text="A letter", document=document.pk, **NAMED
    )
    assert response.headers["Location"] == condition.get_absolute_url()
    evidence = condition.evidence.get()
    assert (evidence.text, evidence.document, evidence.submitted_on) == ("A letter", document, TODAY)
    assert str(evidence.source) == "Minutes of the committee, item 4, 20 May 2019"
    assert evidence.source.kind == Source.Kind.ATTESTED


def test_evidence_without_words_names_the_field_and_keeps_the_rest(harrow, condition):
    response = send(harrow, "officer", condition, "submit-evidence", **NAMED)
    assert list(errors(response)) == ["#id_text"]
    assert 'value="Minutes of the committee"' in response.content.decode()
    assert not Source.objects.filter(kind=Source.Kind.ATTESTED).exists()


def test_a_source_without_a_title_is_named(harrow, condition):
    typed = NAMED | {"source_title": "", "text": "A letter"}
    response = send(harrow, "officer", condition, "submit-evidence", **typed)
    assert list(errors(response)) == ["#id_source_title"]
    assert "A letter" in response.content.decode()


def test_a_document_of_another_case_can_t_be_chosen(harrow, condition):
    other = steps.received(harrow, "Harrow East PCN")
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7\n%%EOF\n")
    for case in (other, condition.case):
        document = add_document(
            case, by=harrow.user("officer"), kind="evidence", upload=upload, holds_bank_details=False
        )
    theirs = other.documents.get()
    assert theirs != document
    response = send(harrow, "officer", condition, "submit-evidence", text="A letter", document=theirs.pk)
    assert list(errors(response)) == ["#id_document"]
    assert not condition.evidence.exists()


def test_who_submitted_the_evidence_is_told_that_someone_else_judges_it(harrow, condition):
    submit_evidence(condition, by=harrow.user("manager"), seen=condition.case.version, text="A letter")
    page = words(signed_in(harrow.user("manager")).get(f"{condition.get_absolute_url()}judge/"))
    assert "Only the committee secretary may discharge it." in page
    assert "Save the judgement" not in page


def test_the_date_is_extended_with_a_reason(harrow, condition):
    day = {"due_on_day": "15", "due_on_month": "July", "due_on_year": "2019"}
    send(harrow, "secretary", condition, "extend", **day, reason="The merger takes longer.")
    change = condition.date_changes.get()
    assert (change.old, change.new) == (date(2019, 6, 30), date(2019, 7, 15))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ({"due_on_day": "31", "due_on_month": "6", "due_on_year": "2019"}, "Enter a real date"),
        (
            {"due_on_day": "29", "due_on_month": "6", "due_on_year": "2019"},
            "Choose a day after 30 June 2019.",
        ),
        ({}, "Enter a date, for example"),
    ],
)
def test_a_wrong_new_date_is_named_and_the_reason_kept(harrow, condition, day, sentence):
    response = send(harrow, "secretary", condition, "extend", **day, reason="The merger takes longer.")
    assert list(errors(response)) == ["#id_due_on_day"]
    assert sentence in words(response)
    assert "The merger takes longer." in response.content.decode()
    assert not condition.date_changes.exists()


def test_a_waiver_is_a_decision_of_the_body_that_set_it(harrow, condition):
    item = on_agenda(harrow, condition)
    page = words(signed_in(harrow.user("secretary")).get(f"{condition.get_absolute_url()}waive/"))
    assert "Only Primary Care Commissioning Committee, which set the condition, may waive it." in page
    typed = {"item": item.pk, "reason": "The contracts merged.", "quorum_note": "Eight members."} | NAMED
    send(harrow, "secretary", condition, "waive", **typed)
    condition.refresh_from_db()
    assert (condition.result, condition.closing_decision.item) == ("waived", item)


def test_a_source_is_not_kept_where_the_verb_is_refused(harrow, condition):
    typed = {"item": on_agenda(harrow, condition).pk, "reason": "The contracts merged."} | NAMED
    response = send(harrow, "secretary", condition, "waive", **typed)  # without saying why it was quorate
    assert "#id_quorum_note" in errors(response)
    assert not Source.objects.filter(kind=Source.Kind.ATTESTED).exists()


def test_who_was_slower_gets_a_409_that_keeps_what_was_typed(harrow, condition):
    seen = condition.case.version
    hand_in(harrow, condition)
    response = signed_in(harrow.user("officer")).post(
        f"{condition.get_absolute_url()}submit-evidence/",
        {"seen": seen, "text": "The second letter", "held_source": "none"},
    )
    assert response.status_code == 409
    assert "was changed by someone else while you had this page open." in words(response)
    assert "The second letter" in response.content.decode()
    assert condition.evidence.count() == 1


@pytest.mark.parametrize("verb", ["submit-evidence", "judge", "extend", "agenda", "waive"])
def test_a_closed_condition_takes_no_more_verbs(harrow, condition, verb):
    hand_in(harrow, condition)
    send(harrow, "secretary", condition, "judge", judgement="met", note="It says so.")
    user = "officer" if verb == "submit-evidence" else "secretary"
    page = words(signed_in(harrow.user(user)).get(f"{condition.get_absolute_url()}{verb}/"))
    assert "The condition is closed already: Met." in page


@pytest.mark.parametrize("verb", ["submit-evidence", "judge", "extend", "agenda", "waive"])
def test_a_member_is_refused_and_another_commissioner_finds_nothing(harrow, condition, verb):
    address = f"{condition.get_absolute_url()}{verb}/"
    assert signed_in(harrow.user("member")).get(address).status_code == 403
    assert signed_in(harrow.user("officer@havering.example")).get(address).status_code == 404
    assert signed_in(harrow.user("member")).post(address).status_code == 403
