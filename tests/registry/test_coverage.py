"""Is every open practice of the commissioner placed? Asked once, beside all its registrations."""

from datetime import date

import pytest

from pcnportal.people.models import FormerDetail, Succession
from registry.coverage import coverage_of, coverages_of
from registry.models import Case, Membership, Practice
from registry.workflow import move
from tests import factories as make
from tests import steps
from tests.harrow import GP_DIRECT, Harrow

DAY = make.COMMITTEE_DAY


def placed(harrow, code, name="Sphere PCN", **facts):
    pcn = make.PCNFactory.create(name=name)
    return Membership.objects.create(practice=harrow.practice(code), pcn=pcn, **facts)


def test_a_commissioner_without_practices_is_not_covered(harrow: Harrow):
    coverage = coverage_of(harrow.havering, DAY)
    assert not coverage.is_whole
    assert coverage.sentence == "No open practice of this commissioner is in the register."


def test_practices_of_a_registration_that_was_received_are_placed(harrow: Harrow):
    case = steps.drafted(harrow)
    assert coverage_of(harrow.ccg, DAY).placed == 0
    steps.do(harrow, case, "submit", "officer")
    coverage = coverage_of(harrow.ccg, DAY)
    assert coverage.is_whole
    assert (coverage.open, coverage.placed) == (3, 3)
    assert coverage.sentence == "All 3 open practices are in one PCN each."


def test_who_is_in_no_pcn_is_named_in_the_order_of_the_alphabet(harrow: Harrow):
    steps.received(harrow)
    for code in ("E84075", "E84014"):
        harrow.practice(code)
    coverage = coverage_of(harrow.ccg, DAY)
    assert not coverage.is_whole
    assert coverage.sentence == (
        "3 of 5 open practices are placed; in no PCN: Bacon Lane Surgery, Mollison Way Surgery."
    )


def test_who_is_in_two_is_named_with_both(harrow: Harrow):
    steps.received(harrow)
    placed(harrow, "E84058", starts_on=DAY)
    coverage = coverage_of(harrow.ccg, DAY)
    assert not coverage.is_whole
    assert coverage.sentence == (
        "3 of 3 open practices are placed; GP Direct is in GP Direct PCN and Sphere PCN."
    )


def test_a_membership_places_from_its_first_day_until_its_last(harrow: Harrow):
    placed(harrow, "E84058", starts_on=date(2019, 5, 20), ends_on=date(2019, 5, 24))
    days = [date(2019, 5, 19), date(2019, 5, 20), date(2019, 5, 23), date(2019, 5, 24)]
    assert [coverage_of(harrow.ccg, day).placed for day in days] == [0, 1, 1, 0]


def test_a_practice_that_is_closed_need_not_be_placed(harrow: Harrow):
    steps.received(harrow)
    make.PracticeFactory.create(code="E84601", name="Kenton Bridge", closed_on=DAY)
    make.PracticeFactory.create(code="E84663", name="Not yet open", opened_on=date(2019, 5, 21))
    assert coverage_of(harrow.ccg, DAY).open == 3


def test_the_practices_of_another_commissioner_do_not_count(harrow: Harrow):
    steps.received(harrow)
    make.PracticeFactory.create(code="F82009", name="North Street", commissioner=harrow.havering)
    assert coverage_of(harrow.ccg, DAY).is_whole
    both = coverages_of([harrow.ccg.pk, harrow.havering.pk], DAY)
    assert (both[harrow.ccg.pk].placed, both[harrow.havering.pk].placed) == (3, 0)


@pytest.mark.parametrize("status", ["draft", "not_approved", "withdrawn", "closed"])
def test_a_registration_that_no_longer_stands_places_nobody(harrow: Harrow, status):
    case = steps.received(harrow)
    Case.objects.filter(pk=case.pk).update(status=status)
    assert coverage_of(harrow.ccg, DAY).placed == 0


def test_once_live_the_register_says_who_is_placed(harrow: Harrow):
    steps.live(harrow)
    assert coverage_of(harrow.ccg, make.GO_LIVE).is_whole
    Membership.objects.filter(practice=harrow.practice("E84062")).update(ends_on=date(2019, 9, 1))
    assert coverage_of(harrow.ccg, date(2019, 8, 31)).is_whole
    assert coverage_of(harrow.ccg, date(2019, 9, 1)).sentence == (
        "2 of 3 open practices are placed; in no PCN: Shaftesbury Medical Centre."
    )


def test_a_member_that_withdrew_is_no_longer_placed(harrow: Harrow):
    case = steps.received(harrow)
    move(
        case,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=case.version,
        practice=harrow.practice("E84062"),
        reason="Its partners wrote.",
    )
    assert [str(p) for p in coverage_of(harrow.ccg, DAY).unplaced] == ["Shaftesbury Medical Centre"]


def test_it_is_read_in_one_query_however_many_practices(harrow: Harrow, django_assert_num_queries):
    steps.received(harrow)
    with django_assert_num_queries(1):
        assert coverage_of(harrow.ccg, DAY).open == len(GP_DIRECT)
    for number in range(40):
        make.PracticeFactory.create(code=f"F{number:05}", name=f"Practice {number}")
    with django_assert_num_queries(1):
        assert len(coverages_of([harrow.ccg.pk, harrow.havering.pk], DAY)[harrow.ccg.pk].unplaced) == 40


def test_who_continues_a_predecessors_work_counts_the_practices_that_it_left(harrow: Harrow):
    """A file gave the practices to the successor: those of Harrow CCG are still what its cases are about."""
    steps.received(harrow)
    merged = make.OrganisationFactory.create(name="NHS North West London CCG", code="W2U3Z")
    on = date(2021, 4, 1)
    Succession.objects.create(predecessor=harrow.ccg, successor=merged, kind="succeeded", on=on)
    for code in GP_DIRECT:
        FormerDetail.objects.create(
            organisation=harrow.practice(code).organisation, what="commissioner", value="08E", until=on
        )
    moved = harrow.practice("E84039").organisation
    FormerDetail.objects.create(organisation=moved, what="commissioner", value="08E", until=DAY)
    Practice.objects.update(commissioner=merged)
    for day, of_merged in ((date(2021, 3, 31), 1), (on, 4)):
        found = coverages_of([harrow.ccg.pk, merged.pk], day)
        assert found[harrow.ccg.pk].open == 3
        assert found[harrow.ccg.pk].is_whole
        assert found[merged.pk].open == of_merged
