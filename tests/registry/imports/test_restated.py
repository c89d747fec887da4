"""What a later ePCN restates, moves or leaves out; and what is known only from the day of a file."""

from datetime import date, timedelta

import pytest

from pcnportal.history.models import Source
from pcnportal.pages.status import tag
from pcnportal.people.models import Organisation
from registry.models import ListSize, Membership, Practice
from registry.register import practices_on
from registry.there import counted_on, is_known
from tests.claims import refused
from tests.registry.imports.files import rows
from tests.registry.imports.importing import (
    DECEMBER,
    FEBRUARY,
    december,
    february,
    imported,
    lines,
    members,
    tables,
)

pytestmark = pytest.mark.django_db
MUNGO_PARK = "F82614"


def test_a_practice_without_an_opening_day_is_known_from_the_first_day_of_which_something_is_held(
    harrow, client
):
    december()
    before, late = DECEMBER - timedelta(days=1), {"E84004", "E84005", "E84058"}
    Organisation.objects.filter(code="E84004").update(opened_on=date(1974, 4, 1))
    Organisation.objects.filter(code="E84005").update(source=None)
    begun = Membership.objects.filter(practice__organisation__code="E84058")
    Membership.objects.exclude(pk__in=begun).delete()
    ListSize.objects.create(
        organisation=Organisation.objects.get(code="E84014"),
        kind="registered",
        as_at=before,
        patients=9_000,
        source=Source.objects.get(import_run__kind="epcn"),
    )
    every = Practice.objects.order_by()
    for day, listed in (
        (date(2019, 9, 30), 2),
        (date(2019, 10, 1), 3),
        (before, 4),
        (DECEMBER, every.count()),
    ):
        for closed in (True, False):
            assert practices_on(day, closed=closed).count() == listed
            assert counted_on(every, day, closed=closed).count() == listed
        assert {p.pk for p in every if is_known(p, day)} >= {p.pk for p in practices_on(day)}
    assert set(practices_on(before).values_list("organisation__code", flat=True)) == late | {"E84014"}
    client.force_login(harrow.user("officer"))
    pages = [client.get("/practices/E84024/", {"as_at": day}) for day in (before, DECEMBER)]
    assert [tag("Not held") in page.content.decode() for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("starts", "standing"), [("20190701", date(2019, 7, 1)), ("20191001", date(2019, 10, 1))]
)
def test_a_start_that_ods_corrects_gets_a_successor(starts, standing):
    december(members("2019", {"E84058": {7: "20191201"}}))
    february(members("2022", {"E84058": {7: starts}}))
    own = Membership.objects.filter(practice__organisation__code="E84058")
    assert [m.starts_on for m in own.standing()] == [standing]
    assert own.count() == 2


def test_a_start_that_ods_corrects_to_a_later_day_gets_a_successor_and_a_line_that_it_left():
    december()
    before = tables()
    _run, plan = february(members("2022", {"E84058": {7: "20200101"}}))
    own = Membership.objects.filter(practice__organisation__code="E84058")
    assert [(m.starts_on, m.ends_on) for m in own.standing()] == [(date(2020, 1, 1), None)]
    left = next(line for line in plan.lines if line.code == "E84058" and line.kind == "left")
    assert left.reason == "The file has it from 1 January 2020, in place of 1 October 2019."
    undo_last()
    assert tables() == before


@pytest.mark.parametrize("without", ["E84058", ""])
def test_a_membership_to_come_that_a_later_file_no_longer_has_does_not_stay(without):
    """Alone in its file, and with a membership in its place."""
    december(members("2019", {"E84058": {7: "20220401"}}))
    before = tables()
    changed = {"E84058": {4: "U51050", 7: "20200101"}}
    _run, plan = february(members("2022", None if without else changed, without=without))
    own = Membership.objects.standing().filter(practice__organisation__code="E84058")
    assert [m.starts_on for m in own] == ([] if without else [date(2020, 1, 1)])
    assert [line.old for line in plan.lines if line.code == "E84058" and line.kind == "left"] == [
        "SPHERE PCN"
    ]
    assert february(members("2022", None if without else changed, without=without))[0] is None
    undo_last()
    assert tables() == before


def undo_last() -> None:
    from registry.imports.undoing import undo
    from registry.models import ImportRun

    run = ImportRun.objects.filter(applied_at__isnull=False).latest("pk")
    undo(run)
    run.delete()


def test_an_end_that_ods_corrects_gets_a_successor():
    february()
    _run, plan = imported("epcn", members("2022", {MUNGO_PARK: {8: "20200630"}}), "ePCN_2022-05-27.xlsx")
    own = Membership.objects.filter(practice__organisation__code=MUNGO_PARK)
    assert [m.ends_on for m in own.standing()] == [date(2020, 7, 1)]
    assert (own.count(), lines(plan, "left")) == (
        2,
        [(MUNGO_PARK, "PCN", "HAVERING SOUTH PCN", "until 30 June 2020")],
    )


def test_a_file_that_moves_most_memberships_back_to_their_first_day_is_refused():
    december()
    moved = {row[0]: {4: "U51050"} for row in rows("epcn_2019_members.csv")}
    with refused("would end or change", "file"):
        february(members("2019", moved))


def test_a_membership_that_a_later_file_leaves_out_ends_on_its_day_and_the_report_says_so():
    december()
    _run, plan = february(members("2022", without="E84058"))
    held = Membership.objects.get(practice__organisation__code="E84058")
    assert held.ends_on == FEBRUARY
    line = next(line for line in plan.lines if line.code == "E84058" and line.kind == "left")
    assert line.reason == "No longer in the file, which gives no day: the last is the one before the file's."
