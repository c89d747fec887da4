"""My work: conditions, what to know, what comes next, what happened, figures, and its cost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governance.workflow.meetings import plan_meeting
from pcnportal import clock
from pcnportal.home import greeting
from registry.models import Departure, PCNPeriod, Submission
from registry.workflow.conditions import record_commitment, submit_evidence
from registry.workflow.reviewing import record_reply
from tests import factories as make
from tests import steps
from tests.claims import everything
from tests.home.reading import home, tasks, text
from tests.reading import signed_in

COMMITTEE = "Primary Care Commissioning Committee"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening"), (23, "evening")],
)
def test_the_greeting_goes_by_the_hour_in_london(hour, words):
    assert greeting(datetime(2019, 5, 20, hour, 30, tzinfo=ZoneInfo("Europe/London"))) == f"Good {words}"


def test_the_page_says_who_and_which_day(harrow):
    page = home(harrow.user("officer")).content.decode()
    assert "Monday 20 May 2019" in page
    assert "Good morning, Harrow primary care officer" in page


def test_evidence_waits_for_who_may_discharge_it_and_did_not_hand_it_in(harrow):
    case = steps.approved(
        harrow, conditions=[steps.wanted(harrow, discharge_role="", discharge_body=harrow.committee)]
    )
    condition = case.conditions.get()
    handing = "1 condition open: hand in the evidence when it is there"
    assert tasks(home(harrow.user("officer")))[handing] == f"/conditions/{condition.pk}/"
    submit_evidence(condition, by=harrow.user("manager"), seen=case.version, text="The assurance document.")
    judging = "Evidence to judge for 1 condition"
    assert tasks(home(harrow.user("secretary")))[judging] == f"/conditions/{condition.pk}/judge/"
    for other in ("manager", "officer", "chair", "member", "finance"):
        assert judging not in tasks(home(harrow.user(other)))
    assert handing not in tasks(home(harrow.user("officer")))


def test_a_condition_of_the_chair_waits_for_the_chair(harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    submit_evidence(case.conditions.get(), by=harrow.user("officer"), seen=case.version, text="Here.")
    assert "Evidence to judge for 1 condition" in tasks(home(harrow.user("chair")))
    assert "Evidence to judge for 1 condition" not in tasks(home(harrow.user("secretary")))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2019, 6, 10), "1 condition open: hand in the evidence when it is there"),
        (date(2019, 6, 16), "1 condition due soon: hand in the evidence"),
        (date(2019, 6, 30), "1 condition due soon: hand in the evidence"),
        (date(2019, 7, 1), "1 condition overdue: hand in the evidence, or extend the date with a reason"),
    ],
)
def test_a_condition_is_told_by_how_near_its_date_is(harrow, day, sentence):
    steps.approved(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(day):
        assert sentence in tasks(home(harrow.user("officer")))


def test_an_answer_of_the_region_waits_until_it_is_held(harrow):
    case = steps.recommended(harrow, "Harrow East PCN")
    sentence = "1 departure to which the regional team’s answer is not held"
    assert (
        tasks(home(harrow.user("officer")))[sentence]
        == f"/registrations/{case.pk}/review/population/departure/reply/"
    )
    departure = Departure.objects.select_related("line__case").get()
    record_reply(departure, by=harrow.user("officer"), seen=departure.line.case.version, reply="agreed")
    assert sentence not in tasks(home(harrow.user("officer")))


@pytest.mark.parametrize("user", ["chair", "member"])
def test_the_committee_has_its_registrations_before_it(harrow, user):
    steps.before_committee(harrow)
    steps.before_committee(harrow, "Harrow East PCN")
    page = home(harrow.user(user))
    assert list(tasks(page)) == [f"2 registrations before today’s {COMMITTEE}"]
    shown = text(page, "Waiting for you")
    assert "1 does not meet every line of the checklist." in shown
    assert "Harrow East PCN not met: Population" in shown
    with clock.at(make.COMMITTEE_DAY + timedelta(days=2)):
        (sentence,) = tasks(home(harrow.user(user)))
        assert sentence.endswith(f"the {COMMITTEE} of 20 May 2019: no decision is recorded yet")


@pytest.mark.parametrize("user", ["finance", "approver", "auditor"])
def test_who_only_reads_is_told_what_others_do(harrow, user):
    steps.before_committee(harrow)
    page = home(harrow.user(user))
    assert tasks(page) == {}
    assert list(tasks(page, "To know")) == [f"1 registration before today’s {COMMITTEE}"]


def test_a_live_network_without_a_payee_is_told_to_finance(harrow):
    case = steps.live(harrow, conditions=[steps.wanted(harrow, timing="after")])
    with clock.at(make.GO_LIVE):
        assert list(tasks(home(harrow.user("finance")), "To know")) == ["1 condition open, 1 overdue"]
        case.pcn.payees.all().delete()
        known = tasks(home(harrow.user("finance")), "To know")
    assert "1 live PCN without a nominated payee on record" in known


def test_administrators_are_led_to_the_admin_and_see_no_case(harrow):
    steps.before_committee(harrow)
    page = home(harrow.user("admin")).content.decode()
    for path in ("people/user", "registry/checklist", "governance/quorumrule"):
        assert f'href="/admin/{path}/"' in page
    assert "GP Direct PCN" not in page
    assert "At a glance" not in page


def test_who_holds_no_role_is_told_so(harrow):
    newcomer = make.UserFactory.create(email="new@harrow.example")
    page = home(newcomer)
    assert "You hold no role yet: an administrator gives it to you." in text(page, "Waiting for you")
    assert signed_in(newcomer).get("/search/").status_code == 403


def test_another_commissioner_sees_nothing_of_it(harrow):
    steps.before_committee(harrow)
    page = home(harrow.user("officer@havering.example"))
    assert "GP Direct" not in page.content.decode()
    assert "Nothing waits for you." in text(page, "Waiting for you")
    assert "No registration yet: start the first one" in text(page, "Havering CCG at a glance")
    assert "Harrow" not in text(page, "Next")


def test_nothing_waits_says_what_comes_next_and_when(harrow):
    assert "No meeting is planned" in text(home(harrow.user("officer")), "Next")
    plan_meeting(
        harrow.committee, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=date(2019, 5, 24)
    )
    said = text(home(harrow.user("officer")), "Waiting for you")
    assert (
        said
        == f"Nothing waits for you. Next: {COMMITTEE}, nothing on the agenda yet: 24 May 2019, in 4 days."
    )


def test_next_lists_meetings_dates_of_the_round_conditions_and_ends_of_agreements_by_day(harrow):
    case = steps.before_panel(harrow, conditions=[steps.wanted(harrow)])
    record_commitment(
        case,
        by=harrow.user("officer"),
        seen=case.version,
        condition=case.conditions.get(),
        kind="agreement",
        text="An interim agreement",
        promised_by="The practices",
        ends_on=date(2019, 11, 24),
        end_assumed_because="Six months from the report.",
        source=harrow.report,
    )
    shown = text(home(harrow.user("member")), "Next")
    order = [
        f"20 May 2019, today {COMMITTEE}",
        "24 May 2019, in 4 days North West London",
        "31 May 2019, in 11 days Confirmation due 1 registration",
        "30 June 2019, in 41 days Condition due GP Direct PCN",
        "24 November 2019, in 188 days Agreement ends (assumed) GP Direct PCN",
    ]
    assert sorted(order, key=shown.index) == order


def test_what_happened_is_told_once_for_all_records_of_a_day(harrow):
    steps.approved(harrow)
    steps.approved(harrow, "Harrow East PCN")
    shown = text(home(harrow.user("member")), "Happened")
    told = "Harrow committee secretary recorded the approval, 20 May 2019 Harrow East PCN GP Direct PCN"
    assert told in shown
    assert shown.count("recorded the approval") == 1
    assert "answered a line" not in shown


def test_after_a_quiet_week_it_tells_what_was_before(harrow):
    steps.approved(harrow)
    with clock.at(date(2019, 5, 28)):
        shown = text(home(harrow.user("member")), "Happened")
    assert shown.startswith("Nothing. Before that: Harrow committee secretary recorded the approval")


def test_the_figures_come_from_the_data(harrow):
    case = steps.before_committee(harrow)
    steps.received(harrow, "Harrow East PCN")
    shown = text(home(harrow.user("member")), "Harrow CCG at a glance")
    assert "1 registration: received" in shown
    assert "1 registration: before committee" in shown
    assert "6 of 6 practices placed" in shown
    assert "63,025 patients stated At 1 January 2019. Source: Harrow board report" in shown
    assert "No condition open" in shown
    Submission.objects.filter(case=case).update(stated_list_size=34407)
    assert "63,026 patients stated" in text(home(harrow.user("member")), "Harrow CCG at a glance")
    Submission.objects.update(stated_list_size=None)
    shown = text(home(harrow.user("member")), "Harrow CCG at a glance")
    assert "Patients: no list size is stated yet" in shown


def test_reading_the_page_writes_nothing(harrow):
    steps.approved(harrow, conditions=[steps.wanted(harrow)])
    client = signed_in(harrow.user("manager"))
    before = everything()
    assert client.get("/").status_code == 200
    assert everything() == before


def test_a_closed_network_without_a_payee_is_none_to_pay(harrow):
    case, closed = steps.live(harrow), make.GO_LIVE + timedelta(days=1)
    case.pcn.payees.all().delete()
    PCNPeriod.objects.filter(pcn=case.pcn, ends_on=None).update(ends_on=closed)
    PCNPeriod.objects.create(pcn=case.pcn, status=PCNPeriod.Status.CLOSED, starts_on=closed)
    for day, is_told in ((make.GO_LIVE, True), (closed, False)):
        with clock.at(day):
            known = tasks(home(harrow.user("finance")), "To know")
        assert any("payee" in text for text in known) is is_told
