"""One practice, one PCN: as it stood on any day, with what is held and what is not."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import ChecklistItem, ClinicalDirector, Membership, NominatedPayee, PCNPeriod
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import main, words
from tests.registry.pages.registration import part

JULY, AUGUST = make.GO_LIVE, date(2019, 8, 1)
EAST, HONEYPOT = "/pcns/harrow-east-pcn/", "/practices/E84039/"


def on(client, path, day):
    return client.get(path, {"as_at": day})


def size(organisation, patients, as_at=make.JANUARY, **other):
    return make.ListSizeFactory.create(
        organisation=organisation, patients=Decimal(patients), as_at=as_at, **other
    )


@pytest.fixture
def east(harrow):
    """Harrow East PCN with one practice, a director and a payee from July until August."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    practice = harrow.practice("E84039")
    held = {"pcn": pcn, "starts_on": JULY, "ends_on": AUGUST, "source": harrow.report}
    PCNPeriod.objects.create(pcn=pcn, status="live", starts_on=JULY)
    Membership.objects.create(practice=practice, **held)
    person = make.PersonFactory.create(name="Dr Meena Thakur")
    ClinicalDirector.objects.create(person=person, practice=practice, **held)
    NominatedPayee.objects.create(organisation=practice.organisation, **held)
    return pcn


def test_stated_size_check_and_members_stand_on_top(harrow, officer, east):
    size(east.organisation, 28619)
    said = words(on(officer, EAST, JULY))
    assert "Live since 1 July 2019, as at 1 July 2019" in said
    assert "28,619 patients stated at 1 January 2019: 1,381 below 30,000 · 1 practice As at" in said
    ChecklistItem.objects.filter(rule="population").update(parameters={"minimum": 20000, "maximum": 40000})
    assert "28,619 patients stated at 1 January 2019: in range, 20,000 to 40,000" in words(
        on(officer, EAST, JULY)
    )


def test_what_is_not_held_of_a_pcn_says_so(officer, east):
    said = words(officer.get(EAST))
    assert "No ODS code yet · NHS Harrow CCG" in said
    assert "Proposed as at 20 May 2019 Stated list size not held · 0 practices" in said
    assert "Stated list size not held Practices’ lists not held Nominated payee not held" in said
    assert "Clinical director None in force on 20 May 2019." in said
    assert part(officer.get(EAST), "members").startswith("Members No practice is a member on that day.")


@pytest.mark.parametrize(
    ("day", "is_there"), [("2019-06-30", False), ("2019-07-31", True), ("2019-08-01", False)]
)
def test_members_directors_and_payee_are_those_of_the_day(officer, east, day, is_there):
    page = on(officer, EAST, day)
    assert ("Honeypot Medical Centre" in part(page, "members")) is is_there
    assert (
        "Dr Meena Thakur, Honeypot Medical Centre, in force with the network from 1 July 2019"
        in part(page, "directors")
    ) is is_there
    assert ("Nominated payee Honeypot Medical Centre" in words(page)) is is_there


def test_the_practices_lists_are_added_exactly_with_each_share(harrow, officer, east):
    Membership.objects.create(practice=harrow.practice("E84075"), pcn=east, starts_on=JULY)
    year = {"as_at": date(2019, 3, 31), "averaged_from": date(2018, 4, 1)}
    size(harrow.practice("E84039").organisation, "12852.1", **year)
    size(harrow.practice("E84075").organisation, "4284.2", **year)
    said = part(on(officer, EAST, JULY), "members")
    assert "Registered patients 12,852.1 Share 75.0%" in said
    assert "2 practices" in said
    assert "Registered patients 17,136.3" in said
    assert "List sizes: average of 2018/19." in said
    size(harrow.practice("E84075").organisation, 4300, as_at=date(2019, 6, 1))
    said = part(on(officer, EAST, JULY), "members")
    assert "List size of 1 June 2019" in said
    assert "List size of average of 2018/19" in said


def test_a_list_size_of_an_earlier_day_is_shown_on_that_day(officer, east):
    size(east.organisation, 28000)
    size(east.organisation, 28619, as_at=date(2019, 4, 1))
    assert "28,000 patients stated" in words(on(officer, EAST, "2019-03-31"))
    assert "28,619 patients stated" in words(on(officer, EAST, "2019-04-01"))


def test_a_corrected_stated_size_is_shown_as_corrected_and_does_not_count(officer, east):
    wrong = size(east.organisation, 82619)
    size(east.organisation, 28619, as_at=date(2018, 12, 31), supersedes=wrong)
    assert "28,619 patients stated" in words(officer.get(EAST))
    assert "Patients 82,619 Source Harrow board report on Primary Care Networks (corrected since)" in part(
        officer.get(EAST), "sizes"
    )


