"""What the checklist reads: each practice once, other claims on it, lists of the right day and kind."""

from datetime import date
from decimal import Decimal

import pytest

from registry.checklist import assess_many, facts_for
from registry.checklist.facts import with_facts
from registry.models import Case, Document, ListSize, Membership, SubmittedMember
from tests import factories as make
from tests import steps
from tests.harrow import Harrow

AVERAGE = {"as_at": date(2019, 3, 31), "averaged_from": date(2018, 4, 1)}


def facts_of(case, day=make.COMMITTEE_DAY):
    return facts_for(with_facts(Case.objects.filter(pk=case.pk)), day)[case.pk]


def member(case, code="E84058", day=make.COMMITTEE_DAY):
    return next(m for m in facts_of(case, day).members if m.code == code)


def size(harrow, code="E84058", **facts):
    return make.ListSizeFactory.create(organisation=harrow.practice(code).organisation, **facts)


@pytest.fixture
def case(harrow: Harrow):
    return steps.received(harrow)


def test_what_the_form_says_is_read_whole(harrow: Harrow, case):
    found = facts_of(case)
    assert (found.deadline, found.received_on, found.is_received_day_known) == (
        make.FORMS_DUE,
        make.FORMS_DUE,
        True,
    )
    assert (found.stated_list_size, found.stated_as_at, found.payee) == (34406, make.JANUARY, "GP Direct")
    assert found.in_london
    assert [m.name for m in found.members] == [
        "GP Direct",
        "Kings Road Medical Centre",
        "Shaftesbury Medical Centre",
    ]
    assert [(d.name, d.practice) for d in found.directors] == [("Dr Shahla Ahmad", "GP Direct")]


def test_a_draft_shows_nothing_that_was_not_received(harrow: Harrow):
    case = make.CaseFactory.create()
    found = facts_of(case)
    assert (found.received_on, found.stated_list_size, found.members, found.payee) == (None, None, (), "")


def test_map_and_agreement_are_the_newest_document_of_their_kind(harrow: Harrow, case):
    assert facts_of(case).map_name == ""
    for name, kind in (("old.pdf", "map"), ("new.pdf", "map"), ("signed.pdf", "agreement")):
        Document.objects.create(
            case=case, kind=kind, name=name, token=name, size=1, uploaded_by=harrow.user("officer")
        )
    assert (facts_of(case).map_name, facts_of(case).agreement_name) == ("new.pdf", "signed.pdf")


def test_a_practice_is_open_from_its_first_day_until_the_day_it_closes(harrow: Harrow, case):
    organisation = harrow.practice("E84058").organisation
    organisation.opened_on, organisation.closed_on = date(2019, 5, 20), date(2019, 5, 24)
    organisation.save()
    days = [date(2019, 5, 19), date(2019, 5, 20), date(2019, 5, 23), date(2019, 5, 24)]
    assert [member(case, day=day).is_open for day in days] == [False, True, True, False]


def test_a_code_outside_the_register_is_neither_open_nor_named(harrow: Harrow, case):
    SubmittedMember.objects.filter(code="E84058").update(code="E99999", practice=None)
    found = member(case, "E99999")
    assert (found.is_in_register, found.is_open, found.name, found.practice_id) == (
        False,
        False,
        "E99999",
        None,
    )


def test_another_pcn_holds_a_practice_while_its_membership_is_in_force(harrow: Harrow, case):
    sphere = make.PCNFactory.create(name="Sphere PCN")
    Membership.objects.create(
        practice=harrow.practice("E84058"),
        pcn=sphere,
        starts_on=date(2019, 5, 20),
        ends_on=date(2019, 5, 24),
    )
    assert member(case).other_pcn == "Sphere PCN"
    assert member(case, day=date(2019, 5, 19)).other_pcn == ""
    assert member(case, day=date(2019, 5, 24)).other_pcn == ""


def test_a_membership_of_its_own_pcn_or_one_that_was_corrected_holds_nothing(harrow: Harrow, case):
    sphere = make.PCNFactory.create(name="Sphere PCN")
    wrong = Membership.objects.create(practice=harrow.practice("E84058"), pcn=sphere)
    Membership.objects.create(practice=harrow.practice("E84058"), pcn=case.pcn, supersedes=wrong)
    assert member(case).other_pcn == ""


