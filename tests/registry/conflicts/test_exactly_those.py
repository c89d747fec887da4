"""Conflicts are proposed for exactly those whom the rules name, whoever sits on the body."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some

from pcnportal.people.models import Office
from registry.conflicts import DECLARED, NOT_DECLARED, OF, proposals_for
from tests import factories as make
from tests.demo import undone
from tests.governance.interests.rows import interest
from tests.registry.conflicts.concerning import ROLES, organisation, sits


@given(
    ties=some.dictionaries(
        some.sampled_from(["Dr A", "Dr B", "Dr C", "Dr D"]),
        some.sets(
            some.tuples(some.sampled_from(range(8)), some.sampled_from(["office", "held", "declared"]))
        ),
    )
)
@settings(max_examples=25)
def test_exactly_those_are_named_whom_a_rule_names(harrow, item, ties):
    """Whoever has nothing in common with the case is named by no rule, whatever else they do."""
    with undone():
        far = [
            make.OrganisationFactory.create(name=f"Elsewhere {number}", kind="provider")
            for number in range(3)
        ]
        pool = [(organisation(name), role) for name, role in ROLES] + [(one, None) for one in far]
        expected = set()
        for name, held in ties.items():
            person = sits(harrow.committee, name)
            for number, how in sorted(held):
                where = pool[number][0]
                if how == "office":
                    Office.objects.create(person=person, organisation=where, title="Chair")
                elif how == "held":
                    person.organisation = where
                    person.save()
                else:
                    interest(person=person, organisation=where, role="other", kind="personal")
            at = [pool[number] for number, how in held if how == "office"]
            if person.organisation:
                at.append(next(one for one in pool if one[0] == person.organisation))
            expected |= {(name, OF[role].slug, where.name) for where, role in at if role}
            declared = [pool[number] for number, how in held if how == "declared"]
            expected |= {(name, DECLARED.slug, where.name) for where, role in declared if role}
            if all(how == "declared" for _, how in held):
                expected.add((name, NOT_DECLARED.slug, ""))
        found = [
            (one.person.name, one.rule, one.organisation.name if one.organisation else "")
            for one in proposals_for(item)
        ]
        assert len(found) == len(set(found))
        assert set(found) == expected


def test_as_many_questions_for_many_members_as_for_few(harrow, item, django_assert_num_queries):
    def grow(numbers):
        for number in numbers:
            person = sits(harrow.committee, f"Dr {number}", organisation=organisation("GP Direct"))
            interest(person=person, organisation=organisation("Honeypot Medical Centre"))

    make.PracticeFactory.create(code="E84058", name="GP Direct")
    grow(range(2))
    with CaptureQueriesContext(connection) as few:
        assert len(proposals_for(item)) == 2
    grow(range(2, 20))
    with django_assert_num_queries(len(few)):
        assert len(proposals_for(item)) == 20
