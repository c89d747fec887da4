"""The pages of the verbs that need only a reason, a date or one choice."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from governance.models import Meeting
from pcnportal import clock
from registry.models import Case, Condition, Status
from registry.views.form_verbs import VerbPage
from registry.views.verbs import WAYS_OUT
from registry.workflow import TRANSITIONS, move
from registry.workflow.move import GUARDS
from tests import factories as make
from tests import steps
from tests.registry.pages.reading import errors, main, words
from tests.registry.ready import Ready, ready

VERBS = [page.verb for page in VerbPage.__subclasses__() if page.verb] + ["put_on_agenda", "put_before_panel"]
WITH_REASON = [
    "return_form",
    "withdraw",
    "member_withdraws",
    "resume_review",
    "review_again",
    "take_off_agenda",
]


def address(verb: str, case: Case) -> str:
    return reverse(f"registry:{verb}", args=[case.pk])


def typed(made: Ready) -> dict[str, Any]:
    """What a person fills in to do the verb."""
    data: dict[str, Any] = {"seen": made.case.version}
    for name, value in made.facts.items():
        data[name] = getattr(value, "pk", value)
    if made.verb == "go_live":
        data |= {"starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2019"}
    return data


@pytest.mark.parametrize("verb", VERBS)
def test_a_page_says_what_will_happen_and_has_one_button(harrow, client, verb):
    made = ready(harrow, verb)
    client.force_login(harrow.user(made.by))
    with clock.at(made.day):
        page = client.get(address(verb, made.case))
    assert page.status_code == 200
    html = main(page)
    assert len(re.findall(r'<button class="nhsuk-button(?: nhsuk-button--warning)?"', html)) == 1
    assert f'<a href="{made.case.get_absolute_url()}">Cancel</a>' in html
    assert len(words(page)) > 120


@pytest.mark.parametrize("verb", VERBS)
def test_the_button_does_the_verb_and_says_so(harrow, client, verb):
    made = ready(harrow, verb)
    before = made.case.status
    client.force_login(harrow.user(made.by))
    with clock.at(made.day):
        answer = client.post(address(verb, made.case), typed(made))
    assert answer.status_code == 302, words(answer)
    made.case.refresh_from_db()
    assert made.case.status == (TRANSITIONS[verb].to or before)
    assert str(made.case) in str(next(iter(get_messages(answer.wsgi_request))))
    if verb == "confirm":
        assert answer.url == made.case.decisions.get(outcome="approved").letter.get_absolute_url()
    else:
        assert answer.url == made.case.get_absolute_url()


@pytest.mark.parametrize("verb", VERBS)
def test_whose_role_does_not_give_the_verb_is_refused_and_others_find_nothing(harrow, client, verb):
    made = ready(harrow, verb)
    for name, status in (("member", 403), ("officer@havering.example", 404)):
        client.force_login(harrow.user(name))
        assert client.get(address(verb, made.case)).status_code == status
        assert client.post(address(verb, made.case), typed(made)).status_code == status
    version = made.case.version
    made.case.refresh_from_db()
    assert made.case.version == version


@pytest.mark.parametrize("verb", VERBS)
def test_who_comes_second_keeps_what_was_typed(harrow, client, verb):
    made = ready(harrow, verb)
    data = typed(made)
    Case.objects.filter(pk=made.case.pk).update(version=made.case.version + 1)
    client.force_login(harrow.user(made.by))
    with clock.at(made.day):
        answer = client.post(address(verb, made.case), data)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert f'name="seen" value="{made.case.version + 1}"' in html
    assert "The practices asked for it." in html or "reason" not in data


@pytest.mark.parametrize("verb", WITH_REASON)
def test_a_reason_is_asked_for_at_its_field(harrow, client, verb):
    made = ready(harrow, verb)
    client.force_login(harrow.user(made.by))
    answer = client.post(address(verb, made.case), typed(made) | {"reason": " "})
    assert answer.status_code == 200
    assert list(errors(answer)) == ["#id_reason"]
    assert "Say " in errors(answer)["#id_reason"]


@pytest.mark.parametrize("verb", VERBS)
def test_in_another_stage_the_page_says_so_and_offers_no_form(harrow, client, verb):
    case = steps.under_review(harrow) if verb in ("submit", "open_review") else steps.drafted(harrow)
    if verb == "withdraw":
        steps.do(harrow, case, "submit", "officer")
        move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="No longer wanted")
    client.force_login(harrow.user("manager"))
    page = client.get(address(verb, case))
    assert f"This can't be done now: the registration is “{case.get_status_display()}”." in words(page)
    assert 'name="seen"' not in page.content.decode()


def test_every_guard_has_its_way_out():
    guards = {check.__name__ for verb in VERBS for check in GUARDS[verb]}
    assert guards == set(WAYS_OUT)


def test_an_unreviewed_registration_is_led_back_to_the_review(harrow, client):
    case = steps.under_review(harrow)
    harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    client.force_login(harrow.user("manager"))
    page = client.get(address("put_on_agenda", case))
    assert "lines of the checklist still open" in words(page)
    assert reverse("registry:review", args=[case.pk]) in page.content.decode()
    assert reverse("registry:recommend", args=[case.pk]) in page.content.decode()
    client.force_login(harrow.user("secretary"))
    page = client.get(address("put_on_agenda", case))
    assert reverse("registry:recommend", args=[case.pk]) not in page.content.decode()


def test_where_no_meeting_is_planned_one_is_led_to_plan_it(harrow, client):
    case = steps.recommended(harrow)
    harrow.meeting(harrow.committee, date(2019, 5, 13))  # is over
    harrow.meeting(harrow.panel, make.PANEL_DAY)  # is another body's
    client.force_login(harrow.user("secretary"))
    page = client.get(address("put_on_agenda", case))
    assert f"No meeting of the {harrow.committee} is planned for today or later." in words(page)
    assert reverse("governance:plan_meeting") in page.content.decode()


def test_only_coming_meetings_of_the_right_body_can_be_chosen(harrow, client):
    case = steps.recommended(harrow)
    coming = harrow.meeting(harrow.committee, date(2019, 6, 17))
    over = harrow.meeting(harrow.committee, date(2019, 5, 13))
    harrow.meeting(harrow.panel, make.PANEL_DAY)
    client.force_login(harrow.user("secretary"))
    page = client.get(address("put_on_agenda", case))
    assert re.findall(r'name="meeting" type="radio" value="(\d+)"', main(page)) == [str(coming.pk)]
    assert "17 June 2019 (in 28 days)" in words(page)
    answer = client.post(address("put_on_agenda", case), {"seen": case.version, "meeting": over.pk})
    assert list(errors(answer)) == ["#id_meeting"]


def test_confirming_shows_what_the_letter_will_say(harrow, client):
    case = steps.endorsed(harrow, conditions=[steps.wanted(harrow)])
    client.force_login(harrow.user("manager"))
    with clock.at(make.CONFIRM_BY):
        page = words(client.get(address("confirm", case)))
    assert "Approved with conditions, 20 May 2019" in page
    assert "Endorsed, 24 May 2019" in page
    assert "Assure the committee that the network is resilient and sustainable." in page
    assert "All 3 open practices are in one PCN each." in page


def test_what_keeps_a_registration_from_being_confirmed_is_named(harrow, client):
    case = steps.approved(harrow)
    make.PracticeFactory.create(code="E84014", name="Bacon Lane Surgery")
    client.force_login(harrow.user("manager"))
    page = words(client.get(address("confirm", case)))
    assert f"{harrow.panel} has not endorsed it yet." in page
    assert "in no PCN: Bacon Lane Surgery" in page


def test_everything_that_keeps_a_pcn_from_going_live_is_named_at_once(harrow, client):
    case = steps.confirmed(harrow, conditions=[steps.wanted(harrow)])
    client.force_login(harrow.user("manager"))
    with clock.at(make.CONFIRM_BY):
        page = words(client.get(address("go_live", case)))
    assert "Still open and due before go-live: condition 1." in page
    assert "Networks of this round start on 1 July 2019." in page
    assert Condition.objects.get(case=case).result == ""


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (("30", "6", "2019"), "Networks of this round start on 1 July 2019 at the earliest"),
        (("2", "7", "2019"), "The date must be today or earlier"),
        (("31", "6", "2019"), "Enter a real date"),
    ],
)
def test_a_pcn_goes_live_between_the_rounds_start_and_today(harrow, client, day, sentence):
    case = steps.confirmed(harrow)
    client.force_login(harrow.user("manager"))
    data = dict(zip(("starts_on_day", "starts_on_month", "starts_on_year"), day, strict=True))
    with clock.at(make.GO_LIVE):
        answer = client.post(address("go_live", case), data | {"seen": case.version})
    assert sentence in errors(answer)["#id_starts_on_day"]
    assert f'value="{day[0]}"' in answer.content.decode()
    case.refresh_from_db()
    assert case.status == Status.CONFIRMED


def test_a_member_that_left_can_not_be_chosen_again(harrow, client):
    case = steps.approved(harrow)
    client.force_login(harrow.user("officer"))
    data = {"seen": case.version, "practice": harrow.practice("E84062").pk, "reason": "It wrote to us."}
    assert client.post(address("member_withdraws", case), data).status_code == 302
    client.get(address("return_form", case))  # reads the message
    page = client.get(address("member_withdraws", case))
    assert "Shaftesbury Medical Centre" not in words(page)
    assert "Kings Road Medical Centre (E84005)" in words(page)


def test_an_agenda_page_asks_as_much_for_many_meetings(harrow, client, django_assert_max_num_queries):
    case = steps.recommended(harrow)
    for day in range(1, 29):
        Meeting.objects.create(body=harrow.committee, commissioner=harrow.ccg, held_on=date(2019, 6, day))
    client.force_login(harrow.user("secretary"))
    with django_assert_max_num_queries(45):
        client.get(address("put_on_agenda", case))
