"""Reminders: the week before and on the day, once each, to who can do something about it."""

from datetime import date
from io import StringIO
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import CommandError

from governance.models import Reminder
from governance.workflow.actions import change_due, finish_action
from governance.workflow.meetings import add_item
from pcnportal import clock
from tests import factories as make
from tests.governance.actions.rows import action_of

WEEK_BEFORE, DUE = date(2019, 6, 25), date(2019, 7, 2)
MEMBER, SECRETARY = "member@harrow.example", "secretary@harrow.example"


def remind(day: date, **options: Any) -> str:
    out = StringIO()
    with clock.at(day):
        call_command("send_reminders", stdout=out, stderr=out, **options)
    return out.getvalue()


def to() -> list[str]:
    found = [address for message in mail.outbox for address in message.to]
    mail.outbox.clear()
    return found


def test_its_owner_is_reminded_the_week_before_and_on_the_day_once_each(action):
    assert "0 reminders sent." in remind(date(2019, 6, 24))
    assert "1 reminder sent." in remind(WEEK_BEFORE)
    assert to() == [MEMBER]
    for day in (WEEK_BEFORE, date(2019, 6, 26), date(2019, 7, 1)):
        remind(day)
    assert to() == []
    remind(DUE)
    remind(DUE)
    assert to() == [MEMBER]
    remind(date(2019, 7, 3))
    assert to() == []


def test_the_mail_says_what_by_when_and_where(action):
    remind(WEEK_BEFORE)
    message = mail.outbox[0]
    assert message.subject == "Action due on 2 July 2019"
    for said in (action.text, "Jo Paul", f"{action.body}", f"/governance/actions/{action.pk}/"):
        assert said in message.body


def test_a_day_on_which_the_command_did_not_run_loses_no_reminder(action):
    remind(date(2019, 6, 29))
    assert to() == [MEMBER]


def test_owners_without_an_account_have_the_secretary(item, secretary, owner, harrow):
    stranger = make.PersonFactory.create(name="Taff Moraga")
    for owners in (["All providers"], [harrow.ccg], [stranger]):
        action_of(item, secretary, owners=owners, due_on=DUE)
    action_of(item, secretary, owners=[owner, "All providers"], due_on=DUE)
    action_of(item, secretary, owners=[], source=harrow.report, due_on=DUE)
    remind(DUE)
    assert sorted(to()) == [MEMBER] + [SECRETARY] * 5


def test_nobody_is_reminded_of_what_is_closed_or_of_an_account_that_may_not_sign_in(
    action, item, secretary, harrow, owner
):
    done = action_of(item, secretary, due_on=DUE)
    finish_action(done, by=secretary, seen=1, text="Done.")
    member = harrow.user("member")
    member.is_active = False
    member.save()
    remind(DUE)
    assert to() == [SECRETARY]


def test_another_date_is_reminded_of_anew(action, secretary):
    remind(WEEK_BEFORE)
    change_due(action, by=secretary, seen=1, reason="Later.", due_on=date(2019, 7, 16))
    remind(date(2019, 7, 9))
    assert to() == [MEMBER] * 2


def test_no_words_of_the_private_part_leave_the_portal(item, secretary, owner):
    private = add_item(item.meeting, by=secretary, title="A complaint", is_private=True)
    action = action_of(private, secretary, text="Write to Mr Smith.", owners=[owner], due_on=DUE)
    remind(DUE)
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert "Smith" not in said
    assert "complaint" not in said
    assert f"/governance/actions/{action.pk}/" in said


def test_a_dry_run_sends_and_keeps_nothing(action):
    said = remind(DUE, dry_run=True)
    assert MEMBER in said
    assert "1 reminder would be sent." in said
    assert (to(), Reminder.objects.count()) == ([], 0)


class Killed(BaseException):
    """The process is gone."""


def test_a_run_that_is_killed_in_between_mails_nobody_twice(action, item, secretary):
    action_of(item, secretary, due_on=DUE)
    sent: list[EmailMessage] = []

    def send(message: EmailMessage) -> int:
        sent.append(message)
        raise Killed

    with mock.patch.object(EmailMessage, "send", send), pytest.raises(Killed):
        remind(DUE)
    said = remind(DUE)
    assert len(sent) == 1
    assert "a run was stopped while it was sent" in said
    assert sorted([*sent[0].to, *to()]) == [MEMBER, SECRETARY]


def test_what_the_server_did_not_take_is_sent_the_next_time(action, item, secretary):
    action_of(item, secretary, due_on=DUE)
    failing = mock.Mock(side_effect=SMTPServerDisconnected("gone"))
    with mock.patch.object(EmailMessage, "send", failing), pytest.raises(CommandError, match="2 reminders"):
        remind(DUE)
    assert failing.call_count == 2
    remind(DUE)
    assert sorted(to()) == [MEMBER, SECRETARY]


def test_it_says_what_is_not_set_up(action, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = settings.PORTAL_ADDRESS = ""
    with pytest.raises(CommandError, match="EMAIL_HOST and PORTAL_ADDRESS"):
        remind(DUE)
    assert not Reminder.objects.exists()
