"""How many patients: outside the band, totals against practices, documents against files."""

from datetime import date

import pytest

from registry.models import ChecklistItem, Membership
from tests import steps
from tests.findings.making import DAY, document, doubts, file, joins, lists, pcn, practice, said

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 24)
YEAR = {"as_at": date(2019, 3, 31), "averaged_from": date(2018, 4, 1)}


@pytest.fixture
def east(harrow):
    return pcn("Harrow East PCN", of=harrow.ccg)


@pytest.fixture
def deck(db):
    return document(published_on=JULY)


class TestOutsideTheBand:
    RULE = "outside-the-band"

    def test_a_pcn_below_the_minimum_is_doubted(self, harrow, east):
        lists(east, 28619, harrow.report)
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.difference, doubt.patients) == (
            "30,000 to 50,000 patients",
            "1,381 below 30,000",
            1381,
        )
        assert doubt.found_by == harrow.report.title

    def test_a_pcn_above_the_maximum_is_doubted(self, harrow, east):
        lists(east, 80779, harrow.report)
        assert [doubt.difference for doubt in doubts(self.RULE)] == ["30,779 above 50,000"]

    def test_a_pcn_at_the_edge_is_within(self, harrow, east):
        lists(east, 30000, harrow.report)
        lists(pcn("Sphere PCN", of=harrow.ccg), 50000, harrow.report)
        assert said(self.RULE) == []

    def test_the_band_is_that_of_the_checklist(self, harrow, east):
        lists(east, 28619, harrow.report)
        ChecklistItem.objects.filter(rule="population").update(
            parameters={"minimum": 25000, "maximum": 50000}
        )
        assert said(self.RULE) == []

    def test_the_practices_lists_count_where_no_size_is_stated_of_the_pcn(self, harrow, east):
        for name, patients in (("Honeypot Medical Centre", 12852), ("Bacon Lane Surgery", 8000)):
            member = practice(name, of=harrow.ccg)
            joins(member, east)
            lists(member, patients, harrow.report)
        assert [found for *_, found in said(self.RULE)] == [
            "20,852 patients (the lists of 2 practices, 1 January 2019)"
        ]

    def test_a_pcn_of_which_some_list_is_not_held_is_not_doubted(self, harrow, east):
        joins(practice("Honeypot Medical Centre", of=harrow.ccg), east)
        small = practice("Bacon Lane Surgery", of=harrow.ccg)
        joins(small, east)
        lists(small, 8000, harrow.report)
        assert said(self.RULE) == []

    @pytest.fixture
    def two(self, harrow, east):
        members = [
            practice(name, of=harrow.ccg) for name in ("Honeypot Medical Centre", "Bacon Lane Surgery")
        ]
        for member in members:
            joins(member, east)
        lists(east, 28619, harrow.report)
        return members

    def test_newer_lists_of_all_practices_count_and_not_the_stated_size(self, harrow, two):
        first, second = (file(f"Patients registered, {month} 2019") for month in ("July", "October"))
        lists(two[0], 12852, first, date(2019, 7, 1))
        assert [found for *_, found in said(self.RULE)] == [
            "28,619 patients (stated of the PCN, 1 January 2019)"
        ]
        lists(two[1], 8000, second, date(2019, 10, 1))
        (doubt,) = doubts(self.RULE)
        assert doubt.found == "20,852 patients (the lists of 2 practices, 1 July 2019 and 1 October 2019)"
        assert doubt.found_by == f"{first.title}; {second.title}"

    def test_the_lists_count_once_the_members_are_others_than_the_stated_ones(self, harrow, two):
        for member in two:
            lists(member, 20000, harrow.report)
        assert [doubt.difference for doubt in doubts(self.RULE)] == ["1,381 below 30,000"]
        left = Membership.objects.filter(practice=two[0])
        left.update(ends_on=date(2019, 10, 1))
        assert [doubt.difference for doubt in doubts(self.RULE, date(2019, 9, 30))] == ["1,381 below 30,000"]
        (doubt,) = doubts(self.RULE)
        assert (doubt.difference, doubt.found) == (
            "10,000 below 30,000",
            "20,000 patients (the lists of 1 practice, since the stated 28,619 was for other members, "
            "1 January 2019)",
        )
        left.update(ends_on=None)
        third = practice("Zain Medical Centre", of=harrow.ccg)
        joins(third, two[0].memberships.get().pcn, date(2019, 12, 1))
        assert doubts(self.RULE) == []  # its list is not held, so nothing is checked
        lists(third, 1000, harrow.report)
        assert doubts(self.RULE) == []  # 41,000 of three practices
        left.update(ends_on=date(2019, 10, 1))
        assert [doubt.difference for doubt in doubts(self.RULE)] == ["9,000 below 30,000"]

    def test_what_a_form_proposes_elsewhere_is_no_member(self, harrow, east):
        case = steps.received(harrow)
        member = practice("Bacon Lane Surgery", of=harrow.ccg)
        joins(member, case.pcn)
        lists(member, 8000, harrow.report)
        assert [found for *_, found in said(self.RULE)] == [
            "8,000 patients (the lists of 1 practice, 1 January 2019)"
        ]

    def test_an_average_is_as_old_as_the_middle_of_its_year(self, harrow, two):
        for member in two:
            lists(member, 8000, file(), **YEAR)
        assert [doubt.found_by for doubt in doubts(self.RULE)] == [harrow.report.title]


