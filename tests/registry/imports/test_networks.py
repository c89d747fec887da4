"""PCNs and their members from ePCN: December 2019, then February 2022, and every day between."""

from datetime import date

import pytest

from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.models import Membership, PCNPeriod, Practice
from tests import factories as make
from tests.claims import refused
from tests.registry.imports.files import epcn, rows
from tests.registry.imports.importing import (
    DECEMBER,
    FEBRUARY,
    december,
    february,
    kinds,
    lines,
    members_on,
    ods,
    register,
    tables,
)

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2019, 12, 31)
MUNGO_PARK, SPHERE, HOLES_LANE = "F82614", "U89806", "N81007"


def codes(name: str) -> set[tuple[str, str]]:
    return {(row[0], row[4]) for row in rows(name)}


def test_a_pcn_of_the_file_is_live_from_the_day_that_ods_opened_it():
    december()
    period = PCNPeriod.objects.get(pcn__organisation__code=SPHERE)
    assert (period.status, period.starts_on, period.ends_on) == ("live", date(2019, 10, 1), None)
    assert members_on(NEW_YEAR) == codes("epcn_2019_members.csv")
    assert not Membership.objects.on(date(2019, 9, 30)).exists()


def test_practices_that_the_register_lacks_are_made_from_the_members():
    december()
    practice = Practice.objects.get(organisation__code="E84058")
    assert (practice.organisation.name, practice.commissioner.name) == ("GP DIRECT", "NHS HARROW CCG")


def test_a_second_run_changes_nothing():
    for do in (december, february):
        do()
        before = tables()
        run, plan = do()
        assert (run, plan.is_empty, set(kinds(plan))) == (None, True, {"unchanged"})
        assert tables() == before


def test_february_2022_after_december_2019_is_the_register_of_february_2022_and_2019_still_the_first():
    december()
    first = members_on(NEW_YEAR)
    february()
    own = {"pcn__organisation__code__in": {pcn for _practice, pcn in first}}
    assert members_on(NEW_YEAR, **own) == first
    current = [row for row in rows("epcn_2022_members.csv") if row[7] <= "20220225" <= (row[8] or "9")]
    assert members_on(FEBRUARY) == {(row[0], row[4]) for row in current}


def test_the_same_rows_stand_whether_february_2022_comes_after_december_2019_or_alone():
    december()
    february()
    after = register()
    undo_everything()
    february()
    alone = register()
    assert after["members"] == alone["members"]
    assert after["periods"] == alone["periods"]
    assert after["pcns"] == alone["pcns"]


def undo_everything() -> None:
    from registry.imports.undoing import undo
    from registry.models import ImportRun

    for run in ImportRun.objects.filter(applied_at__isnull=False).order_by("-pk"):
        undo(run)
        ImportRun.objects.filter(pk=run.pk).delete()


def test_the_register_is_the_same_in_whichever_order_both_kinds_of_file_come():
    ods()
    december()
    one = register()
    undo_everything()
    december()
    ods()
    assert register() == one


def test_a_membership_that_ended_ends_on_the_day_after_its_last():
    december()
    _run, plan = february()
    held = Membership.objects.get(practice__organisation__code=MUNGO_PARK)
    assert held.ends_on == date(2020, 4, 1)
    assert (MUNGO_PARK, "PCN", "HAVERING SOUTH PCN", "until 31 March 2020") in lines(plan, "left")


def test_a_membership_of_one_day_and_one_that_begins_later_are_held():
    february()
    own = Membership.objects.filter(practice__organisation__code=HOLES_LANE).order_by("starts_on")
    assert [(m.starts_on, m.ends_on) for m in own] == [
        (date(2019, 10, 1), date(2019, 10, 2)),
        (date(2019, 10, 2), None),
    ]
    assert members_on(date(2022, 4, 1), practice__organisation__code="B81631") == {("B81631", "U76753")}


