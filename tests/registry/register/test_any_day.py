"""The register as it stood: what an organisation was called, whose it was, who belonged where, on any day."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.models import ClinicalDirector, Membership, PCNPeriod
from registry.workflow import register as verbs
from tests import factories as make
from tests import steps
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

from .conftest import OCTOBER

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "2019-09-30", "2019-10-01"
PRACTICES, PCNS, EAST, MOLLISON = "/practices/", "/pcns/", "/pcns/harrow-east-pcn/", "/practices/E84075/"


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


def file(client, path, **asked):
    return rows(client.get(path, {"_export": "csv", **asked}))


def was(organisation, what, value, until=OCTOBER):
    return FormerDetail.objects.create(organisation=organisation, what=what, value=value, until=until)


def test_a_pcn_shows_the_name_and_the_code_of_the_day(harrow, east, officer, why):
    verbs.rename_pcn(east, name="East Harrow PCN", on=OCTOBER, **why)
    verbs.code_pcn(east, code="U51050", on=OCTOBER, **why)
    for day, name, code in ((BEFORE, "Harrow East PCN", ""), (AFTER, "East Harrow PCN", "U51050")):
        row = file(officer, PCNS, as_at=day)[0]
        assert (row["name"], row["code"]) == (name, code)
        assert {row["pcn"] for row in file(officer, PRACTICES, as_at=day)} == {name}
        said = words(officer.get(EAST, {"as_at": day}))
        assert f"{code or 'No ODS code yet'} · NHS Harrow CCG – {name} Live" in said
        assert f"{name}, from 1 July 2019" in words(officer.get(MOLLISON, {"as_at": day}))
    assert "1 October 2019 – Called East Harrow PCN, before that Harrow East PCN" in said
    assert "1 October 2019 – ODS code: U51050" in said


def test_a_practice_shows_what_stood_of_it_on_the_day(harrow, east, officer):
    practice = harrow.practice("E84075").organisation
    Organisation.objects.filter(pk=practice.pk).update(postcode="HA1 1AA", is_dormant=True)
    harrow.practice("E84075").__class__.objects.filter(pk=practice.pk).update(contract_type="GMS")
    for what, value in (
        ("name", "Dr Mollison"),
        ("postcode", "HA9 9ZZ"),
        ("contract_type", "PMS"),
        ("is_dormant", ""),
        ("commissioner", "08F"),
    ):
        was(practice, what, value)
    director = ClinicalDirector.objects.get()
    director.practice_id = practice.pk
    director.save()
    columns = ("name", "postcode", "contract_type", "status", "commissioner")
    for day, held in (
        (BEFORE, ("Dr Mollison", "HA9 9ZZ", "PMS", "Open", "NHS Havering CCG")),
        (AFTER, ("Mollison Way Surgery", "HA1 1AA", "GMS", "Dormant", "NHS Harrow CCG")),
    ):
        row = next(row for row in file(officer, PRACTICES, as_at=day) if row["ods_code"] == "E84075")
        assert tuple(row[name] for name in columns) == held
        assert f"Dr Meena Thakur, {held[0]}" in words(officer.get(EAST, {"as_at": day}))
        said = words(officer.get(MOLLISON, {"as_at": day}))
        assert f"E84075 · {held[4]} – {held[0]} {held[3]} as at" in said
        assert f"Commissioner {held[4]} Postcode {held[1]} Contract {held[2]}" in said


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ({"commissioner": "08F"}, True, False),
        ({"commissioner": "havering"}, True, False),
        ({"commissioner": "08E"}, False, True),
        ({"contract": "PMS"}, True, False),
        ({"contract": "GMS"}, False, True),
        ({"status": "open"}, True, False),
        ({"status": "dormant"}, False, True),
        ({"q": "Mollison Way"}, True, True),
        ({"q": "Dr Joseph"}, True, True),
    ],
)
def test_filters_ask_about_the_day_and_search_about_any_name(harrow, officer, asked, before, after):
    practice = harrow.practice("E84075")
    Organisation.objects.filter(pk=practice.pk).update(is_dormant=True)
    type(practice).objects.filter(pk=practice.pk).update(contract_type="GMS")
    for what, value in (
        ("commissioner", "08F"),
        ("contract_type", "PMS"),
        ("is_dormant", ""),
        ("name", "Dr Joseph"),
    ):
        was(practice.organisation, what, value)
    found = [bool(file(officer, PRACTICES, as_at=day, **asked)) for day in (BEFORE, AFTER)]
    assert found == [before, after]


def test_a_dormant_practice_says_since_when_or_that_it_is_not_held(harrow, east, officer):
    practice = harrow.practice("E84075").organisation
    Organisation.objects.filter(pk=practice.pk).update(is_dormant=True)
    for day in (BEFORE, AFTER):
        assert "; since when is not held" in words(officer.get(MOLLISON, {"as_at": day}))
    was(practice, "is_dormant", "")
    assert "dormant" not in words(officer.get(MOLLISON, {"as_at": BEFORE})).split("History")[0].lower()
    assert "; since the file of 1 October 2019" in words(officer.get(MOLLISON, {"as_at": AFTER}))


def test_the_history_of_a_pcn_names_its_commissioners_one_after_the_other(harrow, east, officer):
    was(east.organisation, "commissioner", "08F")
    assert "1 October 2019 – Commissioner: NHS Harrow CCG, before that NHS Havering CCG" in words(
        officer.get(EAST)
    )


def test_what_stood_between_two_changes_is_the_one_that_ended_next(harrow, officer):
    practice = harrow.practice("E84075").organisation
    was(practice, "name", "First", date(2019, 3, 1))
    was(practice, "name", "Second", OCTOBER)
    found = {
        day: file(officer, PRACTICES, as_at=day)[0]["name"]
        for day in ("2019-02-28", "2019-03-01", BEFORE, AFTER)
    }
    assert list(found.values()) == ["First", "Second", "Second", "Mollison Way Surgery"]


def test_lists_of_one_day_ask_as_often_for_many_former_details_as_for_none(
    harrow, east, officer, django_assert_max_num_queries
):
    for path in (PRACTICES, PCNS):
        officer.get(path, {"as_at": BEFORE})
    for number in range(10):
        practice = make.PracticeFactory.create(code=f"E8100{number}", name=f"Surgery {number}")
        for what in ("name", "postcode", "commissioner"):
            was(practice.organisation, what, "08F")
        pcn = make.PCNFactory.create(name=f"PCN {number}")
        was(pcn.organisation, "name", f"Old {number}")
    asked = ("", "harrow", "08E")
    for path in (PRACTICES, PCNS):
        for commissioner in asked:
            with django_assert_max_num_queries(8):
                officer.get(path, {"as_at": BEFORE, "commissioner": commissioner})


def test_a_pcn_is_not_listed_before_anything_is_known_of_it(harrow, officer):
    source = make.SourceFactory.create(title="Slides", published_on=date(2019, 7, 24))
    named = make.PCNFactory.create(name="Cranbrook PCN")
    Organisation.objects.filter(pk=named.pk).update(source=source)
    begun = make.PCNFactory.create(name="Fairlop PCN")
    PCNPeriod.objects.create(pcn=begun, status="live", source=source)
    for day, listed in (("2019-07-23", []), ("2019-07-24", ["Cranbrook PCN", "Fairlop PCN"])):
        assert [row["name"] for row in file(officer, PCNS, as_at=day)] == listed
    assert "Nothing is held of this PCN as at 23 July" in words(
        officer.get("/pcns/fairlop-pcn/", {"as_at": "2019-07-23"})
    )


def test_a_pcn_is_proposed_from_its_form_and_no_longer_once_that_is_withdrawn(harrow, officer):
    case = steps.received(harrow)
    for day, listed in (("2019-05-14", []), ("2019-05-15", ["Proposed"])):
        assert [row["status"] for row in file(officer, PCNS, as_at=day)] == listed
    with clock.at(date(2019, 5, 16)):
        steps.move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="Joins another.")
    assert file(officer, PCNS, as_at="2019-05-17") == []


def test_a_membership_of_which_the_start_is_not_held_is_known_from_its_source(harrow, east, officer):
    source = make.SourceFactory.create(title="Slides", published_on=OCTOBER)
    Membership.objects.update(starts_on=None, source=source)
    ClinicalDirector.objects.update(starts_on=None, source=source)
    for day, count in ((BEFORE, "0"), (AFTER, "3")):
        assert file(officer, PCNS, as_at=day)[0]["practices"] == count
    assert "None in force on 30 September 2019." in words(officer.get(EAST, {"as_at": BEFORE}))
    assert "Dr Meena Thakur" in words(officer.get(EAST, {"as_at": AFTER}))


def test_practices_that_were_taken_over_say_so_with_links_both_ways(harrow, east, officer, why):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    verbs.merge_practice(practice, into=other, on=OCTOBER, **why)
    page = officer.get(MOLLISON)
    assert "Closed as at 1 December 2019 Merged into Bacon Lane Surgery on 1 October 2019." in words(page)
    assert 'href="/practices/E84014/"' in page.content.decode()
    assert "Merged into Bacon" not in words(officer.get(MOLLISON, {"as_at": BEFORE})).split("History")[0]
    other_page = officer.get("/practices/E84014/")
    assert "1 October 2019 – Merged into it: Mollison Way Surgery" in words(other_page)
    assert 'href="/practices/E84075/"' in other_page.content.decode()
    history = words(page).split("History")[1]
    assert (
        history.index("Left Harrow East PCN")
        < history.index("Joined Harrow East PCN")
        < history.index("Opened")
    )


def test_a_commissioner_names_who_succeeded_it_by_the_day(harrow, east, officer):
    merged = make.OrganisationFactory.create(name="NHS North West London CCG", code="W2U3Z")
    Succession.objects.create(predecessor=harrow.ccg, successor=merged, kind="succeeded", on=date(2021, 4, 1))
    said = "NHS Harrow CCG, succeeded by NHS North West London CCG on 1 April 2021"
    for path in (EAST, MOLLISON):
        assert said in words(officer.get(path, {"as_at": "2021-04-01"}))
        assert said not in words(officer.get(path, {"as_at": "2021-03-31"}))
    for day, count in (("2021-03-31", 0), ("2021-04-01", 3)):
        assert len(file(officer, PRACTICES, as_at=day, commissioner="W2U3Z")) == count


def test_days_with_a_change_lead_to_the_register_of_that_day(harrow, east, officer, why):
    verbs.leave_pcn(harrow.practice("E84075"), on=OCTOBER, **why)
    for path in (EAST, MOLLISON):
        page = officer.get(path).content.decode()
        assert f'href="{path}?as_at=2019-10-01">1 October 2019</a>, <a href="{path}?as_at=2019-07-01"' in page


def test_a_day_that_is_past_says_that_registrations_are_those_of_today(harrow):
    case = steps.live(harrow)
    client, path = signed_in(harrow.user("officer")), case.pcn.get_absolute_url()
    said = "As they stand today, 1 December 2019, with their conditions."
    assert said in words(client.get(path, {"as_at": "2019-07-01"}))
    assert said not in words(client.get(path))


def test_a_closed_pcn_is_found_as_closed(harrow, east, officer, why):
    verbs.close_pcn(east, on=OCTOBER, **why)
    for day, status in ((BEFORE, "live"), (AFTER, "closed")):
        for asked in ("live", "closed"):
            found = [row["status"] for row in file(officer, PCNS, as_at=day, status=asked)]
            assert found == ([status.capitalize()] if asked == status else [])
        assert len(file(officer, PCNS, as_at=day)) == (status == "live")
