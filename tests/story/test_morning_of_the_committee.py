"""20 May 2019 in the morning: six registrations reviewed, recommended and waiting, as the report tells."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.people.models import Organisation
from registry.checklist import assess, summary_of
from registry.coverage import coverage_of
from registry.models import (
    Case,
    Decision,
    Departure,
    Line,
    Membership,
    Practice,
    Recommendation,
    SubmittedDirector,
    SubmittedMember,
)
from registry.workflow import available
from tests.demo import played

DAY = date(2019, 5, 20)
# Appendix 1 of the report: each PCN, its practices in the report's words, its population.
REPORT = {
    "Harrow Collaborative PCN": (
        32716,
        "Civic Medical Centre, First Choice Medical, Pinner Road Surgery, Pinner View Medical Centre, "
        "Headstone Road Surgery, Headstone Lane Medical Centre, Savita Medical Centre, Zain Medical Centre, "
        "Kenton Clinic",
    ),
    "Healthsense PCN": (
        80779,
        "Ridgeway Surgery, Pinn Medical Centre, Simpson House Medical Centre, Enderley Road Medical Centre, "
        "Roxbourne Medical Centre, Kenton Bridge Medical Centre – Dr Golden, "
        "Kenton Bridge Medical Centre – Dr Raja",
    ),
    "GP Direct PCN": (34406, "GP Direct, Kings Road Medical Centre, Shaftesbury Medical Centre"),
    "Harrow East PCN": (28619, "Honeypot Medical Centre, Mollison Way Surgery, Bacon Lane Surgery"),
    "Health Alliance PCN": (
        52069,
        "Aspri Medical Centre, Belmont Health Centre, Stanmore Medical Centre, The Circle Practice, "
        "The Enterprise Practice, Streatfield Medical Centre",
    ),
    "Sphere PCN": (
        41212,
        "Elliott Hall Medical Centre, Hatch End Medical Centre, Northwick Surgery, "
        "St Peters Medical Centre, Streatfield Health Centre",
    ),
}
DIRECTORS = {
    ("Harrow Collaborative PCN", "Dr Dilip Patel", "Civic Medical Centre"),
    ("Healthsense PCN", "Dr Amol Kelshiker", "Pinn Medical Centre"),
    ("GP Direct PCN", "Dr Shahla Ahmad", "GP Direct"),
    ("Harrow East PCN", "Dr Meena Thakur", "Honeypot Medical Centre"),
    ("Health Alliance PCN", "Dr Kaushik Karia", "Aspri Medical Centre"),
    ("Sphere PCN", "Dr Ashok Kelshiker", "Elliott Hall Medical Centre"),
    ("Sphere PCN", "Dr Varun Goel", "Streatfield Health Centre"),
}
FAILING = {"Harrow Collaborative PCN": ("Contiguity",), "Harrow East PCN": ("Population",)}


@pytest.fixture(scope="module")
def users(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
    with played(django_db_blocker, DAY) as accounts:
        yield accounts


@pytest.fixture(autouse=True)
def the_morning(users: Any) -> Iterator[None]:
    with clock.at(DAY):
        yield


def cases() -> dict[str, Case]:
    return {str(case): case for case in Case.objects.select_related("current", "pcn__organisation")}


def lines() -> dict[str, list[Any]]:
    return {name: assess(case, DAY) for name, case in cases().items()}


def test_the_forms_name_the_reports_33_practices_and_269_801_patients():
    held = {
        name: (case.current.stated_list_size, [str(member) for member in case.current.members.all()])
        for name, case in cases().items()
        if case.current
    }
    assert held == {name: (size, members.split(", ")) for name, (size, members) in REPORT.items()}
    assert sum(size or 0 for size, _ in held.values()) == 269_801
    assert sum(len(members) for _, members in held.values()) == 33


def test_they_are_all_the_open_practices_of_the_commissioner_each_placed_once():
    coverage = coverage_of(Organisation.objects.get(code="08E"), DAY)
    assert coverage.sentence == "All 33 open practices are in one PCN each."
    assert Practice.objects.filter(commissioner__code="08E").count() == 33


def test_all_six_wait_for_the_committee_and_nothing_is_decided():
    assert {case.status for case in cases().values()} == {"before_committee"}
    assert not Decision.objects.exists()
    assert not Membership.objects.on(DAY).exists()


def test_exactly_two_do_not_meet_every_line_and_these_two():
    found = {name: summary_of(assessed).failing for name, assessed in lines().items()}
    assert {name: failing for name, failing in found.items() if failing} == FAILING
    assert not any(summary_of(assessed).open for assessed in lines().values())


def test_harrow_east_is_1_381_below_30_000_with_the_london_note():
    population = next(a for a in lines()["Harrow East PCN"] if a.line.key == "population")
    assert population.result.working.startswith("28,619 is 1,381 below 30,000. ")
    assert "not open to flex in Greater London" in population.result.working


def test_zain_medical_centre_is_what_does_not_adjoin_harrow_collaborative():
    contiguity = next(a for a in lines()["Harrow Collaborative PCN"] if a.line.key == "contiguity")
    assert "Zain Medical Centre" in contiguity.line.note


def test_only_healthsense_and_health_alliance_are_above_50_000():
    states = {
        name: next(a for a in assessed if a.line.key == "population").result.state
        for name, assessed in lines().items()
    }
    assert {name for name, state in states.items() if state == "judgement"} == {
        "Healthsense PCN",
        "Health Alliance PCN",
    }


def test_averages_of_2018_19_never_make_the_lists_add_up():
    for assessed in lines().values():
        total = next(a for a in assessed if a.line.key == "list-total")
        assert (total.result.state, total.word) == ("indicative", "Indicative only")
        assert "average from 1 April 2018 to 31 March 2019" in total.result.working


def test_what_is_answered_comes_from_the_report_and_from_nowhere_else():
    answered = Line.objects.exclude(answer="")
    assert answered.exists()
    assert set(answered.values_list("source__slug", flat=True)) == {"harrow-board-report-2019-06"}
    bases = {a.basis for assessed in lines().values() for a in assessed}
    assert bases == {"computed", "attested"}


def test_what_no_document_gives_is_not_held():
    assert not SubmittedMember.objects.exclude(signed_on=None).exists()
    assert not SubmittedDirector.objects.exclude(share=None).exists()
    for case in cases().values():
        assert case.current is not None
        assert case.current.payee is None
    not_held = {"signatures", "payee", "agreement", "area-map"}
    for assessed in lines().values():
        states = {a.line.key: a.result.state for a in assessed if a.result}
        assert {states[key] for key in not_held} == {"not_held"}


def test_the_clinical_directors_are_the_reports_and_spheres_two_share_the_post():
    named = SubmittedDirector.objects.select_related("submission__case", "person", "practice")
    assert {(str(d.submission.case), str(d.person), str(d.practice)) for d in named} == DIRECTORS
    sphere = next(a for a in lines()["Sphere PCN"] if a.line.key == "directors")
    assert sphere.result.working.endswith("share the post; who holds which share is not held.")


def test_received_by_15_may_the_day_itself_not_being_held():
    for case in cases().values():
        assert case.current is not None
        assert (case.current.received_on, case.current.received_precision) == (date(2019, 5, 15), "by")


def test_steps_that_no_document_dates_have_no_date():
    assert not Line.objects.exclude(answered_on=None).exists()
    assert not Recommendation.objects.exclude(made_on=None).exists()
    assert not Departure.objects.exclude(sent_on=None).exists()
    assert not Event.objects.filter(dated=True).exists()


def test_both_departures_went_to_the_region_and_its_answer_is_not_held():
    assert {(str(d.line.case), d.word) for d in Departure.objects.select_related("line__case")} == {
        ("Harrow East PCN", "Regional answer not held"),
        ("Harrow Collaborative PCN", "Regional answer not held"),
    }


def test_each_is_recommended_for_the_reports_three_reasons():
    assert {(r.outcome, len(r.reasons)) for r in Recommendation.objects.all()} == {("approve", 3)}
    assert Recommendation.objects.count() == 6


def test_a_newcomer_can_do_the_main_job(users):
    secretary, officer = users["secretary@harrow.example"], users["officer@harrow.example"]
    for case in cases().values():
        possible = {choice.verb for choice in available(case, secretary) if choice.is_possible}
        assert {"approve", "not_approve", "request_information", "defer"} <= possible
        assert "approve" not in {choice.verb for choice in available(case, officer)}
