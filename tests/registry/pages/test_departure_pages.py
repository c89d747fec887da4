"""A departure: its reason, that it was sent, and what the regional team answered."""

from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from registry.models import Case, Departure
from tests import factories as make
from tests import steps
from tests.harrow import Harrow
from tests.registry.pages.reading import errors, main, words

VERBS = ["", "sent/", "reply/"]


@pytest.fixture
def east(harrow: Harrow) -> Case:
    return steps.under_review(harrow, "Harrow East PCN")


@pytest.fixture
def sent(harrow: Harrow, east: Case) -> Case:
    return steps.answer_everything(harrow, east)


def address(case: Case, verb: str = "", key: str = "population") -> str:
    return f"/registrations/{case.pk}/review/{key}/departure/{verb}"


def typed(case: Case, **said: Any) -> dict[str, Any]:
    case.refresh_from_db()
    return {"seen": case.version} | said


def on(day: date, name: str) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def held(case: Case) -> Departure:
    return Departure.objects.get(line__case=case)


def test_the_three_steps_lead_from_a_line_that_fails_to_the_regions_answer(harrow, officer, east):
    review = f"/registrations/{east.pk}/review/"
    assert "28,619 is 1,381 below 30,000." in words(officer.get(address(east)))
    done = officer.post(address(east), typed(east, reason="A natural community."))
    assert done.url == review
    assert "A natural community." in words(officer.get(address(east, "sent/")))
    sent = typed(east, when="on", **on(date(2019, 5, 17), "sent_on"))
    assert officer.post(address(east, "sent/"), sent).url == review
    reply = typed(east, reply="agreed", note="By letter.", held_source=str(harrow.report.pk))
    assert officer.post(address(east, "reply/"), reply | on(make.COMMITTEE_DAY, "replied_on")).url == review
    departure = held(east)
    assert (departure.reason, departure.sent_on) == ("A natural community.", date(2019, 5, 17))
    assert (departure.reply, departure.replied_on) == ("agreed", make.COMMITTEE_DAY)
    assert departure.reply_source == harrow.report
    page = words(officer.get(review))
    assert "Sent 17 May 2019 Regional answer Agreed Day of the answer 20 May 2019 Note By letter." in page


def test_the_day_it_was_sent_may_not_be_held(harrow, officer, east):
    officer.post(address(east), typed(east, reason="A natural community."))
    said = typed(east, when="not_held", sent_on_day="x")  # typed before the other choice was made
    assert officer.post(address(east, "sent/"), said).status_code == 302
    assert (held(east).is_sent, held(east).sent_on) == (True, None)


def test_the_day_of_the_answer_may_not_be_held(harrow, officer, sent):
    said = typed(sent, reply="refused", held_source="none")
    assert officer.post(address(sent, "reply/"), said).status_code == 302
    assert (held(sent).reply, held(sent).replied_on) == ("refused", None)


def test_a_wrong_answer_is_corrected_from_what_was_recorded(harrow, officer, sent):
    officer.post(address(sent, "reply/"), typed(sent, reply="refused", note="Misread.", held_source="none"))
    assert "Correct the regional answer" in words(officer.get(f"/registrations/{sent.pk}/review/"))
    page = main(officer.get(address(sent, "reply/")))
    assert 'value="refused" checked' in page
    assert "Misread.</textarea>" in page
    officer.post(address(sent, "reply/"), typed(sent, reply="agreed", held_source="none"))
    assert held(sent).reply == "agreed"


def test_the_answer_may_come_after_the_decision(harrow, officer):
    case = steps.before_committee(harrow, "Harrow East PCN")
    assert "Record the regional answer" in words(officer.get(f"/registrations/{case.pk}/review/"))
    said = typed(case, reply="agreed", held_source="none")
    assert officer.post(address(case, "reply/"), said).status_code == 302
    assert held(case).word == "Agreed"