def test_proposed_members_directors_and_payee_are_told_from_those_in_force(harrow, officer):
    steps.received(harrow, "Harrow East PCN")
    page = officer.get(EAST)
    assert "· 3 practices proposed" in words(page)
    assert "Nominated payee Honeypot Medical Centre, named in the registration" in words(page)
    assert "Proposed by the registration; not members yet." in part(page, "members")
    assert "Named in the registration, not yet in force: Dr Meena Thakur" in part(page, "directors")


@pytest.mark.parametrize(("stage", "day"), [(steps.received, "2019-05-14"), (steps.live, "2019-08-01")])
def test_a_form_proposes_nothing_before_it_is_received_or_once_it_is_in_force(harrow, officer, stage, day):
    stage(harrow, "Harrow East PCN")
    for facts in (Membership, ClinicalDirector, NominatedPayee):
        facts.objects.update(ends_on=AUGUST)
    said = words(on(officer, EAST, day))
    assert "Nominated payee not held" in said
    assert "None in force on" in said
    assert "No practice is a member on that day." in said


def test_another_commissioner_sees_the_pcn_and_nothing_of_its_registration(harrow):
    steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    said = words(signed_in(harrow.user("officer@havering.example")).get(EAST))
    assert "Harrow East PCN" in said
    for hidden in ("Meena Thakur", "Honeypot", "Registrations", "Assure the committee", "named in the"):
        assert hidden not in said


def test_registrations_and_conditions_lead_to_their_pages(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    page = officer.get(EAST)
    assert f'href="{case.get_absolute_url()}"' in main(page)
    assert "Open Assure the committee that the network is resilient" in part(page, "conditions")


@pytest.mark.parametrize("path", [EAST, HONEYPOT])
def test_a_wrong_day_says_so_and_shows_today(officer, east, path):
    said = words(on(officer, path, "2019-13-45"))
    assert "There is a problem “2019-13-45” is not a date, so the page shows 20 May 2019." in said
    assert "There is a problem" not in words(officer.get(path))


@pytest.mark.parametrize("path", [EAST, HONEYPOT])
def test_any_day_can_be_asked_for(officer, east, path):
    for day in ("0001-01-01", "1948-07-05", "9999-12-31"):
        assert on(officer, path, day).status_code == 200
    assert "as at 1 July 2019, in 42 days: as far as it is held today" in words(on(officer, path, JULY))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-06-30", "In no PCN on 30 June 2019."),
        ("2019-07-01", "Harrow East PCN, from 1 July 2019 until 1 August 2019"),
        ("2019-08-01", "In no PCN on 1 August 2019. Earlier Harrow East PCN, from 1 July 2019"),
    ],
)
def test_a_practice_says_in_which_pcn_it_is_and_was(officer, east, day, said):
    assert f"Primary Care Network {said}" in words(on(officer, HONEYPOT, day))


def test_a_practice_in_no_pcn_says_which_registration_proposes_it(harrow, officer):
    steps.received(harrow, "Harrow East PCN")
    said = words(officer.get(HONEYPOT))
    assert "In no PCN on 20 May 2019. A registration proposes it for Harrow East PCN." in said
    stranger = signed_in(harrow.user("officer@havering.example"))
    assert "In no PCN on 20 May 2019. List sizes" in words(stranger.get(HONEYPOT))


def test_what_is_not_held_of_a_practice_says_so(harrow, officer):
    harrow.practice("E84039")
    said = words(officer.get(HONEYPOT))
    assert "Postcode not held Contract not held Opened 1 April 1974 Closed No" in said
    assert "No list size of 20 May 2019 or earlier is held." in said


def test_a_practice_shows_its_sizes_of_every_kind_and_the_corrected_one(harrow, officer):
    practice = harrow.practice("E84039").organisation
    wrong = size(practice, 21852)
    size(practice, 12852, as_at=date(2019, 1, 2), supersedes=wrong)
    size(practice, "13000.5", kind="weighted")
    said = part(officer.get(HONEYPOT), "sizes")
    assert "Registered Of 1 January 2019 Patients 21,852" in said
    assert said.count("(corrected since)") == 1
    assert "Weighted Of 1 January 2019 Patients 13,000.5" in said


@pytest.mark.parametrize("path", ["/practices/E99999/", "/pcns/no-such-pcn/"])
def test_what_is_not_in_the_register_is_not_there(officer, path):
    assert officer.get(path).status_code == 404
