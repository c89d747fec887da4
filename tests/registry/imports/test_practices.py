"""Practices from epraccur: what a file writes, what a later one changes, and what is refused whole."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pcnportal.people.models import FormerDetail, Organisation
from registry.models import FileStatement, ImportRun, Practice
from tests import factories as make
from tests.claims import refused
from tests.registry.imports.importing import (
    ODS_DAY,
    epraccur,
    imported,
    kinds,
    lines,
    ods,
    tables,
)

pytestmark = pytest.mark.django_db
LATER = "epraccur_2020-03.csv"
DAY = date(2020, 3, 31)


def later(changes):
    return imported("ods", epraccur(changes), LATER)


def org(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def test_every_organisation_of_the_file_is_held_and_gp_practices_are_practices():
    _run, plan = ods()
    file_rows = epraccur().decode().splitlines()
    assert (
        len(plan.organisations) == len(file_rows) + Organisation.objects.filter(kind="commissioner").count()
    )
    assert Practice.objects.get(organisation__code="E84058").commissioner.code == "08E"
    assert (org("E84058").name, org("E84058").postcode) == ("GP DIRECT", "HA2 0RQ")
    assert org("W00118").kind == "other"
    assert not Practice.objects.filter(organisation__code="W00118").exists()


def test_a_closed_practice_is_closed_from_the_day_after_the_last():
    ods()
    assert org("A81003").closed_on == date(2017, 11, 1)
    assert org("A81003").is_open(date(2017, 10, 31))
    assert not org("A81003").is_open(date(2017, 11, 1))


def test_a_dormant_practice_is_dormant():
    ods()
    assert [org("F82639").is_dormant, org("E84058").is_dormant] == [True, False]


def test_a_commissioner_that_is_not_held_gets_a_row_that_says_that_its_name_is_not_held():
    make.CommissionerFactory.create(organisation=make.OrganisationFactory.create(code="08E"))
    ods()
    assert org("08E").name == "NHS Harrow CCG"
    assert org("00K").name == "Commissioner 00K (name not held)"


def test_every_row_names_the_file_and_its_day():
    run, _plan = ods()
    source = org("E84058").source
    assert run is not None
    assert source is not None
    assert (source, source.kind, source.published_on) == (run.source, "file", ODS_DAY)
    assert source.reference == "epraccur_2019-10.csv"


def test_a_second_run_changes_nothing_and_leaves_no_run():
    ods()
    before = tables()
    run, plan = ods()
    assert (run, plan.is_empty, kinds(plan)) == (None, True, {"unchanged": 85})
    assert tables() == before
    assert ImportRun.objects.count() == 1


def test_a_later_file_changes_what_a_file_wrote_and_keeps_what_stood_before():
    ods()
    _run, plan = later({"E84058": {"name": "GP DIRECT PLUS", "postcode": "HA2 0AA", "commissioner": "W2U3Z"}})
    assert lines(plan, "changed") == [
        ("E84058", "Name", "GP DIRECT", "GP DIRECT PLUS"),
        ("E84058", "Postcode", "HA2 0RQ", "HA2 0AA"),
        ("E84058", "Commissioner", "08E", "W2U3Z"),
    ]
    former = FormerDetail.objects.filter(organisation=org("E84058")).values_list("what", "value", "until")
    assert set(former) == {
        ("name", "GP DIRECT", DAY),
        ("postcode", "HA2 0RQ", DAY),
        ("commissioner", "08E", DAY),
    }
    assert org("E84058").practice.commissioner.code == "W2U3Z"


def test_a_practice_that_closes_is_closed_and_one_that_wakes_is_no_longer_dormant():
    ods()
    _run, plan = later(
        {
            "E84058": {"status": "C", "closed": "20200228"},
            "F82639": {"status": "A"},
            "E84005": {"status": "D"},
        }
    )
    assert lines(plan, "closed") == [("E84058", "Closed", "", "until 28 February 2020")]
    assert org("E84058").closed_on == date(2020, 2, 29)
    dormant = FormerDetail.objects.filter(what="is_dormant").values_list("organisation__code", "value")
    assert set(dormant) == {("F82639", "yes"), ("E84005", "")}


def test_a_practice_that_reopens_is_open():
    ods()
    later({"A81003": {"status": "A", "closed": ""}})
    assert org("A81003").closed_on is None


def test_another_spelling_of_a_name_is_no_change():
    ods()
    assert (
        later({"E84040": {"name": "Pinner Road Surgery"}, "E84693": {"name": "ST PETERS MEDICAL CENTRE"}})[0]
        is None
    )


def test_what_a_commissioner_recorded_is_kept_and_the_file_stands_beside_it():
    make.PracticeFactory.create(code="E84058", name="GP Direct Harrow", opened_on=None)
    run, plan = ods()
    assert org("E84058").name == "GP Direct Harrow"
    assert lines(plan, "beside") == [("E84058", "Name", "GP Direct Harrow", "GP DIRECT")]
    said = FileStatement.objects.get()
    assert (said.run, said.organisation.code, said.what, said.value) == (run, "E84058", "name", "GP DIRECT")


def test_a_name_that_no_import_wrote_is_kept_and_the_rest_is_kept_up():
    """As in the demo: names from the documents, code, postcode and days from a file."""
    file = make.SourceFactory.create(title="GP practices (epraccur)", kind="file")
    make.PracticeFactory.create(code="E84005", name="Kings Road Medical Centre")
    Organisation.objects.filter(code="E84005").update(source=file, postcode="HA2 9AA")
    _run, plan = ods()
    assert org("E84005").name == "Kings Road Medical Centre"
    assert lines(plan, "beside") == [("E84005", "Name", "Kings Road Medical Centre", "KINGS ROAD SURGERY")]
    assert org("E84005").postcode == "HA2 9JH"


def test_what_a_commissioner_did_not_record_is_filled_in():
    make.PracticeFactory.create(code="E84058", name="GP Direct", opened_on=None)
    ods()
    assert (org("E84058").postcode, org("E84058").opened_on) == ("HA2 0RQ", date(1974, 4, 1))
    assert not FormerDetail.objects.exists()


def test_a_name_that_a_person_changed_since_is_kept():
    ods()
    practice = org("E84058")
    FormerDetail.objects.create(
        organisation=practice, what="name", value=practice.name, until=date(2020, 1, 1)
    )
    Organisation.objects.filter(pk=practice.pk).update(name="Harrow Direct")
    _run, plan = later({})
    assert org("E84058").name == "Harrow Direct"
    assert lines(plan, "beside") == [("E84058", "Name", "Harrow Direct", "GP DIRECT")]


def test_a_statement_goes_once_the_file_no_longer_says_it():
    make.PracticeFactory.create(code="E84058", name="GP Direct Harrow")
    ods()
    later({"E84058": {"name": "GP DIRECT HARROW"}})
    assert not FileStatement.objects.standing().exists()
    assert FileStatement.objects.get().gone_on == DAY


def test_only_the_chosen_commissioner_is_written():
    _run, plan = ods(codes=("08F",))
    assert set(Practice.objects.values_list("commissioner__code", flat=True)) == {"08F"}
    assert Practice.objects.filter(organisation__code="F82009").exists()
    assert plan.counts["new"] == Practice.objects.count() + 1


def test_a_commissioner_of_whom_the_file_says_nothing_is_refused():
    with refused("No row of this file belongs to 99X.", "commissioners"):
        ods(codes=("99X",))


def test_a_file_that_closes_most_practices_is_refused():
    ods()
    codes = Practice.objects.filter(organisation__closed_on=None).values_list("organisation__code", flat=True)
    with refused("This file would end", "file"):
        later({code: {"status": "C", "closed": "20200101"} for code in codes})


def test_an_older_file_after_a_newer_one_is_refused():
    later({})
    with refused("A newer one, epraccur_2020-03.csv of 31 March 2020, was imported already", "stated_on"):
        ods()


def test_a_file_of_which_nobody_says_the_day_is_refused():
    with refused("Give the date of the file", "stated_on"):
        imported("ods", epraccur(), "epraccur.csv")
    assert imported("ods", epraccur(), "epraccur.csv", stated_on=ODS_DAY)[0] is not None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ePCN_2019-12-04.xlsx", date(2019, 12, 4)),
        ("ePCN 20191204.xlsx", date(2019, 12, 4)),
        ("epraccur_2019-10.csv", date(2019, 10, 31)),
        ("epraccur201910.csv", date(2019, 10, 31)),
        ("gp-reg-pat-prac-all-jun-21.csv", None),
        ("gp-reg-pat-prac-all-june-2021.csv", date(2021, 6, 30)),
        ("gp-reg 1 Jan 2021.csv", date(2021, 1, 1)),
        ("ePCN_2019-13-04.xlsx", None),
        ("epraccur.csv", None),
    ],
)
def test_the_day_in_a_file_name(name, day):
    from registry.imports.days import day_of

    assert day_of(name) == day


@pytest.mark.parametrize("ahead", [1, 400])
def test_a_file_of_a_day_that_has_not_come_is_refused(ahead):
    tomorrow = timezone.localdate() + timedelta(days=ahead)
    with refused("has not come yet: no file can speak of it", "stated_on"):
        ods(stated_on=tomorrow)
    with refused("has not come yet", "stated_on"):
        imported("ods", epraccur(), f"epraccur_{tomorrow}.csv")
    template = f"ods_code,as_at,kind,patients,source\nE84058,{tomorrow},registered,5,A letter\n".encode()
    with refused("has not come yet", "file"):
        imported("list_sizes", template, "sizes.csv", stated_on=date(2021, 1, 1))
    assert ods(stated_on=timezone.localdate())[0] is not None
