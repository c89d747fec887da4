"""A practice opens and closes, merges; its list is taken on or dispersed: dated, with source and reason."""

from datetime import date

import pytest

from pcnportal.history.record import events_of
from pcnportal.people.models import Succession
from pcnportal.refusals import NotAllowed, Refused
from registry.models import Membership, Practice
from registry.workflow import register as verbs
from tests import factories as make
from tests.claims import everything

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
ENDING = (verbs.close_practice, verbs.disperse_list)
INTO = (verbs.merge_practice, verbs.take_on_list)


def refused(sentence, call, field=""):
    """The verb refuses with that sentence, and changes nothing."""
    before = everything()
    with pytest.raises(Refused, match=sentence) as caught:
        call()
    assert (everything(), caught.value.field) == (before, field)


def test_a_practice_opens_on_a_day(harrow, why):
    made = verbs.open_practice(
        commissioner=harrow.ccg, code="e84999", name=" New  Surgery ", on=OCTOBER, postcode="ha1 1aa", **why
    )
    organisation = made.organisation
    assert (organisation.code, organisation.name, organisation.postcode, organisation.opened_on) == (
        "E84999",
        "New Surgery",
        "HA1 1AA",
        OCTOBER,
    )
    assert (made.commissioner, organisation.source) == (harrow.ccg, harrow.report)
    event = events_of(made).get()
    assert (event.verb, event.reason, event.commissioner) == ("open_practice", why["reason"], harrow.ccg)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("84999", "a letter and five digits"),
        ("E8499", "a letter and five digits"),
        ("E84039", "is the code of Honeypot"),
    ],
)
def test_a_code_is_an_ods_code_and_nobody_elses(harrow, asked, code, sentence):
    harrow.practice("E84039")
    call = asked(verbs.open_practice, commissioner=harrow.ccg, code=code, name="New Surgery", on=OCTOBER)
    refused(sentence, call, "code")


@pytest.mark.parametrize("verb", ENDING)
def test_a_practice_that_closes_leaves_its_pcn_on_that_day(harrow, east, why, verb):
    practice = harrow.practice("E84075")
    verb(practice, on=OCTOBER, **why)
    practice.refresh_from_db()
    assert practice.organisation.closed_on == OCTOBER
    membership = Membership.objects.standing().get(practice=practice)
    assert (membership.starts_on, membership.ends_on) == (JULY, OCTOBER)
    assert Membership.objects.on(date(2019, 9, 30)).filter(practice=practice).exists()
    assert Membership.objects.on(OCTOBER).count() == 2
    assert events_of(practice).get().reason == why["reason"]


@pytest.mark.parametrize("verb", INTO)
def test_a_practice_that_is_taken_over_closes_and_the_other_stays(harrow, east, why, verb):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    made = verb(practice, into=other, on=OCTOBER, **why)
    assert (made.predecessor, made.successor, made.on) == (practice.organisation, other.organisation, OCTOBER)
    assert made.kind == {verbs.merge_practice: "merged", verbs.take_on_list: "taken_on"}[verb]
    members = Membership.objects.on(OCTOBER).values_list("practice__organisation__code", flat=True)
    assert set(members) == {"E84039", "E84014"}
    assert Practice.objects.get(pk=practice.pk).organisation.closed_on == OCTOBER


def test_a_dispersed_list_has_no_successor(harrow, why):
    made = verbs.disperse_list(harrow.practice("E84075"), on=OCTOBER, **why)
    assert (made.kind, made.successor, made.on) == ("dispersed", None, OCTOBER)


def test_a_succession_that_was_held_without_its_day_gets_it(harrow, why):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    held = Succession.objects.create(
        predecessor=practice.organisation, successor=other.organisation, kind="taken_on"
    )
    verbs.take_on_list(practice, into=other, on=OCTOBER, **why)
    made = Succession.objects.get()
    assert (made.supersedes, made.on, made.source) == (held, OCTOBER, why["source"])
    assert Succession.every.get(pk=held.pk).on is None


