"""Interests are declared, registered, ended, corrected, withdrawn, and one day forgotten."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from governance.interests import readable_to
from governance.models import Conflict, Interest
from governance.workflow.interests import (
    correct_interest,
    declare,
    end_interest,
    register_interest,
    withdraw_interest,
)
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests import factories as make
from tests.governance.interests.rows import interest

FACTS: dict[str, Any] = {
    "kind": "financial",
    "organisation": None,
    "organisation_named": "Honeypot Medical Centre",
    "role": "partner",
    "nature": "Partner of the practice.",
    "starts_on": date(2019, 4, 1),
    "ends_on": None,
}


@pytest.fixture
def member(harrow):
    """The committee's member, who is Dr Thakur."""
    user = harrow.user("member")
    user.person = make.PersonFactory.create()
    user.save()
    return user


def test_a_member_declares_their_own_today(harrow, member):
    made = declare(by=member, commissioner=harrow.ccg, **FACTS)
    assert (made.person, made.declared_on) == (member.person, make.COMMITTEE_DAY)
    event = Event.objects.get(verb="declared an interest")
    assert (event.by, event.subject_id, event.reason) == (member, made.pk, "")


def test_who_is_no_person_declares_nothing(harrow):
    with pytest.raises(Refused, match="ask the secretary"):
        declare(by=harrow.user("member"), commissioner=harrow.ccg, **FACTS)


def test_the_secretary_registers_for_others_with_the_day_on_which_it_was_declared(harrow):
    made = register_interest(
        by=harrow.user("secretary"),
        commissioner=harrow.ccg,
        name="Dr Dilip Patel",
        declared_on=None,
        **FACTS,
    )
    assert (made.person.name, made.declared_on) == ("Dr Dilip Patel", None)


def test_a_member_registers_for_nobody_else(harrow, member):
    with pytest.raises(NotAllowed):
        register_interest(by=member, commissioner=harrow.ccg, name="Dr Dilip Patel", **FACTS)


def test_nobody_registers_with_another_commissioner(harrow):
    with pytest.raises(NotAllowed, match="another commissioner"):
        register_interest(
            by=harrow.user("secretary"), commissioner=harrow.havering, name="Dr Dilip Patel", **FACTS
        )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"organisation_named": " "}, "organisation"),
        ({"nature": " "}, "nature"),
        ({"ends_on": date(2019, 4, 1)}, "ends_on"),
        ({"declared_on": date(2019, 5, 21)}, "declared_on"),
        ({"name": "", "person": None}, "person"),
    ],
)
def test_what_says_too_little_is_refused(harrow, facts, field):
    with pytest.raises(Refused) as refusal:
        register_interest(
            by=harrow.user("secretary"),
            commissioner=harrow.ccg,
            **{"name": "Dr Dilip Patel", "declared_on": None} | FACTS | facts,
        )
    assert refusal.value.field == field
    assert not Interest.objects.exists()


def test_of_an_indirect_interest_nothing_has_to_be_told(harrow, member):
    made = declare(by=member, commissioner=harrow.ccg, **FACTS | {"kind": "indirect", "nature": ""})
    assert made.nature == ""


def test_an_end_is_said_once(harrow, member):
    held = interest(person=member.person, starts_on=date(2019, 4, 1))
    end_interest(held, by=member, seen=1, ends_on=date(2019, 5, 1))
    held.refresh_from_db()
    assert held.ends_on == date(2019, 5, 1)
    with pytest.raises(Refused, match="correct the entry"):
        end_interest(held, by=member, seen=2, ends_on=date(2019, 5, 2))


def test_of_two_who_change_it_at_once_one_is_told(harrow, member):
    held = interest(person=member.person)
    end_interest(held, by=member, seen=1, ends_on=date(2019, 5, 1))
    with pytest.raises(Stale):
        withdraw_interest(held, by=harrow.user("secretary"), seen=1, reason="Not so.")


def test_nobody_changes_another_member_s(harrow, member):
    held = interest(person=make.PersonFactory.create(name="Dr Dilip Patel"))
    with pytest.raises(NotAllowed):
        withdraw_interest(held, by=member, seen=1, reason="Not so.")


