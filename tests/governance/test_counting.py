"""What holds of every quorum, whatever its rule and whoever is there."""

from hypothesis import given
from hypothesis import strategies as some

from governance.counting import Someone, Wanted, could_restore, count

OFFICES = ("chair", "lay member", "gp")
wanted = some.lists(
    some.builds(
        Wanted,
        some.lists(some.sampled_from(OFFICES), min_size=1, max_size=2).map(tuple),
        some.integers(min_value=1, max_value=3),
    ),
    max_size=3,
)
rules = some.tuples(some.integers(min_value=1, max_value=5), wanted)
people = some.builds(
    Someone,
    person=some.integers(1, 8),
    place=some.integers(1, 8),
    offices=some.frozensets(some.sampled_from(OFFICES), max_size=2),
    is_voting=some.booleans(),
)
meetings = some.lists(people, max_size=8, unique_by=lambda one: one.person)
persons = some.sets(some.integers(1, 8))


def counted(rule, *others):
    members, offices = rule
    return count(members, offices, *others)


@given(rules, meetings, people, persons, persons)
def test_who_comes_too_never_breaks_a_quorum(rule, present, other, gone, mute):
    before = counted(rule, present, gone, mute)
    if before.is_met and other.person not in {one.person for one in present}:
        assert counted(rule, [*present, other], gone, mute).is_met


@given(rules, meetings, persons, persons, some.integers(1, 8))
def test_who_leaves_never_makes_a_quorum(rule, present, gone, mute, leaver):
    if not counted(rule, present, gone, mute).is_met:
        assert not counted(rule, present, gone | {leaver}, mute).is_met


@given(rules, meetings, persons, persons, some.integers(1, 8))
def test_who_loses_the_vote_never_makes_a_quorum(rule, present, gone, mute, who):
    if not counted(rule, present, gone, mute).is_met:
        assert not counted(rule, present, gone, mute | {who}).is_met


@given(rules, meetings, people)
def test_a_deputy_counts_as_the_member_would(rule, present, member):
    others = [one for one in present if member.person not in (one.person, one.place)]
    deputy = Someone(99, member.place, member.offices, member.is_voting)
    assert counted(rule, [*others, deputy]) == counted(rule, [*others, member])


@given(rules, meetings, people)
def test_a_member_and_their_deputy_count_once(rule, present, member):
    others = [one for one in present if one.person != member.person]
    deputy = Someone(99, member.place, member.offices, member.is_voting)
    assert counted(rule, [*others, member, deputy]) == counted(rule, [*others, member])


@given(rules, meetings, people)
def test_who_could_restore_a_quorum_brings_what_lacks(rule, present, other):
    others = [one for one in present if one.person != other.person]
    before, after = counted(rule, others), counted(rule, [*others, other])
    assert could_restore(before, other, others) == (
        not before.is_met
        and (after.lacking_voting, after.lacking_offices) != (before.lacking_voting, before.lacking_offices)
    )


def test_any_of_several_offices_counts_each_place_once():
    either = Wanted(("Lay  member", "Chair"), 2)
    one, two = (Someone(n, n, frozenset({office}), True) for n, office in ((1, "chair"), (2, "lay member")))
    assert count(1, [either], [one]).lacking_offices == ((either, 1),)
    assert count(1, [either], [one, two]).is_met
    assert str(either) == "Lay  member or Chair"
