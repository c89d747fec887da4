"""Who belongs where: in two PCNs, in none, closed, under another commissioner."""

from datetime import date

import pytest

from pcnportal.people.models import Succession
from tests import factories as make
from tests.findings.making import (
    DAY,
    commissioner,
    document,
    doubts,
    file,
    joins,
    lists,
    pcn,
    practice,
    said,
    succeeds,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def honeypot(harrow):
    return practice("Honeypot Medical Centre", "E84039", of=harrow.ccg)


@pytest.fixture
def east(harrow):
    return pcn("Harrow East PCN", of=harrow.ccg)


class TestTwoOpenMemberships:
    RULE = "two-open-memberships"

    def test_a_practice_in_two_pcns_is_doubted_with_its_patients(self, harrow, honeypot, east):
        other = pcn("Sphere PCN", of=harrow.ccg)
        joins(honeypot, east, date(2019, 7, 1))
        joins(honeypot, other, date(2019, 10, 1))
        lists(honeypot, 12852, harrow.report)
        (doubt,) = doubts(self.RULE)
        assert doubt.stated == "In Harrow East PCN since 1 July 2019"
        assert doubt.found == "also in Sphere PCN since 1 October 2019"
        assert (doubt.patients, doubt.commissioner) == (12852, harrow.ccg.pk)

    def test_who_left_one_before_joining_the_other_is_in_one(self, harrow, honeypot, east):
        joins(honeypot, east, date(2019, 7, 1), until=date(2019, 10, 1))
        joins(honeypot, pcn("Sphere PCN", of=harrow.ccg), date(2019, 10, 1))
        assert said(self.RULE) == []

    def test_a_membership_that_was_corrected_no_longer_stands(self, harrow, honeypot, east):
        wrong = joins(honeypot, east)
        joins(honeypot, pcn("Sphere PCN", of=harrow.ccg), supersedes=wrong)
        assert said(self.RULE) == []


class TestInNoPCN:
    RULE = "in-no-pcn"

    def test_an_open_practice_that_nobody_placed_is_doubted(self, harrow, honeypot, east):
        joins(practice("Bacon Lane Surgery", of=harrow.ccg), east)
        assert [subject for subject, *_ in said(self.RULE)] == ["Honeypot Medical Centre"]

    def test_a_registration_that_stands_places_it(self, harrow, honeypot, east):
        joins(practice("Bacon Lane Surgery", of=harrow.ccg), pcn("Sphere PCN", of=harrow.ccg))
        form = make.SubmissionFactory.create(
            case__pcn=east, case__status="received", received_on=make.FORMS_DUE
        )
        make.SubmittedMemberFactory.create(submission=form, practice=honeypot)
        type(form.case).objects.update(current=form)
        assert said(self.RULE) == []

    def test_nothing_is_asked_of_a_commissioner_whose_pcns_are_not_held(self, honeypot):
        assert said(self.RULE) == []

    def test_a_closed_or_dormant_practice_needs_no_pcn(self, harrow, east):
        joins(practice("Bacon Lane Surgery", of=harrow.ccg), east)
        practice("Closed Surgery", of=harrow.ccg, closed_on=date(2019, 9, 30))
        practice("Dormant Surgery", of=harrow.ccg, is_dormant=True)
        assert said(self.RULE) == []


class TestClosedPracticeAMember:
    RULE = "closed-practice-a-member"

    def test_a_member_that_has_closed_is_doubted(self, harrow, east):
        ods = file()
        gone = practice("Mollison Way Surgery", of=harrow.ccg, closed_on=date(2019, 9, 30), source=ods)
        joins(gone, east)
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.found) == (
            "Still a member of Harrow East PCN",
            "Closed on 30 September 2019",
        )
        assert doubt.found_by == ods.title

    def test_until_the_day_on_which_it_closes_it_is_a_member_like_others(self, harrow, east):
        joins(practice("Mollison Way Surgery", of=harrow.ccg, closed_on=date(2020, 1, 1)), east)
        assert said(self.RULE) == []
        assert said(self.RULE, date(2020, 1, 1)) != []

    def test_a_membership_that_ended_is_not_doubted(self, harrow, east):
        gone = practice("Mollison Way Surgery", of=harrow.ccg, closed_on=date(2019, 9, 30))
        joins(gone, east, until=date(2019, 9, 30))
        assert said(self.RULE) == []


class TestTakenOverAMember:
    RULE = "taken-over-a-member"

    @pytest.fixture
    def joseph(self, harrow):
        deck = document(published_on=date(2019, 7, 24))
        made = practice("Dr Joseph Surgery", "F82639", of=harrow.havering)
        joins(made, pcn("Marshall Primary Care Network", of=harrow.havering), None, source=deck)
        north = practice("North Street Medical Centre", "F82009", of=harrow.havering)
        Succession.objects.create(
            predecessor=made.organisation, successor=north.organisation, kind="taken_on", source=deck
        )
        return made

    def test_whose_list_another_took_on_is_doubted_from_the_document_on(self, joseph):
        assert said(self.RULE, date(2019, 7, 23)) == []
        assert said(self.RULE) == [
            (
                "Dr Joseph Surgery",
                "Still a member of Marshall Primary Care Network",
                "List taken on by North Street Medical Centre",
            )
        ]

    def test_one_that_has_closed_is_doubted_as_closed(self, joseph):
        type(joseph.organisation).objects.filter(pk=joseph.pk).update(closed_on=date(2019, 9, 30))
        assert said(self.RULE) == []
        assert len(said("closed-practice-a-member")) == 1

    def test_one_that_left_is_not(self, joseph):
        joseph.memberships.update(starts_on=date(2019, 7, 1), ends_on=date(2019, 8, 1))
        assert said(self.RULE) == []


class TestMemberOfAnotherCommissioner:
    RULE = "member-of-another-commissioner"

    def test_a_practice_of_one_commissioner_in_a_pcn_of_another_is_doubted(self, harrow, honeypot):
        joins(honeypot, pcn("Brent PCN", of=commissioner("07P", "NHS Brent CCG")))
        (doubt,) = doubts(self.RULE)
        assert doubt.found == "Member of Brent PCN, a PCN of NHS Brent CCG"
        assert doubt.commissioner == harrow.ccg.pk

    def test_a_successor_is_no_other_commissioner(self, harrow, honeypot):
        merged = commissioner("W2U3Z", "NHS North West London CCG")
        joins(honeypot, pcn("Harrow East PCN", of=merged))
        assert said(self.RULE) != []
        succeeds(harrow.ccg, merged, date(2019, 4, 1))
        assert said(self.RULE) == []

    def test_a_successor_of_later_is_another_one_until_then(self, harrow, honeypot):
        merged = commissioner("W2U3Z", "NHS North West London CCG")
        joins(honeypot, pcn("Harrow East PCN", of=merged))
        succeeds(harrow.ccg, merged, date(2021, 4, 1))
        assert said(self.RULE, DAY) != []
        assert said(self.RULE, date(2021, 4, 1)) == []

    def test_two_of_one_commissioner_agree(self, honeypot, east):
        joins(honeypot, east)
        assert said(self.RULE) == []
