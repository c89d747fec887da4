"""What ODS says beside what a commissioner recorded, and PCNs that only one of them names."""

from datetime import date

import pytest
from django.utils import timezone

from pcnportal.people.models import Succession
from registry.models import ImportRun, PCNMatch
from tests import factories as make
from tests.findings.making import BY_SLUG, beside, doubts, file, imported, joins, lists, pcn, practice, said

pytestmark = pytest.mark.django_db
OCTOBER = date(2019, 10, 1)


@pytest.fixture
def gp_direct(harrow):
    return practice("GP Direct", "E84058", of=harrow.ccg)


@pytest.fixture
def recorded(harrow, gp_direct):
    """As approved in May, before any code."""
    made = pcn("GP Direct PCN", of=harrow.ccg, source=harrow.report)
    joins(gp_direct, made, source=harrow.report)
    return made


def proposed(run, where, code, **facts):
    return PCNMatch.objects.create(
        run=run,
        pcn=where,
        code=code,
        name="A PCN OF ODS",
        shared=2,
        held=3,
        named=4,
        has_same_name=False,
        has_same_commissioner=True,
        **facts,
    )


class TestOtherPCN:
    RULE = "ods-other-pcn"

    def test_a_practice_that_ods_places_elsewhere_is_doubted_with_its_patients(
        self, harrow, gp_direct, recorded
    ):
        lists(gp_direct, 18000, harrow.report)
        beside(imported(), gp_direct, "membership", "U12345", label="HEALTHSENSE PCN", starts_on=OCTOBER)
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.stated_by) == ("Member of GP Direct PCN", harrow.report.title)
        assert doubt.found == "Member of HEALTHSENSE PCN (U12345) since 1 October 2019"
        assert (doubt.patients, doubt.commissioner) == (18000, harrow.ccg.pk)

    def test_the_same_pcn_by_its_code_is_no_conflict(self, harrow, gp_direct, recorded):
        type(recorded.organisation).objects.filter(pk=recorded.pk).update(code="U12345")
        beside(imported(), gp_direct, "membership", "U12345", starts_on=OCTOBER)
        assert said(self.RULE) == []

    def test_a_pcn_whose_match_is_proposed_counts_as_the_same(self, gp_direct, recorded):
        run = imported()
        proposed(run, recorded, "U12345")
        beside(run, gp_direct, "membership", "U12345", starts_on=OCTOBER)
        assert said(self.RULE) == []

    def test_a_match_that_was_refused_is_another_pcn(self, gp_direct, recorded):
        run = imported()
        proposed(run, recorded, "U12345", is_accepted=False, decided_at=timezone.now())
        beside(run, gp_direct, "membership", "U12345", starts_on=OCTOBER)
        assert len(said(self.RULE)) == 1

    def test_what_an_undone_import_said_is_not_heard(self, gp_direct, recorded):
        run = imported()
        beside(run, gp_direct, "membership", "U12345", starts_on=OCTOBER)
        ImportRun.objects.update(undone_at=timezone.now())
        assert said(self.RULE) == []

    def test_nothing_is_doubted_before_the_file_or_its_membership(self, gp_direct, recorded):
        beside(imported(), gp_direct, "membership", "U12345", starts_on=OCTOBER)
        assert said(self.RULE, date(2019, 12, 3)) == []
        assert len(said(self.RULE, date(2019, 12, 4))) == 1

    def test_it_leads_to_where_a_practice_leaves_and_joins(self, harrow, gp_direct):
        pcn("SPHERE PCN", of=harrow.ccg, code="U12345")
        links = list(BY_SLUG[self.RULE].mend(gp_direct, "U12345"))
        assert [tuple(link) for link in links] == [
            ("Record that it left its PCN", "/practices/E84058/leave/"),
            ("Record that it joined SPHERE PCN", "/practices/E84058/join/?pcn=sphere-pcn"),
        ]


class TestLeftInODS:
    RULE = "ods-left"

    def test_one_that_left_as_ods_has_it_is_doubted(self, gp_direct, recorded):
        type(recorded.organisation).objects.filter(pk=recorded.pk).update(code="U12345")
        beside(
            imported(),
            gp_direct,
            "membership",
            "U12345",
            starts_on=OCTOBER,
            ends_on=date(2019, 12, 1),
        )
        assert [found for *_, found in said(self.RULE)] == ["Left on 1 December 2019"]

    def test_one_that_came_back_is_not(self, gp_direct, recorded):
        type(recorded.organisation).objects.filter(pk=recorded.pk).update(code="U12345")
        run, december = imported(), date(2019, 12, 1)
        beside(run, gp_direct, "membership", "U12345", starts_on=OCTOBER, ends_on=december)
        beside(run, gp_direct, "membership", "U12345", starts_on=december)
        assert said(self.RULE) == []


