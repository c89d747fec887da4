"""A line is answered: what an answer needs, where it was read, and who was first."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pcnportal.history.models import Source
from registry.models import Case, Document, Submission
from registry.workflow import move
from registry.workflow.documents import add_document
from registry.workflow.forms import edit_form
from registry.workflow.reviewing import answer_line
from tests import steps
from tests.harrow import Harrow
from tests.registry.pages.reading import errors, main, words


@pytest.fixture
def east(harrow: Harrow) -> Case:
    return steps.under_review(harrow, "Harrow East PCN")


def address(case: Case, key: str) -> str:
    return f"/registrations/{case.pk}/review/{key}/"


def typed(case: Case, **said: Any) -> dict[str, Any]:
    case.refresh_from_db()
    return {"seen": case.version, "answer": "met", "note": "", "held_source": "none", "then": "next"} | said


def map_of(case: Case, harrow: Harrow) -> Document:
    upload = SimpleUploadedFile("area.geojson", b'{"type": "Feature", "geometry": null}')
    return add_document(case, by=harrow.user("officer"), kind="map", upload=upload, holds_bank_details=False)


def test_a_line_is_answered_and_the_next_open_one_follows(harrow, officer, east):
    Submission.objects.filter(case=east).update(payee=None)
    answered = officer.post(address(east, "contiguity"), typed(east, held_source=str(harrow.report.pk)))
    assert answered.url == address(east, "payee")
    line = steps.line_of(east, "contiguity")
    assert (line.answer, line.source, line.answered_by) == ("met", harrow.report, harrow.user("officer"))
    last = officer.post(address(east, "payee"), typed(east, held_source=str(harrow.report.pk)), follow=True)
    assert last.redirect_chain == [(f"/registrations/{east.pk}/review/", 302)]
    assert "Saved: Nominated payee, met." in words(last)


def test_save_and_stay_stays(harrow, officer, east):
    answered = officer.post(address(east, "contiguity"), typed(east, then="stay"))
    assert answered.url == address(east, "contiguity")
    page = words(officer.get(answered.url))
    assert "Met Judged" in page
    assert "Answered by Harrow primary care officer, 20 May 2019." in page


def test_a_source_may_be_named_on_the_spot_with_its_date_and_page(harrow, officer, east):
    said = typed(
        east,
        held_source="named",
        source_title="Minutes of the May meeting",
        source_date_day="16",
        source_date_month="5",
        source_date_year="2019",
        source_page="Item 4",
    )
    assert officer.post(address(east, "contiguity"), said).status_code == 302
    source = steps.line_of(east, "contiguity").source
    assert source is not None
    assert (str(source), source.kind) == ("Minutes of the May meeting, Item 4, 16 May 2019", "attested")
    assert "Minutes of the May meeting, Item 4, 16 May 2019" in words(
        officer.get(address(east, "contiguity"))
    )


def test_documents_of_the_case_are_its_evidence(harrow, officer, east):
    assert 'name="evidence"' not in main(officer.get(address(east, "contiguity")))
    document = map_of(east, harrow)
    page = officer.get(address(east, "contiguity"))
    assert f'href="/documents/{document.pk}/"' in main(page)
    officer.post(address(east, "contiguity"), typed(east, evidence=[document.pk]))
    assert list(steps.line_of(east, "contiguity").evidence.all()) == [document]
    assert "Evidence: area.geojson" in words(officer.get(f"/registrations/{east.pk}/review/"))


def test_a_document_of_another_case_is_no_evidence(harrow, officer, east):
    map_of(east, harrow)
    other = map_of(steps.under_review(harrow), harrow)
    page = officer.post(address(east, "contiguity"), typed(east, note="Kept.", evidence=[other.pk]))
    assert page.status_code == 200
    assert "#id_evidence" in errors(page)
    assert "Kept." in main(page)


@pytest.mark.parametrize(
    ("said", "target", "sentence"),
    [
        ({"answer": ""}, "#id_answer", "Choose met, not met or not applicable"),
        ({"answer": "perhaps"}, "#id_answer", "Choose one of the answers given"),
        ({"answer": "not_met"}, "#id_note", "Say why in a note."),
        ({"answer": "not_applicable", "note": "  "}, "#id_note", "Say why in a note."),
        ({"held_source": "99999"}, "#id_held_source", "Choose one of the answers given"),
        ({"held_source": "named"}, "#id_source_title", "Enter the title of the source"),
        (
            {"held_source": "named", "source_title": "Minutes", "source_date_day": "31"},
            "#id_source_date_month",
            "The date must include a month, for example 20 May 2019",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    harrow, officer, east, said, target, sentence
):
    before = Source.objects.count()
    page = officer.post(address(east, "contiguity"), typed(east, source_page="Page 12") | said)
    assert page.status_code == 200
    assert errors(page) == {target: sentence}
    assert 'value="Page 12"' in main(page)
    assert steps.line_of(east, "contiguity").answer == ""
    assert Source.objects.count() == before


def test_met_needs_a_source_where_the_facts_are_not_held_and_names_none_in_vain(harrow, officer, east):
    Submission.objects.filter(case=east).update(payee=None)
    page = officer.post(address(east, "payee"), typed(east, note="Seen."))
    assert errors(page) == {
        "#id_held_source": "The facts are not held: say where you read that the requirement is met."
    }
    assert "Seen." in main(page)


def test_a_source_named_for_a_refused_answer_is_not_kept(harrow, officer, east):
    said = typed(east, answer="not_met", held_source="named", source_title="Minutes nobody needs")
    assert errors(officer.post(address(east, "contiguity"), said)) == {"#id_note": "Say why in a note."}
    assert not Source.objects.filter(title="Minutes nobody needs").exists()


def test_above_50000_the_commissioners_reason_is_asked_for(harrow, officer, east):
    Submission.objects.filter(case=east).update(stated_list_size=52069)
    assert "52,069 is 2,069 above 50,000." in words(officer.get(address(east, "population")))
    assert "The commissioner’s reason, unless" in words(officer.get(address(east, "population")))
    page = officer.post(address(east, "population"), typed(east))
    assert errors(page) == {"#id_note": "Give the commissioner's reason, or where it is recorded."}
    officer.post(address(east, "population"), typed(east, note="It works in neighbourhoods."))
    assert "Met Judged" in words(officer.get(address(east, "population")))


def test_who_was_first_is_named_and_what_was_typed_is_kept(harrow, officer, east):
    said = typed(east, answer="not_met", note="My own note")
    manager = harrow.user("manager")
    line = steps.line_of(east, "contiguity")
    answer_line(line, by=manager, seen=line.case.version, answer="met", source=harrow.report)
    page = officer.post(address(east, "contiguity"), said)
    assert page.status_code == 409
    assert "Harrow primary care manager, 20 May 2019" in words(page)
    assert "My own note" in main(page)
    assert "Attested" in words(page)
    east.refresh_from_db()
    assert f'name="seen" value="{east.version}"' in main(page)


def test_an_answer_to_an_earlier_version_is_shown_as_such_and_prefilled(harrow, officer, east):
    person = harrow.user("officer")
    officer.post(address(east, "contiguity"), typed(east, answer="not_met", note="Zain lies apart."))
    east.refresh_from_db()
    move(east, "return_form", by=person, seen=east.version, reason="The map is unclear.")
    edit_form(east, by=person, seen=east.version, **steps.form(harrow, {"E84039": ""}, 28700))
    steps.do(harrow, east, "submit", "officer")
    steps.do(harrow, east, "open_review", "officer")
    page = officer.get(address(east, "contiguity"))
    assert "This answer was given for version 1 of the form. The form is now version 2" in words(page)
    assert "Zain lies apart.</textarea>" in main(page)
    assert 'value="not_met" checked' in main(page)
