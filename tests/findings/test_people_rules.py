"""Clinical directors and what was promised: of two PCNs, of none, from a practice that left; days gone by."""

from datetime import date

import pytest

from registry.models import Commitment, Evidence
from tests import steps
from tests.findings.making import directs, doubts, joins, live, pcn, practice, said

pytestmark = pytest.mark.django_db
NOVEMBER = date(2019, 11, 24)


@pytest.fixture
def east(harrow):
    return pcn("Harrow East PCN", of=harrow.ccg)


class TestDirectorOfTwo:
    RULE = "director-of-two-pcns"

    def test_one_person_who_directs_two_pcns_is_doubted(self, harrow, east):
        directs("Dr N Rao", east)
        directs("Dr N Rao", pcn("Sphere PCN", of=harrow.ccg))
        (doubt,) = doubts(self.RULE)
        assert (str(doubt.subject), doubt.stated, doubt.found) == (
            "Dr N Rao",
            "Clinical director of Harrow East PCN",
            "Also of Sphere PCN",
        )

    def test_each_commissioner_reads_of_a_director_whom_two_share(self, harrow, east):
        directs("Dr N Rao", east)
        directs("Dr N Rao", pcn("North PCN", of=harrow.havering))
        assert {doubt.commissioner for doubt in doubts(self.RULE)} == {harrow.ccg.pk, harrow.havering.pk}

    def test_who_directs_one_after_the_other_is_not(self, harrow, east):
        first = directs("Dr N Rao", east)
        type(first).objects.update(ends_on=date(2019, 10, 1))
        directs("Dr N Rao", pcn("Sphere PCN", of=harrow.ccg))
        assert said(self.RULE) == []


class TestPCNWithoutDirector:
    RULE = "pcn-without-director"

    def test_a_live_pcn_without_one_is_doubted_where_others_have_one(self, harrow, east):
        sphere = pcn("Sphere PCN", of=harrow.ccg)
        live(east)
        live(sphere)
        directs("Dr Ashok Kelshiker", sphere)
        assert [subject for subject, *_ in said(self.RULE)] == ["Harrow East PCN"]

    def test_after_a_merger_only_where_at_least_half_have_one_is_asked(self, harrow, east):
        sphere, healthsense = (pcn(name, of=harrow.ccg) for name in ("Sphere PCN", "Healthsense PCN"))
        for where in (east, sphere, healthsense):
            live(where)
        directs("Dr Ashok Kelshiker", sphere)
        assert said(self.RULE) == []
        directs("Dr Meena Thakur", healthsense)
        assert [subject for subject, *_ in said(self.RULE)] == ["Harrow East PCN"]

    def test_nothing_is_asked_where_no_director_of_the_commissioner_is_held(self, east):
        live(east)
        assert said(self.RULE) == []

    def test_a_pcn_that_is_only_proposed_is_not_doubted(self, harrow, east):
        directs("Dr Ashok Kelshiker", pcn("Sphere PCN", of=harrow.ccg))
        assert said(self.RULE) == []


class TestDirectorsPracticeLeft:
    RULE = "directors-practice-left"

    def test_a_director_from_a_practice_that_left_is_doubted(self, harrow, east):
        honeypot = practice("Honeypot Medical Centre", "E84039", of=harrow.ccg)
        joins(honeypot, east, until=date(2019, 10, 1))
        joins(practice("Bacon Lane Surgery", of=harrow.ccg), east)
        directs("Dr Meena Thakur", east, practice=honeypot)
        assert said(self.RULE, date(2019, 9, 30)) == []
        assert [stated for _, stated, _ in said(self.RULE)] == [
            "Clinical director of Harrow East PCN, from Honeypot Medical Centre (E84039)"
        ]

    def test_one_whose_practice_is_not_held_is_not(self, harrow, east):
        joins(practice("Bacon Lane Surgery", of=harrow.ccg), east)
        directs("Dr Meena Thakur", east)
        assert said(self.RULE) == []


class TestCommitmentPassed:
    RULE = "commitment-passed"

    @pytest.fixture
    def condition(self, harrow):
        return steps.approved(harrow, conditions=[steps.wanted(harrow)]).conditions.get()

    def promise(self, harrow, condition, kind="agreement", **facts):
        return Commitment.objects.create(
            case=condition.case,
            condition=condition,
            kind=kind,
            text="An interim agreement",
            promised_by="Zain Medical Centre",
            source=harrow.report,
            **facts,
        )

    def test_an_agreement_is_doubted_from_the_day_after_it_ended(self, harrow, condition):
        self.promise(harrow, condition, ends_on=NOVEMBER)
        assert said(self.RULE, NOVEMBER) == []
        (doubt,) = doubts(self.RULE, date(2019, 11, 25))
        assert doubt.subject == condition.case.pcn
        assert doubt.found == "Ran until 24 November 2019; nothing says that what it was for is done"

    def test_an_expected_event_is_due_with_what_was_promised_beside_it(self, harrow, condition):
        self.promise(harrow, condition, ends_on=NOVEMBER)
        event = self.promise(harrow, condition, "expected_event")
        event.parties.set([practice("Zain", of=harrow.ccg).pk, practice("Savita", of=harrow.ccg).pk])
        assert [found for *_, found in said(self.RULE)][1] == (
            "Expected by 24 November 2019 (an assumed day); nothing says that it happened; "
            "Savita and Zain are still open"
        )

    def test_what_happened_is_not_doubted(self, harrow, condition):
        self.promise(harrow, condition, ends_on=NOVEMBER, happened_on=date(2019, 10, 1))
        assert said(self.RULE) == []

    def test_what_waits_for_a_judgement_is_not(self, harrow, condition):
        self.promise(harrow, condition, ends_on=NOVEMBER)
        Evidence.objects.create(condition=condition, text="Merged.", submitted_by=harrow.user("officer"))
        assert said(self.RULE) == []

    def test_what_says_no_day_is_not(self, harrow, condition):
        self.promise(harrow, condition, "expected_event")
        assert said(self.RULE) == []

    def test_it_says_the_same_on_every_day_after(self, harrow, condition):
        """Or else it would open again each day after somebody had accepted it."""
        self.promise(harrow, condition, ends_on=NOVEMBER)
        first, later = (doubts(self.RULE, date(2020, month, 1)) for month in (1, 2))
        assert first[0].fingerprint == later[0].fingerprint
