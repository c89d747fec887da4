"""Conflicts are proposed for those whom the listed rules name, each with its rule."""

import pytest

from pcnportal.people.models import Office
from registry.concerned import As
from registry.conflicts import DECLARED, NOT_DECLARED, OF, RULES, proposals_for
from registry.models import ClinicalDirector, Membership, NominatedPayee, SubmittedDirector
from tests import factories as make
from tests.governance.interests.rows import interest
from tests.registry.conflicts.concerning import (
    AFTER,
    BEFORE,
    DAY,
    ROLES,
    elsewhere,
    named,
    organisation,
    sits,
)


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_who_belongs_to_one_that_the_case_concerns_is_named_by_its_rule(harrow, item, name, role):
    sits(harrow.committee, organisation=organisation(name))
    (found,) = proposals_for(item)
    assert (found.rule, str(found.organisation)) == (OF[role].slug, name)
    assert found.because == f"{name}, {role.value}: belongs there, as held."


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_who_holds_an_office_there_is_named(harrow, item, name, role):
    person = sits(harrow.committee, organisation=elsewhere())
    Office.objects.create(person=person, organisation=organisation(name), title="Chair")
    assert named(item) == {("Dr Meena Thakur", OF[role].slug)}


@pytest.mark.parametrize("kind", ["financial", "professional", "personal", "indirect"])
@pytest.mark.parametrize("role", ["partner", "director", "employee", "other"])
@pytest.mark.parametrize(("name", "as_what"), ROLES)
def test_a_declared_interest_names_them_by_what_they_are_there(harrow, item, kind, role, name, as_what):
    person = sits(harrow.committee)
    held = interest(person=person, kind=kind, role=role, organisation=organisation(name))
    (found,) = (one for one in proposals_for(item) if not one.is_warning)
    is_theirs = role != "other" and kind != "indirect"
    assert found.rule == (OF[as_what] if is_theirs else DECLARED).slug
    assert found.interest == held


def test_a_clinical_director_is_named_for_the_network_and_for_the_practice(harrow, case, item):
    person = sits(harrow.committee)
    ClinicalDirector.objects.create(
        pcn=case.pcn, person=person, practice=harrow.practice("E84039"), starts_on=BEFORE
    )
    rules = {OF[As.NETWORK].slug, OF[As.MEMBER].slug}
    assert named(item) == {(person.name, rule) for rule in rules}


def test_whom_the_form_names_as_director_is_named(harrow, case, item):
    person = sits(harrow.committee)
    SubmittedDirector.objects.create(submission=case.current, person=person)
    assert named(item) == {(person.name, OF[As.NETWORK].slug)}


def test_the_director_of_another_network_from_a_practice_that_is_a_member_here_is_named(harrow, item):
    """One practice in two forms: its director stands to gain or lose here too."""
    person = sits(harrow.committee)
    other = make.SubmissionFactory.create(case=make.CaseFactory.create(pcn__name="Sphere PCN"))
    other.case.current = other
    other.case.save()
    SubmittedDirector.objects.create(submission=other, person=person, practice=harrow.practice("E84039"))
    assert named(item) == {(person.name, OF[As.MEMBER].slug)}


@pytest.fixture
def moving(harrow, case):
    """Honeypot is a member of another network, in which GP Direct stays."""
    other = make.PCNFactory.create(name="Sphere PCN")
    for code in ("E84039", "E84058"):
        Membership.objects.create(pcn=other, practice=harrow.practice(code), starts_on=BEFORE)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Honeypot Medical Centre", As.MOVED),
        ("GP Direct", As.LEFT),
        ("Sphere PCN", As.OTHER_NETWORK),
        ("Mollison Way Surgery", As.MEMBER),
    ],
)
def test_a_practice_that_moves_leaves_others_behind(harrow, moving, item, name, role):
    sits(harrow.committee, organisation=organisation(name))
    assert named(item) == {("Dr Meena Thakur", OF[role].slug)}


