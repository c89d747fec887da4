"""The year's report: Appendix 1 of Harrow's board report, from the data alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock, story
from pcnportal.people.models import User
from registry.models import Round, Submission
from registry.report.parts import place_of
from registry.workflow import move
from tests import factories as make
from tests import steps
from tests.demo import load
from tests.reading import signed_in
from tests.registry.pages.reading import words

REPORT = "/registrations/report/"


def as_told(day):
    """The report on Harrow's own registrations on the morning of `day`, as the demo replays them."""
    load()
    story.replay(story.open_accounts(), day)
    with clock.at(day):
        return words(signed_in(User.objects.get(email="officer@harrow.example")).get(REPORT))


def report(harrow, user="officer", **query):
    return signed_in(harrow.user(user)).get(REPORT, query)


def test_it_says_what_the_appendix_says(db):
    said = as_told(date(2019, 7, 2))
    for part in (
        "Primary Care Network registration in Harrow",
        "NHS Harrow CCG received 6 registration forms by 15 May 2019.",
        "Practices and patients of each network, as the forms state them at 1 January 2019",
        "Harrow East PCN Practices covered Honeypot Medical Centre Mollison Way Surgery Bacon Lane Surgery "
        "Patients 28,619",
        "Total Practices covered 33 practices Patients 269,801",
        "“National requirements” (13 requirements) and “Local criteria, North West London” (2 requirements)",
        "2 networks do not meet every criterion. Harrow Collaborative PCN: contiguity Zain Medical Centre "
        "does not adjoin the rest of the network.",
        "Harrow East PCN: population 28,619 is 1,381 below 30,000.",
        "NHS England, London region: regional answer not held.",
        "Health Alliance PCN: 52,069 is 2,069 above 50,000.",
        "Healthsense PCN: 80,779 is 30,779 above 50,000.",
        "The primary care team recommended to approve 6 registrations",
        "An extensive engagement with community providers, who raised no objections to the proposed PCNs.",
        "6 of 6 registrations decided: 4 approved, 2 approved with conditions.",
        "Condition 1: open. Address the issue of one non-contiguous practice within the PCN",
        "Until 24 November 2019 (assumed: Six months from 24 May 2019",
        "Condition 1: met on 24 May 2019. Assurance around the resilience",
        "North West London Health and Care Partnership panel, 24 May 2019: endorsed 6 registrations",
        "Practice Elliott Hall Medical Centre Job share shares the post; the share is not held",
        "All 33 open practices are in one PCN each.",
        "Sphere PCN Stage Live Letter issued; date not held",
        "Sources Harrow board report on Primary Care Networks",
    ):
        assert part in said


def test_before_the_committee_it_says_that_nothing_is_decided(db):
    said = as_told(date(2019, 5, 20))
    assert "Nothing has been decided yet." in said
    assert "269,801" in said
    assert "Endorsement" not in said
    assert "Conditions and what answered them" not in said


def test_its_figures_are_those_of_the_data(harrow):
    steps.received(harrow)
    case = steps.received(harrow, "Harrow East PCN")
    assert "Total Practices covered 6 practices Patients 63,025" in words(report(harrow))
    Submission.objects.filter(case=case).update(stated_list_size=30000)
    assert "Total Practices covered 6 practices Patients 64,406" in words(report(harrow))


def test_a_form_that_came_late_is_said(harrow):
    late = steps.received(harrow)
    Submission.objects.filter(case=late).update(received_on=date(2019, 5, 16))
    assert "received 1 registration form, 1 of them after 15 May 2019: GP Direct PCN." in words(
        report(harrow)
    )


def test_a_withdrawn_registration_is_named_and_not_counted(harrow):
    steps.received(harrow)
    gone = steps.received(harrow, "Harrow East PCN")
    move(gone, "withdraw", by=harrow.user("officer"), seen=gone.version, reason="They join another.")
    said = words(report(harrow))
    assert "Withdrawn since: Harrow East PCN." in said
    assert "Total Practices covered 3 practices Patients 34,406" in said


def test_what_was_not_reviewed_is_not_said_to_meet_anything(harrow):
    steps.received(harrow)
    said = words(report(harrow))
    assert "The review has not been opened." in said
    assert "meets every criterion" not in said
    assert "No recommendation has been made." in said


def test_a_re_review_that_is_wanted_is_said(harrow):
    case = steps.approved(harrow)
    leaves = harrow.practice("E84062")
    move(
        case,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=case.version,
        reason="By letter.",
        practice=leaves,
    )
    said = words(report(harrow))
    assert (
        "Shaftesbury Medical Centre withdrew after the approval and is no longer placed. A re-review is"
        in said
    )
    assert "Total Practices covered 2 practices" in said
    assert "in no PCN: Shaftesbury Medical Centre" in said


def test_a_year_without_registrations_says_so(harrow):
    year = {"year": "2020/21", "title": "Network Contract DES 2020/21", "source": harrow.report}
    days = {name: date(2020, 5, 31) for name in ("list_size_on", "deadline", "confirm_by", "go_live_on")}
    Round.objects.create(**year, **days)
    steps.received(harrow)
    assert "No registration has been received for 2020/21." in words(report(harrow))
    assert "34,406" in words(report(harrow, year="2019/20"))


def test_a_year_that_is_not_held_is_named(harrow):
    answer = report(harrow, year="1999/00")
    assert answer.status_code == 400
    assert "Choose one of the answers given" in words(answer)


def test_it_is_of_ones_own_commissioner_only(harrow):
    steps.received(harrow)
    said = words(report(harrow, "officer@havering.example", commissioner="nhs-harrow-ccg"))
    assert "Primary Care Network registration in Havering" in said
    assert "34,406" not in said
    make.RoleFactory.create(user=harrow.user("officer@havering.example"), organisation=harrow.ccg)
    said = words(report(harrow, "officer@havering.example", commissioner="nhs-harrow-ccg"))
    assert "Primary Care Network registration in Harrow" in said
    assert report(harrow, "admin").status_code == 403


def test_it_asks_the_same_questions_for_any_number_of_registrations(harrow):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            report(harrow)
        return len(captured)

    steps.approved(harrow, conditions=[steps.wanted(harrow)])
    asked()
    few = asked()
    steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    assert asked() == few


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("NHS Harrow CCG", "Harrow"),
        ("NHS North West London ICB", "North West London"),
        ("NHS Kent and Medway Integrated Care Board", "Kent and Medway"),
    ],
)
def test_the_place_is_the_commissioners_without_its_kind(name, place):
    assert place_of(make.OrganisationFactory.build(name=name)) == place