class TestOtherDetail:
    RULE = "ods-other-detail"

    def test_another_commissioner_and_a_closing_are_doubted(self, harrow, gp_direct):
        run = imported("ods")
        beside(run, gp_direct, "commissioner", "08F")
        beside(run, gp_direct, "closed_on", "2019-12-01")
        assert [(stated, found) for _, stated, found in said(self.RULE)] == [
            ("Commissioner: 08E", "Commissioner: 08F"),
            ("Closed: no", "Closed: 1 December 2019"),
        ]

    def test_a_name_in_capitals_is_the_same_name(self, gp_direct):
        beside(imported("ods"), gp_direct, "name", "GP DIRECT.")
        assert said(self.RULE) == []

    @pytest.mark.parametrize(
        ("recorded", "of_ods"),
        [
            ("Streatfield Surgery", "STREATFIELD MEDICAL CTR"),
            ("Streatfield Health Centre", "STREATFEILD HEALTH CENTRE"),
            ("Dr Joseph", "DR JOSEPH & PARTNERS"),
            ("Hornchurch Healthcare", "HORNCHURCH HEALTHCARE LTD"),
            ("Kenton Bridge", "THE KENTON BRIDGE MEDICAL CENTRE DR LEVY"),
        ],
    )
    def test_another_way_of_writing_a_name_is_the_same_name(self, harrow, recorded, of_ods):
        beside(imported("ods"), practice(recorded, of=harrow.ccg), "name", of_ods)
        assert said(self.RULE) == []

    def test_another_name_is_the_registers_and_no_files(self, harrow):
        who = practice("Kenton Bridge", of=harrow.ccg, source=file())
        beside(imported("ods"), who, "name", "THE SURGERY")
        assert [doubt.stated_by for doubt in doubts(self.RULE)] == [
            "The register; the source of the name is not held"
        ]
        who.organisation.former_details.create(
            what="name", value="Kenton Surgery", until=OCTOBER, source=harrow.report
        )
        assert [doubt.stated_by for doubt in doubts(self.RULE)] == [harrow.report.title]

    def test_primary_care_network_written_out_is_the_same_name(self, harrow):
        crest = pcn("Havering Crest Primary Care Network", of=harrow.havering)
        beside(imported(), crest, "name", "HAVERING CREST PCN")
        assert said(self.RULE) == []

    def test_what_the_register_has_come_to_say_too_is_not_doubted(self, gp_direct):
        beside(imported("ods"), gp_direct, "postcode", "HA2 0RH")
        assert len(said(self.RULE)) == 1
        type(gp_direct.organisation).objects.filter(pk=gp_direct.pk).update(postcode="HA2 0RH")
        assert said(self.RULE) == []


class TestNamedByOne:
    def test_a_pcn_without_a_code_is_doubted_once_ods_was_imported(self, harrow, recorded):
        assert said("pcn-not-in-ods") == []
        run = imported()
        assert said("pcn-not-in-ods") == [
            ("GP Direct PCN", "GP Direct PCN, without an ODS code", "ODS names no PCN that could be it")
        ]
        proposed(run, recorded, "U12345")
        (doubt,) = doubts("pcn-not-in-ods")
        assert doubt.found == "A PCN OF ODS (U12345) is proposed to be it: 2 of 3 practices shared"
        assert doubt.difference == "Match not decided"

    def test_a_pcn_of_ods_whose_name_has_all_its_words_may_be_it(self, harrow):
        pcn("East PCN", of=harrow.ccg, source=harrow.report)
        for code, name in (("U1", "BARKING & DAGENHAM EAST PCN"), ("U2", "BARKING & DAGENHAM WEST PCN")):
            pcn(name, of=harrow.ccg, code=code, source=file())
        imported()
        assert said("pcn-not-in-ods")[0][2] == "ODS names BARKING & DAGENHAM EAST PCN (U1), which may be it"

    def test_a_pcn_of_ods_under_who_took_over_from_its_commissioner_may_be_it(self, harrow):
        pcn("East PCN", of=harrow.ccg, source=harrow.report)
        between, heir = (make.OrganisationFactory.create(name=name) for name in ("Merged CCG", "ICB"))
        for before, after in ((harrow.ccg, between), (between, heir)):
            Succession.objects.create(predecessor=before, successor=after, kind="succeeded")
        pcn("HARROW EAST PCN", of=heir, code="U1", source=file())
        imported()
        assert said("pcn-not-in-ods")[0][2] == "ODS names HARROW EAST PCN (U1), which may be it"

    def test_only_for_a_commissioner_whom_the_import_covers(self, recorded):
        imported(codes=["08F"])
        assert said("pcn-not-in-ods") == []

    def test_a_newer_file_takes_nothing_back_on_a_day_before_it(self, recorded):
        imported()
        found = said("pcn-not-in-ods")
        run = imported()
        ImportRun.objects.filter(pk=run.pk).update(stated_on=date(2032, 2, 25))
        assert len(found) == 1
        assert said("pcn-not-in-ods") == found

    def test_one_with_a_code_is_in_ods(self, recorded):
        imported()
        type(recorded.organisation).objects.filter(pk=recorded.pk).update(code="U12345")
        assert said("pcn-not-in-ods") == []

    def test_a_pcn_that_only_ods_names_is_doubted_where_documents_name_others(self, harrow, recorded):
        pcn("HARROW WEST PCN", of=harrow.ccg, code="U99999", source=file())
        assert said("pcn-only-in-ods") == [
            (
                "HARROW WEST PCN",
                "HARROW WEST PCN (U99999)",
                "No document of the commissioner names it",
            )
        ]

    def test_where_documents_name_fewer_than_half_it_is_not(self, harrow, recorded):
        for code in ("U99998", "U99999"):
            pcn(f"HARROW {code}", of=harrow.ccg, code=code, source=file())
        assert said("pcn-only-in-ods") == []

    def test_where_no_document_names_any_it_is_not(self, harrow):
        pcn("HAVERING CREST PCN", of=harrow.havering, code="U99999", source=file())
        assert said("pcn-only-in-ods") == []