def test_a_correction_takes_the_place_of_the_wrong_entry(harrow, member):
    held = interest(person=member.person, declared_on=date(2019, 4, 2))
    made = correct_interest(held, by=member, seen=1, reason="Wrong role.", role="employee")
    assert (made.supersedes, made.role, made.nature) == (held, "employee", held.nature)
    assert (made.declared_on, made.corrected_because) == (held.declared_on, "Wrong role.")
    held.refresh_from_db()
    assert held.role == "partner"
    with pytest.raises(Refused, match="replaced"):
        withdraw_interest(held, by=member, seen=2, reason="Not so.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_corrected_or_withdrawn_without_a_reason(harrow, member, reason):
    held = interest(person=member.person)
    told: dict[str, Any] = {"role": "other"}
    for verb, facts in ((correct_interest, told), (withdraw_interest, {})):
        with pytest.raises(Refused) as refusal:
            verb(held, by=member, seen=1, reason=reason, **facts)
        assert refusal.value.field == "reason"


def test_events_keep_no_reason_and_no_organisation(harrow, member):
    held = interest(person=member.person)
    withdraw_interest(held, by=member, seen=1, reason="My brother left Honeypot.")
    for event in Event.objects.filter(subject_id=held.pk):
        assert "Honeypot" not in f"{event.reason} {event.changes}"


@pytest.mark.parametrize(
    ("reader", "sees"),
    [("secretary", 3), ("manager", 3), ("auditor", 3), ("officer", 1), ("chair", 1), ("member", 2)],
)
def test_what_is_kept_is_read_by_few_and_by_whose_it_is(harrow, member, reader, sees):
    interest(starts_on=date(2018, 1, 1))
    interest(person=make.PersonFactory.create(name="Dr Dilip Patel"), ends_on=date(2018, 1, 1))
    interest(person=member.person, withdrawn_on=date(2019, 1, 1), withdrawn_because="Not so.")
    Interest.objects.filter(starts_on__isnull=False).update(
        person=make.PersonFactory.create(name="Dr Varun Goel")
    )
    user = harrow.user(reader)
    assert Interest.objects.filter(readable_to(user, make.COMMITTEE_DAY)).count() == sees


def test_nobody_reads_another_commissioner_s(harrow):
    interest(commissioner=harrow.havering)
    rows = Interest.objects.filter(readable_to(harrow.user("secretary"), make.COMMITTEE_DAY))
    assert not rows.exists()


@pytest.fixture
def over(harrow, member):
    """An interest that was corrected, and ended; found by it, a conflict."""
    wrong = interest(person=member.person, ends_on=date(2019, 5, 1))
    right = correct_interest(wrong, by=member, seen=1, reason="Wrong role.", role="employee")
    conflict = Conflict.objects.create(
        item=make.AgendaItemFactory.create(meeting__body=harrow.committee),
        person=member.person,
        key="declared-interest:1",
        because="Declared.",
        interest=right,
    )
    interest(person=member.person)
    return conflict


def forget(day, *options):
    out = StringIO()
    with clock.at(day):
        call_command("forget_interests", *options, stdout=out)
    return out.getvalue().strip()


def test_after_six_years_an_entry_goes_with_what_it_corrected(over):
    assert forget(date(2025, 4, 30)) == "0 entries removed."
    assert forget(date(2025, 5, 1), "--dry-run") == "2 entries would be removed."
    assert Interest.objects.count() == 3
    assert forget(date(2025, 5, 1)) == "2 entries removed."
    assert Interest.objects.count() == 1
    over.refresh_from_db()
    assert (over.interest, over.because) == (None, "Declared.")
    assert forget(date(2025, 5, 2)) == "0 entries removed."


def test_what_was_withdrawn_is_kept_for_six_years_too(harrow, member):
    held = interest(person=member.person)
    withdraw_interest(held, by=member, seen=1, reason="Not so.")
    assert forget(date(2025, 5, 19)) == "0 entries removed."
    assert forget(date(2025, 5, 20)) == "1 entry removed."
