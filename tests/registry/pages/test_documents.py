"""Files of a registration: who adds them, who gets them, and that no browser runs them."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import AgendaItem, Withdrawal
from registry.models import Document, Status
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import errors, main, words

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def kept_elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(harrow):
    return steps.received(harrow)


def address(case):
    return f"/registrations/{case.pk}/documents/add/"


def typed(name="map.pdf", content=PDF, **other):
    return {
        "kind": "map",
        "holds_bank_details": "no",
        "file": SimpleUploadedFile(name, content),
    } | other


def added(client, case, **other):
    assert client.post(address(case), typed(**other)).status_code == 302
    return Document.objects.latest("pk")


def test_a_file_is_kept_under_our_own_name_and_listed(officer, case):
    response = officer.post(address(case), typed(), follow=True)
    document = Document.objects.get()
    assert "The document is added to GP Direct PCN." in words(response)
    assert "map.pdf ODS" not in words(response)
    assert f"/documents/{document.pk}/" in main(response)
    assert "Network area map" in words(response)
    assert "map.pdf" not in str(document.file.name)


def test_the_form_warns_before_a_file_is_chosen(officer, case):
    page = officer.get(address(case))
    assert "No patient information and no bank details." in words(page)
    assert re.findall(r"<h(\d)", main(page)) == ["1", "2"]


def test_evidence_can_be_chosen_beforehand_and_added_during_the_review(harrow, officer):
    case = steps.under_review(harrow)
    assert case.status == Status.UNDER_REVIEW
    assert 'value="evidence" checked' in main(officer.get(f"{address(case)}?kind=evidence"))
    assert added(officer, case, kind="evidence").kind == "evidence"


def test_bank_details_are_refused_with_what_to_do_instead(officer, case):
    response = officer.post(address(case), typed(holds_bank_details="yes"))
    found = errors(response)
    assert "Ask for a copy in which they are blacked out" in found["#id_holds_bank_details"]
    assert found["#id_file"] == "Choose the file again: a browser does not keep it when a form is sent."
    assert 'value="map" checked' in main(response)
    assert not Document.objects.exists()


def download(client, document):
    """The answer, read to its end where it is a file."""
    response = client.get(f"/documents/{document.pk}/")
    if response.streaming:
        response.read = b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"kind": ""}, "#id_kind", "Choose an answer: What is it?"),
        ({"holds_bank_details": ""}, "#id_holds_bank_details", "Say whether the file holds bank details"),
        ({"file": ""}, "#id_file", "Choose a file"),
        ({"name": "map.exe"}, "#id_file", "Choose a PDF, Word document"),
        ({"content": b"<html>"}, "#id_file", "The file's content is not what its name says (.pdf)."),
        ({"content": b""}, "#id_file", "empty"),
    ],
)
def test_wrong_input_names_the_field_and_keeps_the_rest(officer, case, wrong, field, sentence):
    response = officer.post(address(case), typed(**wrong))
    assert sentence in errors(response)[field]
    if "kind" not in wrong:
        assert 'value="map" checked' in main(response)
    if "file" not in wrong:
        assert "#id_file" in errors(response)
    assert not Document.objects.exists()


def test_a_download_is_never_shown_or_run_by_the_browser(officer, case):
    document = added(officer, case)
    response = download(officer, document)
    assert response.read == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="map.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a "new" map.pdf', r'attachment; filename="a \"new\" map.pdf"'),
        ("Karte für Süd.pdf", "attachment; filename*=utf-8''Karte%20f%C3%BCr%20S%C3%BCd.pdf"),
        ("line\r\nbreak: x.pdf", 'attachment; filename="line_break: x.pdf"'),
        ("../../etc/map.pdf", 'attachment; filename="_.._etc_map.pdf"'),
        ("..", 'attachment; filename="document"'),
    ],
)
def test_a_file_name_breaks_out_of_nothing(officer, case, name, header):
    document = added(officer, case)
    Document.objects.filter(pk=document.pk).update(name=name)
    assert download(officer, document)["Content-Disposition"] == header


def test_a_file_that_is_lost_is_a_page_that_is_not_found(officer, case):
    document = added(officer, case)
    document.file.storage.delete(document.file.name)
    assert download(officer, document).status_code == 404


@pytest.mark.parametrize(
    ("who", "reads"), [("member", 200), ("admin", 404), ("officer@havering.example", 404)]
)
def test_only_who_sees_the_registration_gets_its_files(harrow, officer, case, who, reads):
    document = added(officer, case)
    assert download(signed_in(harrow.user(who)), document).status_code == reads


@pytest.mark.parametrize(
    ("who", "answer"), [("member", 403), ("admin", 404), ("officer@havering.example", 404)]
)
def test_only_the_primary_care_team_adds_files(harrow, case, who, answer):
    client = signed_in(harrow.user(who))
    assert client.get(address(case)).status_code == answer
    assert client.post(address(case), typed()).status_code == answer
    assert not Document.objects.exists()


def test_who_withdrew_from_a_private_item_reads_none_of_its_papers(harrow, officer):
    case = steps.before_committee(harrow)
    document = added(officer, case)
    member = harrow.user("member")
    member.person = make.PersonFactory.create()
    member.save()
    item = AgendaItem.objects.get()
    Withdrawal.objects.create(item=item, person=member.person, reason="A partner in the practice")
    client = signed_in(member)
    assert download(client, document).status_code == 200
    AgendaItem.objects.update(is_private=True)
    assert download(client, document).status_code == 404
    page = client.get(f"/registrations/{case.pk}/")
    assert "You withdrew from a private item" in words(page)
    assert "map.pdf" not in main(page)
