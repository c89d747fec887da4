"""Reminders of actions by e-mail: the week before an action is due, and on the day; each once.

An action's owner is a person with an account, or nobody who could be written to: an organisation, several
under one name, a person without an account, nobody that is held. For these the secretaries of the
commissioner are reminded, who know whom to ask.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.actions import owners_in_words, readable, with_state
from governance.models import Action, Reminder
from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.people.roles import RoleName

WEEK = timedelta(days=7)
VIEW = "governance.view_meeting"
When = Reminder.When


@dataclass(frozen=True)
class Due:
    """A reminder that is to be sent to `user`."""

    action: Action
    user: User
    when: Reminder.When
    due_on: date


def reminders(day: date) -> Iterator[Due]:
    """What is to be sent on `day` and was not sent yet.

    The reminder of the week before goes out on the first run within the seven days, so that a day on which
    the command did not run, or an action recorded late, loses none; on the day there is the day's alone.
    """
    actions = with_state(Action.objects.filter(status=Action.Status.OPEN), day).filter(
        due_day__range=(day, day + WEEK)
    )
    users = _users()
    had = set(Reminder.objects.filter(due_on__gte=day).values_list("action_id", "user_id", "when", "due_on"))
    rows = actions.select_related("commissioner", "body", "item").prefetch_related("owners__person")
    for action in rows.order_by("due_day", "pk"):
        due_on: date = action.due_day
        when = When.DAY if due_on == day else When.WEEK
        for user in _to_remind(action, users):
            if (action.pk, user.pk, when.value, due_on) not in had:
                yield Due(action, user, when, due_on)


def _users() -> list[User]:
    return list(User.objects.filter(is_active=True).order_by("pk"))


def _to_remind(action: Action, users: Iterable[User]) -> list[User]:
    """Who owns it and may still read it; for owners without an account, the commissioner's secretaries."""
    owners = list(action.owners.all())
    persons = {owner.person_id for owner in owners if owner.person_id}
    own = [
        user
        for user in users
        if user.person_id in persons and user.person_id and user.can(VIEW, action.commissioner_id)
    ]
    if owners and len({user.person_id for user in own}) == len(owners):
        return [user for user in own if _reads(user, action)]
    kept = [user for user in users if user not in own and _is_secretary(user, action.commissioner_id)]
    return [user for user in [*own, *kept] if _reads(user, action)]


def _is_secretary(user: User, commissioner: int) -> bool:
    return any(
        role.role == RoleName.SECRETARY and role.organisation_id == commissioner
        for role in user.roles_in_force
    )


def _reads(user: User, action: Action) -> bool:
    return not action.is_private or Action.objects.filter(readable(user), pk=action.pk).exists()


def send(due: Due) -> bool:
    """Send one reminder; False where somebody else is sending it.

    Its row is written first: a command that is stopped in between leaves a row without `sent_at`, and nobody
    gets a mail twice. Raises what the mail server raises, after which it is still to be sent.
    """
    try:
        with transaction.atomic():
            row = Reminder.objects.create(action=due.action, user=due.user, when=due.when, due_on=due.due_on)
    except IntegrityError:
        return False
    try:
        _mail(due).send()
    except Exception:
        row.delete()
        raise
    row.sent_at = clock.now()
    row.save(update_fields=["sent_at"])
    return True


def _mail(due: Due) -> EmailMessage:
    action = due.action
    far = "today" if due.when == When.DAY else f"on {due.due_on:%-d %B %Y}"
    link = f"{settings.PORTAL_ADDRESS}{reverse('governance:action', args=[action.pk])}"
    said: list[str] = [f"An action is due {far}."]
    if not action.is_private:
        # A mail is read by whoever reads the inbox: what was given out in private is read in the portal.
        said += [action.text, f"Owner: {owners_in_words(action) or 'not held'}", f"Given by: {action.body}"]
    said += [link, "You get this because you own the action, or keep the actions of its commissioner."]
    return EmailMessage(subject=f"Action due {far}", body="\n\n".join(said), to=[due.user.email])


def begun() -> "list[Reminder]":
    """Reminders of which it is not known whether the mail went out."""
    return list(Reminder.objects.filter(sent_at__isnull=True).select_related("action__item", "user"))
