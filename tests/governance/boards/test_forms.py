"""The forms of the verbs: what was typed stays, and errors stand at their fields."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Body, BodyLink, Seat, StoredFile
from pcnportal.history.models import Source
from tests import factories as make
from tests.governance.boards.making import board, seat
from tests.governance.records import pdf
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

WHEN = {"starts_on_day": "1", "starts_on_month": "June", "starts_on_year": "2019"}


@pytest.fixture
def secretary(harrow):
    return signed_in(harrow.user("secretary"))


def send(client, body: Body, verb: str, **data):
    body.refresh_from_db()
    return client.post(f"/governance/bodies/{body.slug}/{verb}/", {"seen": body.version} | data)


def facts(body: Body, **data):
    return {"name": body.name, "kind": body.kind, "reason": "As agreed"} | data


def test_a_body_is_changed_and_its_page_shown(harrow, secretary):
    response = send(secretary, harrow.committee, "change", **facts(harrow.committee, purpose="To decide"))
    assert response["Location"] == harrow.committee.get_absolute_url()
    assert Body.objects.get(pk=harrow.committee.pk).purpose == "To decide"


def test_a_change_without_a_reason_keeps_what_was_typed(harrow, secretary):
    page = send(
        secretary,
        harrow.committee,
        "change",
        **facts(harrow.committee, purpose="To decide on all", reason=""),
    )
    assert "To decide on all" in main(page)
    assert "Fill in: Reason" in words(page)


def test_a_change_of_an_older_version_keeps_what_was_typed_and_says_who_was_first(harrow, secretary):
    send(
        signed_in(harrow.user("manager")), harrow.committee, "change", **facts(harrow.committee, tier="place")
    )
    page = secretary.post(
        f"/governance/bodies/{harrow.committee.slug}/change/",
        {"seen": 1} | facts(harrow.committee, purpose="To decide on all"),
    )
    assert page.status_code == 409
    assert "To decide on all" in main(page)


def test_a_line_names_where_it_was_read(harrow, secretary):
    other = board(harrow, "Governing Body")
    send(
        secretary, harrow.committee, "links/add", kind="reports_to", to=other.pk, source_title="Strategy",
        source_page="3 d", **WHEN,
    )  # fmt: skip
    link = BodyLink.objects.get()
    assert (link.to, str(link.starts_on), link.source.title, link.source.kind) == (
        other, "2019-06-01", "Strategy", "attested",
    )  # fmt: skip


def test_a_circle_is_refused_beside_the_other_body_and_leaves_no_source_behind(harrow, secretary):
    other = board(harrow, "Governing Body")
    send(secretary, harrow.committee, "links/add", kind="reports_to", to=other.pk)
    page = send(secretary, other, "links/add", kind="reports_to", to=harrow.committee.pk, source_title="Slip")
    assert "for that would be a circle" in words(page)
    assert "Slip" in main(page)
    assert not Source.objects.filter(title="Slip").exists()


def test_a_seat_is_added_to_be_named_and_then_named(harrow, secretary):
    trust = make.OrganisationFactory.create(name="Central London Community Healthcare", kind="provider")
    send(
        secretary, harrow.committee, "seats/add", organisation=trust.name, office="Team Lead", part="member",
        is_voting="",
    )  # fmt: skip
    made = Seat.objects.get()
    assert (made.organisation, made.person, made.is_voting) == (trust, None, None)
    thakur = make.PersonFactory.create()
    harrow.committee.refresh_from_db()
    response = secretary.post(
        f"/governance/seats/{made.pk}/name/",
        {"seen": harrow.committee.version, "person": "meena thakur"} | WHEN,
    )
    assert response.status_code == 302
    assert Seat.objects.get(person=thakur).office == "Team Lead"


def test_a_seat_of_nobody_is_refused_and_what_was_chosen_stays(harrow, secretary):
    page = send(secretary, harrow.committee, "seats/add", part="member", chairs="vice_chair", is_voting="no")
    assert "Name the organisation, the person or the office." in words(page)
    assert 'value="vice_chair" selected' in main(page)


def test_a_seat_ends_with_a_reason(harrow, secretary):
    held = seat(harrow.committee, "Dr Small")
    address = f"/governance/seats/{held.pk}/end/"
    until = {name.replace("starts", "ends"): part for name, part in WHEN.items()}
    page = secretary.post(address, {"seen": harrow.committee.version} | until)
    assert "Fill in: Reason" in words(page)
    secretary.post(address, {"seen": harrow.committee.version, "reason": "Retired"} | until)
    held.refresh_from_db()
    assert str(held.ends_on) == "2019-06-01"


def test_terms_are_added_with_a_file(harrow, secretary):
    upload = SimpleUploadedFile("terms.pdf", pdf(), "application/pdf")
    send(secretary, harrow.committee, "terms/add", number="1.0", file=upload)
    assert StoredFile.objects.get(terms__number="1.0").name == "terms.pdf"
    page = send(secretary, harrow.committee, "terms/add", number="1.1")
    assert "Enter the terms of reference or choose a file." in words(page)


def test_a_body_is_added_as_a_draft(harrow, secretary):
    response = secretary.post(
        "/governance/bodies/new/",
        {"organisation": harrow.ccg.pk, "name": "Quality and Risk", "kind": "workstream"},
    )
    made = Body.objects.get(slug="quality-and-risk")
    assert response["Location"] == made.get_absolute_url()
    assert made.get_status_display() == "Draft"
    assert "Quality and Risk Draft" in words(secretary.get("/governance/"))


def test_a_date_without_the_title_of_its_source_asks_for_the_title(harrow, secretary):
    page = send(secretary, harrow.committee, "links/add", kind="feeds_into", source_page="3")
    assert "Enter the title of the source" in words(page)
