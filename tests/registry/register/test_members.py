"""A practice is in one PCN at a time: it leaves before it joins, on the same day at the latest."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import FormerDetail, Organisation
from pcnportal.refusals import NotAllowed
from registry.models import PCN, Membership, Practice
from registry.workflow import register as verbs
from tests import factories as make
from tests.reading import signed_in

from .conftest import JULY, OCTOBER
from .test_practices import refused

pytestmark = pytest.mark.django_db


def of(practice):
    rows = Membership.objects.standing().filter(practice=practice)
    return list(rows.values_list("pcn__organisation__name", "starts_on", "ends_on"))


def test_a_practice_leaves_one_pcn_and_joins_another_on_the_same_day(harrow, east, sphere, why, asked):
    practice = harrow.practice("E84075")
    refused(
        "is in Harrow East PCN. Record first that it left",
        asked(verbs.join_pcn, practice, pcn=sphere, on=OCTOBER),
        "pcn",
    )
    verbs.leave_pcn(practice, on=OCTOBER, **why)
    verbs.join_pcn(practice, pcn=sphere, on=OCTOBER, **why)
    assert of(practice) == [("Harrow East PCN", JULY, OCTOBER), ("Sphere PCN", OCTOBER, None)]
    assert [event.verb for event in events_of(practice)] == ["join_pcn", "leave_pcn"]


def test_a_practice_joins_once(harrow, east, sphere, asked, why):
    practice = harrow.practice("E84075")
    refused("is in Harrow East PCN already", asked(verbs.join_pcn, practice, pcn=east, on=OCTOBER), "pcn")
    refused(
        "is in Harrow East PCN from 1 July 2019",
        asked(verbs.join_pcn, practice, pcn=sphere, on=date(2019, 6, 1)),
        "on",
    )


def test_who_is_in_no_pcn_leaves_none_and_nobody_leaves_before_joining(harrow, east, asked, why):
    practice = harrow.practice("E84075")
    refused("joins Harrow East PCN on 1 July 2019", asked(verbs.leave_pcn, practice, on=JULY), "on")
    verbs.leave_pcn(practice, on=OCTOBER, **why)
    refused("is in no PCN on 2 October", asked(verbs.leave_pcn, practice, on=date(2019, 10, 2)), "on")


def test_closed_ones_join_nothing_and_are_joined_by_nobody(harrow, east, sphere, asked, why):
    practice = harrow.practice("E84075")
    verbs.close_pcn(sphere, on=OCTOBER, **why)
    verbs.leave_pcn(practice, on=OCTOBER, **why)
    refused("Sphere PCN closed", asked(verbs.join_pcn, practice, pcn=sphere, on=OCTOBER), "pcn")
    verbs.close_practice(practice, on=OCTOBER, **why)
    refused("Surgery closed", asked(verbs.join_pcn, practice, pcn=east, on=OCTOBER), "on")


def test_a_practice_joins_no_pcn_of_another_commissioner(harrow, why):
    other = make.PCNFactory.create(name="Havering Crest PCN", commissioner=harrow.havering)
    with pytest.raises(NotAllowed, match="another commissioner"):
        verbs.join_pcn(harrow.practice("E84075"), pcn=other, on=OCTOBER, **why)


def test_a_wrong_membership_gets_a_successor_and_stays_readable(harrow, east, sphere, why, asked):
    practice = harrow.practice("E84075")
    held = Membership.objects.get(practice=practice)
    refused(
        "Nothing is different",
        asked(verbs.correct_membership, held, pcn=east, starts_on=JULY, ends_on=None),
    )
    made = verbs.correct_membership(held, pcn=sphere, starts_on=OCTOBER, ends_on=None, **why)
    assert (made.supersedes, made.source) == (held, harrow.report)
    assert of(practice) == [("Sphere PCN", OCTOBER, None)]
    assert Membership.objects.filter(practice=practice).count() == 2
    refused(
        "corrected or withdrawn already",
        asked(verbs.correct_membership, held, pcn=east, starts_on=OCTOBER, ends_on=None),
    )


def test_a_correction_overlaps_no_other_membership(harrow, east, sphere, why, asked):
    practice = harrow.practice("E84075")
    verbs.leave_pcn(practice, on=OCTOBER, **why)
    later = verbs.join_pcn(practice, pcn=sphere, on=OCTOBER, **why)
    call = asked(verbs.correct_membership, later, pcn=sphere, starts_on=date(2019, 9, 1), ends_on=None)
    refused("is in Harrow East PCN from 1 July 2019", call, "starts_on")
    call = asked(verbs.correct_membership, later, pcn=sphere, starts_on=OCTOBER, ends_on=OCTOBER)
    refused("end after it starts", call, "ends_on")


def test_a_file_of_a_day_to_come_takes_the_register_from_nobody_before_that_day(harrow, east, why):
    """The column holds the newest commissioner; who changes the register is the commissioner of today."""
    practice = harrow.practice("E84075")
    Practice.objects.filter(pk=practice.pk).update(commissioner=harrow.havering)
    FormerDetail.objects.create(
        organisation=practice.organisation, what="commissioner", value="08E", until=OCTOBER
    )
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.commissioned_by == harrow.ccg
    verbs.leave_pcn(practice, on=date(2019, 9, 1), **why)
    assert events_of(practice).get().commissioner == harrow.ccg
    with clock.at(OCTOBER):
        practice = Practice.objects.get(pk=practice.pk)
        with pytest.raises(NotAllowed, match="another commissioner"):
            verbs.join_pcn(practice, pcn=east, on=OCTOBER, **why)


def test_the_page_finds_a_pcn_whose_commissioner_is_succeeded_on_a_day_to_come(harrow, east, why):
    """The column holds the newest commissioner; whose a PCN is today, may stand beside it."""
    practice = harrow.practice("E84075")
    Membership.objects.filter(practice=practice).delete()
    PCN.objects.filter(pk=east.pk).update(commissioner=harrow.havering)
    Organisation.objects.filter(pk=east.pk).update(code="U51050")
    FormerDetail.objects.create(
        organisation=east.organisation, what="commissioner", value="08E", until=date(2021, 4, 1)
    )
    client = signed_in(harrow.user("officer"))
    day = {"on_day": "1", "on_month": "9", "on_year": "2019"}
    sent = {"pcn": "U51050", "held_source": "named", "source_title": "Letter", "reason": "It joined."} | day
    assert client.post(f"/practices/{practice.organisation.code}/join/", sent).status_code == 302
    assert Membership.objects.standing().get(practice=practice).pcn == east