@pytest.mark.parametrize(
    ("verb", "said", "target", "sentence"),
    [
        ("", {"reason": " "}, "#id_reason", "Fill in: Reason for the departure"),
        ("sent/", {}, "#id_when", "Choose whether the day is held"),
        ("sent/", {"when": "on"}, "#id_sent_on_day", "Enter the day, or choose that it is not held"),
        (
            "sent/",
            {"when": "on", **on(date(2019, 5, 21), "sent_on")},
            "#id_sent_on_day",
            "The date must be today or earlier, for example 20 May 2019",
        ),
        ("reply/", {"note": "Kept words"}, "#id_reply", "Choose agreed or refused"),
        (
            "reply/",
            {"reply": "agreed", "note": "Kept words", **on(date(2019, 5, 21), "replied_on")},
            "#id_replied_on_day",
            "The date must be today or earlier, for example 20 May 2019",
        ),
        (
            "reply/",
            {"reply": "agreed", "note": "Kept words", "held_source": "named"},
            "#id_source_title",
            "Enter the title of the source",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(harrow, officer, east, verb, said, target, sentence):
    if verb:
        officer.post(address(east), typed(east, reason="A natural community."))
    if verb == "reply/":
        officer.post(address(east, "sent/"), typed(east, when="not_held"))
    page = officer.post(address(east, verb), typed(east, **said))
    assert page.status_code == 200
    assert errors(page) == {target: sentence}
    for text in (text for text in said.values() if text == "Kept words"):
        assert text in main(page)


def test_an_answer_before_it_was_sent_is_refused_at_its_day(harrow, officer, east):
    officer.post(address(east), typed(east, reason="A natural community."))
    officer.post(address(east, "sent/"), typed(east, when="on", **on(date(2019, 5, 17), "sent_on")))
    said = typed(east, reply="agreed", **on(date(2019, 5, 16), "replied_on"))
    page = officer.post(address(east, "reply/"), said)
    assert errors(page) == {"#id_replied_on_day": "The answer can't be before the departure was sent."}


def test_each_step_waits_for_the_one_before(harrow, officer, east):
    assert "Give the reason for the departure first." in words(officer.get(address(east, "sent/")))
    assert "Record first that the departure was sent." in words(officer.get(address(east, "reply/")))
    for verb, said in (("sent/", {"when": "not_held"}), ("reply/", {"reply": "agreed"})):
        assert officer.post(address(east, verb), typed(east, **said)).status_code == 200
    assert not Departure.objects.exists()


def test_what_was_sent_keeps_its_reason(harrow, officer, sent):
    page = officer.get(address(sent))
    assert "This departure was sent already: its reason stays as it was sent." in words(page)
    officer.post(address(sent), typed(sent, reason="Another."))
    assert held(sent).reason == "A natural community."
    assert "This departure was sent already." in words(officer.get(address(sent, "sent/")))


def test_a_line_that_does_not_fail_has_no_departure(harrow, officer, east):
    page = officer.get(address(east, key="members"))
    assert "This line does not read “Not met”: there is no departure." in words(page)
    officer.post(address(east, key="members"), typed(east, reason="None."))
    assert not Departure.objects.exists()


def test_outside_the_review_no_departure_is_recorded_or_sent(harrow, officer, east):
    officer.post(address(east), typed(east, reason="A natural community."))
    Case.objects.filter(pk=east.pk).update(status="returned")
    for verb in ("", "sent/"):
        assert "its review is not open" in words(officer.get(address(east, verb)))
    officer.post(address(east, "sent/"), typed(east, when="not_held"))
    assert not held(east).is_sent


@pytest.mark.parametrize("verb", VERBS)
def test_who_was_first_is_named_and_what_was_typed_is_kept(harrow, officer, east, verb):
    with clock.at(make.COMMITTEE_DAY):
        steps.answer_everything(harrow, east) if verb == "reply/" else None
    if verb == "sent/":
        officer.post(address(east), typed(east, reason="A natural community."))
    said = typed(east, reason="Typed words", when="not_held", reply="agreed", note="Typed words")
    Case.objects.filter(pk=east.pk).update(version=east.version + 1)
    page = officer.post(address(east, verb), said)
    assert page.status_code == 409
    assert verb == "sent/" or "Typed words" in main(page)
    assert f'name="seen" value="{east.version + 1}"' in main(page)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("manager", 200),
        ("member", 403),
        ("secretary", 403),
        ("officer@havering.example", 404),
        ("admin", 404),
    ],
)
def test_who_may(harrow, client, sent, verb, name, status):
    client.force_login(harrow.user(name))
    assert client.get(address(sent, verb)).status_code == status
    assert client.post(address(sent, verb), typed(sent)).status_code == status