def claim(harrow, status="received"):
    other = make.CaseFactory.create(pcn=make.PCNFactory.create(name="Sphere PCN"))
    form = make.SubmissionFactory.create(case=other, is_submitted=True)
    make.SubmittedMemberFactory.create(submission=form, practice=harrow.practice("E84058"))
    Case.objects.filter(pk=other.pk).update(status=status, current=form)
    return other


@pytest.mark.parametrize("status", ["received", "returned", "under_review", "approved", "confirmed"])
def test_another_registration_that_stands_claims_a_practice(harrow: Harrow, case, status):
    claim(harrow, status)
    assert member(case).other_pcn == "Sphere PCN"


@pytest.mark.parametrize("status", ["draft", "withdrawn", "not_approved", "closed", "live"])
def test_one_that_does_not_stand_or_is_in_the_register_by_now_claims_nothing(harrow: Harrow, case, status):
    claim(harrow, status)
    assert member(case).other_pcn == ""


def test_a_claim_ends_when_the_practice_withdraws_from_it_or_a_newer_form_leaves_it_out(harrow: Harrow, case):
    other = claim(harrow)
    SubmittedMember.objects.filter(submission__case=other).update(has_withdrawn=True)
    assert member(case).other_pcn == ""
    SubmittedMember.objects.filter(submission__case=other).update(has_withdrawn=False)
    newer = make.SubmissionFactory.create(case=other, number=2, is_submitted=True)
    Case.objects.filter(pk=other.pk).update(current=newer)
    assert member(case).other_pcn == ""


def test_the_list_of_the_stated_day_is_exact_and_an_average_never_is(harrow: Harrow, case):
    size(harrow, patients=Decimal("21706.75"), **AVERAGE)
    assert (member(case).exact, member(case).nearest) == (None, Decimal("21706.75"))
    assert member(case).nearest_dated == "average from 1 April 2018 to 31 March 2019"
    size(harrow, patients=21800)
    assert member(case).exact == 21800


@pytest.mark.parametrize("kind", ["weighted", "resident", "implied"])
def test_only_registered_lists_count(harrow: Harrow, case, kind):
    size(harrow, kind=kind)
    assert (member(case).exact, member(case).nearest) == (None, None)


def test_a_later_list_than_the_day_is_not_known_yet(harrow: Harrow, case):
    size(harrow, as_at=date(2019, 5, 21))
    assert member(case).nearest is None
    assert member(case, day=date(2019, 5, 21)).nearest_dated == "at 21 May 2019"


def test_a_corrected_list_stands_in_place_of_the_wrong_one(harrow: Harrow, case):
    wrong = size(harrow, patients=21800)
    size(
        harrow,
        patients=21900,
        supersedes=wrong,
        source=make.SourceFactory.create(title="Corrected board report"),
    )
    assert member(case).exact == 21900
    assert ListSize.objects.get(pk=wrong.pk).patients == 21800


def several(numbers):
    """Registrations under review, each with a practice, a director, a list and a line of its own."""
    for number in numbers:
        case = make.CaseFactory.create(pcn=make.PCNFactory.create(name=f"{number} PCN"))
        form = make.SubmissionFactory.create(case=case, is_submitted=True, stated_as_at=make.JANUARY)
        practice = make.PracticeFactory.create(code=f"F{number:05}", name=f"Practice {number}")
        make.SubmittedMemberFactory.create(submission=form, practice=practice)
        make.ListSizeFactory.create(organisation=practice.organisation)
        form.directors.create(person=make.PersonFactory.create(name=f"Dr {number}"), practice=practice)
        Case.objects.filter(pk=case.pk).update(current=form, status="under_review")
        case.lines.create(position=1, key="members", section="", title="Members", rule="members")


def test_2_and_40_registrations_are_assessed_in_the_same_number_of_queries(
    harrow: Harrow, django_assert_num_queries
):
    several(range(2))
    with django_assert_num_queries(4):
        few = assess_many(with_facts(Case.objects.all()), make.COMMITTEE_DAY)
    several(range(2, 40))
    with django_assert_num_queries(4):
        many = assess_many(with_facts(Case.objects.all()), make.COMMITTEE_DAY)
    assert (len(few), len(many)) == (2, 40)
    assert {line.standing for lines in many.values() for line in lines} == {"met"}