def test_once_it_is_live_the_register_says_who_is_a_member_and_paid(harrow, case, item):
    item.subject.status = "live"
    Membership.objects.create(pcn=case.pcn, practice=harrow.practice("E84058"), starts_on=BEFORE)
    NominatedPayee.objects.create(
        pcn=case.pcn, organisation=organisation("Harrow Health CIC"), starts_on=BEFORE
    )
    sits(harrow.committee, "Dr A", organisation=organisation("GP Direct"))
    sits(harrow.committee, "Dr B", organisation=organisation("Honeypot Medical Centre"))
    sits(harrow.committee, "Dr C", organisation=organisation("Harrow Health CIC"))
    assert named(item) == {
        ("Dr A", OF[As.MEMBER].slug),
        ("Dr B", OF[As.LEFT].slug),
        ("Dr C", OF[As.PAYEE].slug),
        ("Dr C", OF[As.FEDERATION].slug),
    }


def test_a_federation_elsewhere_has_no_part_in_it(harrow, item):
    other = make.OrganisationFactory.create(
        name="Havering Health Limited", kind="federation", part_of=harrow.havering
    )
    sits(harrow.committee, organisation=other)
    assert named(item) == set()


@pytest.mark.parametrize(
    "period", [{"ends_on": DAY}, {"starts_on": AFTER}, {"withdrawn_on": DAY, "withdrawn_because": "No."}]
)
def test_an_interest_that_is_not_held_on_the_day_names_nobody(harrow, item, period):
    person = sits(harrow.committee, organisation=elsewhere())
    interest(person=person, organisation=organisation("Honeypot Medical Centre"), **period)
    assert named(item) == set()


def test_who_works_elsewhere_and_shares_a_name_is_not_named(harrow, case, item):
    """Kinship is never inferred."""
    SubmittedDirector.objects.create(
        submission=case.current, person=make.PersonFactory.create(name="Dr Amol Kelshiker")
    )
    sits(harrow.committee, "Dr Ashok Kelshiker", organisation=elsewhere())
    assert proposals_for(item) == []


def test_who_has_left_the_body_is_not_named(harrow, item):
    person = sits(harrow.committee, organisation=organisation("Honeypot Medical Centre"))
    person.seats.update(ends_on=DAY)
    assert proposals_for(item) == []


def test_who_came_without_a_seat_is_named(harrow, item):
    person = make.PersonFactory.create(organisation=organisation("Honeypot Medical Centre"))
    make.AttendanceFactory.create(meeting=item.meeting, person=person)
    assert named(item) == {(person.name, OF[As.MEMBER].slug)}


@pytest.mark.parametrize("own", [False, True])
def test_of_whom_nothing_is_held_a_warning_is_given_never_no_conflict(harrow, item, own):
    """That somebody sits for the commissioner says nothing of where they practise."""
    sits(harrow.committee, organisation=harrow.ccg if own else None)
    (found,) = proposals_for(item)
    assert (found.rule, found.is_warning) == (NOT_DECLARED.slug, True)


@pytest.mark.parametrize("role", ["partner", "director", "employee"])
def test_who_declared_where_they_work_is_no_longer_warned_of(harrow, item, role):
    interest(person=sits(harrow.committee), organisation=elsewhere(), role=role, kind="financial")
    assert proposals_for(item) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"organisation_named": "Acme Widgets Ltd", "role": "director", "kind": "financial"},
        {"role": "partner", "kind": "indirect"},
        {"role": "other", "kind": "personal"},
    ],
)
def test_who_declared_something_else_is_still_warned_of(harrow, item, facts):
    where = {} if "organisation_named" in facts else {"organisation": elsewhere()}
    interest(person=sits(harrow.committee), **where, **facts)
    assert [found.rule for found in proposals_for(item)] == [NOT_DECLARED.slug]


def test_of_an_item_about_something_else_no_rule_speaks(harrow, case):
    sits(harrow.committee, organisation=organisation("Honeypot Medical Centre"))
    other = make.AgendaItemFactory.create(meeting__body=harrow.committee)
    assert proposals_for(other) == []


def test_several_ties_to_one_practice_are_one_conflict(harrow, item):
    practice = organisation("Honeypot Medical Centre")
    person = sits(harrow.committee, organisation=practice)
    interest(person=person, organisation=practice)
    interest(person=person, organisation=practice, role="employee")
    (found,) = proposals_for(item)
    assert found.because == (
        "Honeypot Medical Centre, a member practice: belongs there, as held; declared as partner or owner; "
        "declared as employee."
    )


def test_the_rules_are_listed_with_their_sources():
    assert len({rule.slug for rule in RULES}) == len(RULES) == len(As) + 2
    assert all(rule.title and rule.sentence.endswith(("?", ".")) and rule.source for rule in RULES)