def test_a_practice_closes_once_and_not_before_it_opened(harrow, asked, why):
    practice = harrow.practice("E84075")
    refused("opened on 1 April 1974", asked(verbs.close_practice, practice, on=date(1974, 4, 1)), "on")
    verbs.close_practice(practice, on=OCTOBER, **why)
    refused("closed on 1 October 2019 already", asked(verbs.close_practice, practice, on=JULY), "on")


@pytest.mark.parametrize("verb", INTO)
def test_nobody_is_taken_over_by_itself_by_a_closed_one_or_twice(harrow, asked, why, verb):
    practice, other, third = (harrow.practice(code) for code in ("E84075", "E84014", "E84039"))
    refused("another practice than this", asked(verb, practice, into=practice, on=OCTOBER), "into")
    verbs.close_practice(third, on=JULY, **why)
    refused("closed on 1 July 2019", asked(verb, practice, into=third, on=OCTOBER), "into")
    verb(practice, into=other, on=OCTOBER, **why)
    refused("It is held already", asked(verb, practice, into=other, on=OCTOBER))


def test_a_membership_that_begins_later_stands_in_the_way(harrow, east, asked):
    practice = harrow.practice("E84075")
    refused(
        "held from 1 July 2019, not before", asked(verbs.close_practice, practice, on=date(2019, 6, 1)), "on"
    )


def test_without_a_reason_or_a_source_nothing_is_recorded(harrow, asked):
    practice = harrow.practice("E84075")
    refused("Say why", asked(verbs.close_practice, practice, on=OCTOBER, reason=" "), "reason")
    refused(
        "where you read it", asked(verbs.close_practice, practice, on=OCTOBER, source=None), "held_source"
    )


def test_only_the_commissioners_own_officers_change_its_register(harrow, asked):
    practice = harrow.practice("E84075")
    for name, sentence in (
        ("officer@havering.example", "another commissioner"),
        ("finance", "does not allow"),
        ("admin", "does not allow"),
    ):
        call = asked(verbs.close_practice, practice, on=OCTOBER, by=harrow.user(name))
        with pytest.raises(NotAllowed, match=sentence):
            call()


def test_what_a_file_wrote_of_a_membership_gets_a_successor_when_a_person_ends_it(harrow, east, why):
    file = make.SourceFactory.create(title="ePCN", kind="file")
    practice = harrow.practice("E84075")
    Membership.objects.filter(practice=practice).update(source=file)
    verbs.close_practice(practice, on=OCTOBER, **why)
    wrong, right = Membership.objects.filter(practice=practice).order_by("pk")
    assert (wrong.ends_on, right.supersedes, right.ends_on) == (None, wrong, OCTOBER)
    assert (right.source, right.end_source) == (file, harrow.report)


def test_a_practice_does_not_close_before_a_list_comes_to_it(harrow, asked, why):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    verbs.take_on_list(other, into=practice, on=OCTOBER, **why)
    for on in (JULY, OCTOBER):
        refused("comes to it on 1 October 2019", asked(verbs.close_practice, practice, on=on), "on")
    verbs.close_practice(practice, on=date(2019, 10, 2), **why)


def test_a_practice_that_has_closed_is_not_taken_over_later(harrow, asked, why):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    verbs.close_practice(practice, on=JULY, **why)
    refused("closed on 1 July 2019", asked(verbs.disperse_list, practice, on=OCTOBER), "on")
    refused("closed on 1 July 2019", asked(verbs.merge_practice, practice, into=other, on=OCTOBER), "on")
    verbs.disperse_list(practice, on=JULY, **why)


def test_a_practice_through_which_a_pcn_is_paid_closes_once_another_is(harrow, east, asked, why):
    payee = harrow.practice("E84039")
    refused("the nominated payee of Harrow East PCN", asked(verbs.close_practice, payee, on=OCTOBER), "on")
    verbs.change_payee(east, payee=harrow.practice("E84075").organisation, on=OCTOBER, **why)
    verbs.close_practice(payee, on=OCTOBER, **why)