class TestListSizeAgainstItsPractices:
    RULE = "list-size-against-its-practices"

    @pytest.fixture
    def crest(self, harrow, deck):
        made = pcn("Havering Crest Primary Care Network", of=harrow.havering)
        for name, patients in (("Rush Green Medical Centre", 4838), ("Billet Lane Surgery", 3831)):
            member = practice(name, of=harrow.havering)
            joins(member, made, None, source=deck)
            lists(member, patients, deck, JULY)
        return made

    def test_a_total_that_is_not_the_sum_is_doubted(self, crest, deck):
        lists(crest, 8700, deck, JULY)
        (doubt,) = doubts(self.RULE)
        assert (doubt.difference, doubt.patients) == ("31 fewer in the practices’ lists", 31)

    def test_a_total_that_is_the_sum_is_not(self, crest, deck):
        lists(crest, 8669, deck, JULY)
        assert said(self.RULE) == []

    def test_lists_of_another_source_are_not_added_up(self, crest, deck):
        lists(crest, 8700, document("Another document"), JULY)
        assert said(self.RULE) == []

    def test_who_joined_later_was_not_part_of_it(self, harrow, crest, deck):
        lists(crest, 8669, deck, JULY)
        joins(practice("Late Surgery", of=harrow.havering), crest, date(2019, 10, 1), source=deck)
        assert said(self.RULE) == []


class TestAgainstTheOfficialFigure:
    RULE = "stated-list-size-against-official"

    @pytest.fixture
    def hornchurch(self, harrow):
        return practice("Hornchurch Healthcare", "F82055", of=harrow.havering)

    def test_a_figure_beyond_5_percent_of_a_years_average_is_doubted(self, hornchurch, deck):
        lists(hornchurch, 6909, deck, JULY)
        lists(hornchurch, 6360, file("NHS Payments to General Practice 2018/19"), **YEAR)
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.difference) == (
            "6,909 patients on 24 July 2019",
            "549 more stated (+8.6 %)",
        )
        assert doubt.found_by == "NHS Payments to General Practice 2018/19"

    def test_within_5_percent_of_an_average_it_is_not(self, hornchurch, deck):
        lists(hornchurch, 6660, deck, JULY)
        lists(hornchurch, 6360, file(), **YEAR)
        assert said(self.RULE) == []

    def test_of_the_same_day_2_percent_are_allowed_and_no_more(self, hornchurch, deck):
        lists(hornchurch, 6909, deck, JULY)
        lists(hornchurch, 6780, file(), JULY)
        assert said(self.RULE) == []
        lists(practice("Berwick Surgery", of=hornchurch.commissioner), 4653, deck, JULY)
        lists(type(hornchurch).objects.get(organisation__name="Berwick Surgery"), 4500, file(), JULY)
        assert [subject for subject, *_ in said(self.RULE)] == ["Berwick Surgery"]

    def test_figures_more_than_a_year_apart_are_not_compared(self, hornchurch, deck):
        lists(hornchurch, 6909, deck, JULY)
        lists(hornchurch, 4000, file(), date(2021, 1, 1))
        assert said(self.RULE, date(2021, 6, 1)) == []

    def test_of_a_pcn_the_official_figure_is_the_sum_of_its_members(self, harrow, east):
        published = file("NHS Payments to General Practice 2018/19")
        for name, patients in (("Honeypot Medical Centre", 12852), ("Bacon Lane Surgery", 8000)):
            member = practice(name, of=harrow.ccg)
            joins(member, east)
            lists(member, patients, published, **YEAR)
        lists(east, 28619, harrow.report)
        assert [found for *_, found in said(self.RULE, DAY)] == [
            "20,852 patients (the lists of 2 practices, average of 2018/19)"
        ]
