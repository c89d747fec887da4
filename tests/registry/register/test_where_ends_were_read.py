"""A row's end, and a closing, are read elsewhere than its beginning; the history names each source."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation
from registry.chronicle import of_pcn, of_practice
from registry.models import PCN, Membership, Practice
from registry.workflow import register as verbs
from tests import factories as make
from tests.registry.register.test_practices import refused

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
NOVEMBER = date(2019, 11, 1)


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


@pytest.fixture
def email(harrow):
    return make.SourceFactory.create(title="E-mail from the practice manager", kind="attested")


def told(of):
    """(what, day, source) of each entry of a history."""
    fresh = type(of).objects.select_related("organisation__source").get(pk=of.pk)
    entries = of_practice(fresh) if isinstance(of, Practice) else of_pcn(fresh)
    return {(entry.said.rstrip(":"), entry.on, entry.source) for entry in entries}


@pytest.mark.parametrize("kind", [Source.Kind.DOCUMENT, Source.Kind.FILE])
def test_that_it_joined_and_that_it_left_have_each_their_source(harrow, east, why, email, kind):
    practice = harrow.practice("E84075")
    Source.objects.filter(pk=harrow.report.pk).update(kind=kind)
    verbs.leave_pcn(practice, on=OCTOBER, **(why | {"source": email}))
    for of in (practice, east):
        said = {what: source for what, _, source in told(of) if what in ("Left", "Joined")}
        assert said["Left"] == str(email)
    assert ("Joined", JULY, str(harrow.report)) in told(practice)


def test_a_closing_that_was_withdrawn_leaves_every_source_as_it_was(harrow, east, why, email):
    practice = harrow.practice("E84075")
    before = [told(practice), told(east)]
    verbs.close_practice(practice, on=OCTOBER, **(why | {"source": email}))
    assert ("Closed", OCTOBER, str(email)) in told(practice)
    verbs.reopen_practice(practice, **(why | {"source": email}))
    assert [told(practice), told(east)] == before
    verbs.close_pcn(east, on=OCTOBER, **(why | {"source": email}))
    verbs.reopen_pcn(east, **(why | {"source": email}))
    assert [told(practice), told(east)] == before


def test_a_correction_keeps_the_source_of_what_stays(harrow, east, why, email):
    held = Membership.objects.get(practice=harrow.practice("E84075"))
    said = {"pcn": east, "starts_on": JULY, "ends_on": OCTOBER}
    ended = verbs.correct_membership(held, **said, **(why | {"source": email}))
    assert (ended.source, ended.end_source) == (harrow.report, email)
    moved = verbs.correct_membership(ended, **(said | {"starts_on": date(2019, 8, 1)}), **why)
    assert (moved.source, moved.end_source) == (harrow.report, email)


def test_the_day_of_a_closing_is_corrected_with_all_that_it_ended(harrow, east, why, email, asked):
    practice, other = harrow.practice("E84075"), harrow.practice("E84014")
    refused("is not closed", asked(verbs.correct_closing, practice, on=OCTOBER))
    undated = practice.organisation.successions.create(successor=other.organisation, kind="taken_on")
    verbs.take_on_list(practice, into=other, on=OCTOBER, **why)
    refused("that is what is held", asked(verbs.correct_closing, practice, on=OCTOBER), "on")
    verbs.correct_closing(practice, on=NOVEMBER, **(why | {"source": email}))
    assert Organisation.objects.get(pk=practice.pk).closed_on == NOVEMBER
    taken = practice.organisation.successions.get()
    assert (taken.on, taken.supersedes) == (NOVEMBER, undated)
    assert Membership.objects.standing().get(practice=practice).ends_on == NOVEMBER
    verbs.reopen_practice(practice, **why)
    assert practice.organisation.successions.get() == undated
    assert Membership.objects.standing().get(practice=practice).ends_on is None
    verbs.withdraw_taking_over(practice, by=why["by"], reason="It was another practice.")
    assert not practice.organisation.successions.exists()
    verbs.merge_practice(practice, into=other, on=OCTOBER, **why)


def test_the_day_of_a_closing_of_a_pcn_is_corrected(harrow, east, why):
    verbs.close_pcn(east, on=OCTOBER, **why)
    verbs.correct_pcn_closing(PCN.objects.get(pk=east.pk), on=NOVEMBER, **why)
    assert set(Membership.objects.standing().values_list("ends_on", flat=True)) == {NOVEMBER}
    assert Organisation.objects.get(pk=east.pk).closed_on == NOVEMBER


def test_a_day_far_ahead_is_a_slip(harrow, east, asked):
    far = date(2030, 1, 1)
    practice = harrow.practice("E84075")
    for verb, of in ((verbs.close_practice, practice), (verbs.leave_pcn, practice), (verbs.close_pcn, east)):
        refused("more than a year ahead", asked(verb, of, on=far), "on")
    held = Membership.objects.get(practice=practice)
    call = asked(verbs.correct_membership, held, pcn=east, starts_on=JULY, ends_on=far)
    refused("more than a year ahead", call, "ends_on")