def test_a_pcn_that_closes_is_live_until_then_and_closed_afterwards():
    hull, drs = rows("epcn_2022_pcns.csv")[0], rows("epcn_2022_members.csv")[1]
    december(epcn("2019", pcns=[[*hull[:5], "", *hull[6:]]], members=[[*drs[:8], ""]]))
    _run, plan = february()
    periods = PCNPeriod.objects.standing().filter(pcn__organisation__code="U65725").order_by("starts_on")
    assert [(p.status, p.starts_on, p.ends_on) for p in periods] == [
        ("live", date(2019, 10, 1), date(2022, 4, 1)),
        ("closed", date(2022, 4, 1), None),
    ]
    assert lines(plan, "closed") == [("U65725", "Closed", "", "until 31 March 2022")]


def test_a_pcn_under_another_commissioner_keeps_the_former_until_the_day_of_the_file():
    december()
    february()
    former = FormerDetail.objects.get(organisation__code=SPHERE, what="commissioner")
    assert (former.value, former.until) == ("08E", FEBRUARY)
    assert Organisation.objects.get(code=SPHERE).pcn.commissioner.code == "W2U3Z"


def test_where_the_register_knows_the_succession_its_day_is_the_day_of_the_change():
    old, new = (make.OrganisationFactory.create(name=name, code=code) for name, code in TWO)
    Succession.objects.create(predecessor=old, successor=new, kind="succeeded", on=date(2021, 4, 1))
    december()
    february()
    assert FormerDetail.objects.get(organisation__code=SPHERE, what="commissioner").until == date(2021, 4, 1)


TWO = (("NHS Harrow CCG", "08E"), ("NHS North West London CCG", "W2U3Z"))


def test_a_pcn_that_is_renamed_keeps_its_former_name():
    december()
    changed = [[*row] for row in rows("epcn_2022_pcns.csv")]
    changed[-3][1] = "SPHERE AND BEYOND PCN"
    february(epcn("2022", pcns=changed))
    former = FormerDetail.objects.get(what="name", organisation__kind="pcn")
    assert (former.organisation.name, former.value, former.until) == (
        "SPHERE AND BEYOND PCN",
        "SPHERE PCN",
        FEBRUARY,
    )


def test_a_practice_that_moves_is_in_one_pcn_on_every_day():
    december()
    found = [row for row in rows("epcn_2022_members.csv") if row[0] != "E84058"]
    east = [
        "E84058",
        "GP DIRECT",
        "W2U3Z",
        "NHS NORTH WEST LONDON CCG",
        "U51050",
        "W2U3Z",
        "NHS NORTH WEST LONDON CCG",
    ]
    february(epcn("2022", members=[*found, [*east, "20210701", ""]]))
    own = {"practice__organisation__code": "E84058"}
    assert members_on(date(2021, 6, 30), **own) == {("E84058", SPHERE)}
    assert members_on(date(2021, 7, 1), **own) == {("E84058", "U51050")}


def test_two_open_memberships_are_both_held():
    found = rows("epcn_2022_members.csv")
    second = [*next(row for row in found if row[0] == "E84058")]
    second[4] = "U51050"
    february(epcn("2022", members=[*found, second]))
    assert len(members_on(FEBRUARY, practice__organisation__code="E84058")) == 2


def test_only_the_chosen_commissioner_is_written_and_its_successor_goes_on_with_it():
    december(codes=("08E",))
    assert {pcn for _, pcn in members_on(NEW_YEAR)} == {"U60450", SPHERE, "U10339", "U51050", "U84846"}
    february(codes=("08E",))
    assert Organisation.objects.get(code=SPHERE).pcn.commissioner.code == "W2U3Z"
    assert not Organisation.objects.filter(code="U29424").exists()


def test_a_file_that_ends_most_memberships_is_refused():
    december()
    found = rows("epcn_2022_members.csv")
    with refused("memberships that stand", "file"):
        february(epcn("2022", members=found[:25]))


def test_an_older_file_is_refused():
    february()
    with refused("A newer one, ePCN_2022-02-25.xlsx of 25 February 2022, was imported already", "stated_on"):
        december()
    assert DECEMBER < FEBRUARY
