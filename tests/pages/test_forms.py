"""Every kind of field through its macro, cards, and pages that call a verb."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from pcnportal.history.record import record
from pcnportal.pages.cards import changed_cards
from tests.pages import examples

pytestmark = pytest.mark.urls("tests.pages.examples")

FILLED = {
    "text": "Something", "kind": "a", "answer": "yes", "several": ["x", "y"], "sure": "on",
    "day_day": "1", "day_month": "July", "day_year": "2019", "practice": "E84001", "seen": "7",
    "conditions-TOTAL_FORMS": "0", "conditions-INITIAL_FORMS": "0",
}  # fmt: skip


@pytest.fixture
def zain(db):
    return examples.Organisation.objects.create(
        slug="zain", code="E84001", name="Zain Medical Centre", kind="practice"
    )


@pytest.fixture
def form_page(harrow, zain):
    examples.AnyFormPage.saved.clear()
    return f"/example/{harrow.pk}/form/"


def html(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def element(page: str, marker: str) -> str:
    """The opening tag that holds a text."""
    return next(tag for tag in re.findall(r"<[^/][^>]*>", page) if marker in tag)


def test_each_kind_of_field_goes_through_its_macro(as_officer, form_page):
    page = html(as_officer.get(form_page))
    text = element(page, 'name="text"')
    assert all(
        part in text for part in ('maxlength="50"', 'autocomplete="name"', 'aria-describedby="id_text-hint"')
    )
    assert 'class="nhsuk-textarea"' in element(page, 'name="long_text"')
    assert 'rows="3"' in element(page, 'name="long_text"')
    assert 'maxlength="4000"' in element(page, 'name="long_text"')
    assert 'class="nhsuk-select"' in element(page, 'name="kind"')
    assert 'id="id_answer"' in element(page, 'value="yes"')
    assert 'type="checkbox"' in element(page, 'name="several"')
    assert 'type="checkbox"' in element(page, 'name="sure"')
    assert 'id="id_day_month"' in element(page, 'name="day_month"')
    assert 'list="id_practice-list"' in element(page, 'name="practice"')
    assert '<option value="Zain Medical Centre (E84001)">' in page
    assert 'type="file"' in element(page, 'name="file"')
    assert 'enctype="multipart/form-data"' in page
    assert 'type="password"' in element(page, 'name="secret"')
    assert "nhsuk-input--width-5" in element(page, 'name="amount"')
    assert 'value="7"' in element(page, 'name="seen"')
    assert "Long text (optional)" in page
    assert page.count('name="why"') == 1
    assert "required" not in element(page, 'name="text"')


def test_wrong_input_keeps_what_was_typed_and_names_each_field(as_officer, form_page):
    sent = FILLED | {
        "text": "",
        "long_text": "<b>kept</b>",
        "day_month": "",
        "several": [],
        "practice": "nobody",
    }
    page = html(as_officer.post(form_page, sent))
    assert "<title>Error: Every kind of field – PCN portal</title>" in page
    for href in ("#id_text", "#id_several", "#id_day_month", "#id_practice"):
        assert f'href="{href}"' in page
        assert f'id="{href[1:]}"' in page
    assert "&lt;b&gt;kept&lt;/b&gt;</textarea>" in page
    assert "id_text-hint id_text-error" in element(page, 'name="text"')
    assert "checked" in element(page, 'id="id_answer"')
    assert 'value="2019"' in element(page, 'name="day_year"')
    assert "nhsuk-input--error" in element(page, 'name="day_month"')
    assert "nhsuk-input--error" not in element(page, 'name="day_year"')
    assert examples.AnyFormPage.saved == []


def test_what_is_right_reaches_the_verb(as_officer, form_page, harrow, zain):
    sent = FILLED | {
        "conditions-TOTAL_FORMS": "1",
        "conditions-0-words": "Say how Zain's patients will be served",
    }
    response = as_officer.post(form_page, sent)
    assert response.status_code == 302
    ((form, cards),) = examples.AnyFormPage.saved
    assert (form["practice"], form["day"], form["several"]) == (zain, date(2019, 7, 1), ["x", "y"])
    assert cards["conditions"] == [{"words": "Say how Zain's patients will be served", "due_on": None}]
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Saved: NHS Harrow CCG."]


def test_a_refusal_becomes_an_error_beside_its_field_or_of_the_form(as_officer, form_page):
    page = html(as_officer.post(form_page, FILLED | {"text": "refuse"}))
    assert '<a href="#id_text"> Say more than that. </a>' in page
    page = html(as_officer.post(form_page, FILLED | {"text": "refuse all"}))
    assert "The meeting is not quorate." in page
    assert 'value="refuse all"' in element(page, 'name="text"')


def test_a_stale_form_is_a_409_that_keeps_everything_and_says_who_was_first(
    as_officer, form_page, member, harrow, monkeypatch
):
    with transaction.atomic():
        event = record(
            member, "approved", harrow, reason="As recommended", status=["Before committee", "Approved"]
        )
    monkeypatch.setattr(examples, "EVENT", event)
    response = as_officer.post(form_page, FILLED | {"text": "stale", "seen": "3"})
    page = html(response)
    assert response.status_code == 409
    assert "NHS Harrow CCG was changed by someone else while you had this page open." in page
    assert "Committee member, 20 May 2019, 9:00am: approved – As recommended" in page
    assert "Status: from Before committee to Approved" in page
    assert 'value="stale"' in element(page, 'name="text"')
    assert 'value="7"' in element(page, 'name="seen"')


def test_a_verb_that_the_role_lacks_is_a_403_and_another_commissioners_record_a_404(
    client, as_officer, form_page, member, havering
):
    assert as_officer.post(form_page, FILLED | {"text": "forbid"}).status_code == 403
    assert as_officer.get(f"/example/{havering.pk}/form/").status_code == 404
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(form_page)
    assert response.status_code == 403
    assert "Your role does not allow this." in html(response)
    assert client.get(f"/example/{havering.pk}/form/").status_code == 404


class TestOneVerb:
    @pytest.fixture
    def address(self, harrow):
        return f"/example/{harrow.pk}/close/"

    def test_it_asks_before_it_acts(self, as_officer, address):
        page = html(as_officer.get(address))
        assert '<h1 class="nhsuk-heading-l">Close it</h1>' in page
        assert 'value="1"' in element(page, 'name="seen"')

    def test_it_acts(self, as_officer, address):
        response = as_officer.post(address, {"seen": "1", "reason": "Merged"})
        assert (response.status_code, response["Location"]) == (302, "/")

    @pytest.mark.parametrize(("reason", "sentence"), [("", "Fill in: Reason"), ("no", "That is no reason.")])
    def test_it_wants_a_reason(self, as_officer, address, reason, sentence):
        page = html(as_officer.post(address, {"seen": "1", "reason": reason}))
        assert f'<a href="#id_reason"> {sentence} </a>' in page


class TestCards:
    SENT = FILLED | {
        "text": "", "conditions-TOTAL_FORMS": "3", "conditions-0-words": "one", "conditions-1-words": "two",
        "conditions-2-words": "three", "conditions-2-due_on_day": "9",
    }  # fmt: skip

    def test_adding_one_keeps_all_and_complains_of_nothing(self, as_officer, form_page):
        page = html(as_officer.post(form_page, self.SENT | {"conditions-add": "1"}))
        assert 'value="4"' in element(page, "conditions-TOTAL_FORMS")
        assert all(f">{words}</textarea>" in page for words in ("one", "two", "three"))
        assert "autofocus" in element(page, 'name="conditions-3-words"')
        assert "There is a problem" not in page

    def test_removing_one_moves_the_rest_up(self, as_officer, form_page):
        page = html(as_officer.post(form_page, self.SENT | {"conditions-remove": "1"}))
        assert 'value="2"' in element(page, "conditions-TOTAL_FORMS")
        assert "two</textarea>" not in page
        assert 'value="9"' in element(page, 'name="conditions-1-due_on_day"')

    def test_an_empty_card_is_an_error_and_enter_saves(self, as_officer, form_page):
        sent = FILLED | {"conditions-TOTAL_FORMS": "1", "conditions-0-words": ""}
        page = html(as_officer.post(form_page, sent))
        assert '<a href="#id_conditions-0-words"> Condition 1: Fill in: Words </a>' in page
        first_button = re.search(r"<main.*?<button([^>]*)>", page)
        assert first_button
        assert "name=" not in first_button[1]

    def test_more_cards_than_a_form_may_have_are_refused_and_not_built(self, as_officer, form_page):
        for sent in ({}, {"conditions-add": "1"}):
            response = as_officer.post(form_page, FILLED | sent | {"conditions-TOTAL_FORMS": "100000"})
            assert html(response).count('class="portal-card"') == 60
        page = html(as_officer.post(form_page, FILLED | {"conditions-TOTAL_FORMS": "100000"}))
        assert '<a href="#conditions-errors"> There can be 40 at most. </a>' in page

    @pytest.mark.parametrize("pressed", ["9", "-1", "x", ""])
    def test_a_card_that_is_not_there_is_not_removed(self, rf, pressed):
        data = rf.post("/", {"c-TOTAL_FORMS": "1", "c-0-words": "one", "c-remove": pressed}).POST
        assert changed_cards(data, "c") is None


@pytest.mark.parametrize("wrong", [{"seen": "seven"}, {"seen": ""}, {"conditions-TOTAL_FORMS": "many"}])
def test_what_the_page_sends_itself_is_refused_in_our_words(as_officer, form_page, wrong):
    page = html(as_officer.post(form_page, FILLED | wrong))
    assert "The page was sent in part: open it again and save it once more." in page
    for theirs in ("ManagementForm", "whole number", "Seen:"):
        assert theirs not in page
