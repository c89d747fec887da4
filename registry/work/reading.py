"""What the committee has before it, and what those should know who read and change nothing."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pcnportal.pages.jinja import plural, words
from pcnportal.pages.work import Link, Task, Urgency
from pcnportal.people.models import User
from pcnportal.people.roles import RoleName
from registry.models import Status

from .conditions import known
from .held import Held
from .steps import failing_note, failing_of, meeting_of

SITS = (RoleName.CHAIR, RoleName.MEMBER)


def seats_of(user: User) -> set[int]:
    """The commissioners on whose committee the user sits."""
    return {role.organisation_id for role in user.roles_in_force if role.role in SITS}


def before_the_committee(held: Held, commissioners: Iterable[int]) -> list[Task]:
    """Each meeting of the commissioners with the registrations that come before it."""
    wanted = set(commissioners)
    meetings: dict[int, list[Any]] = {}
    for case in held.cases:
        if case.status == Status.BEFORE_COMMITTEE and case.commissioner_id in wanted and case.meeting:
            meetings.setdefault(case.meeting, []).append(case)
    return [_meeting(held, meeting, cases) for meeting, cases in meetings.items()]


def _meeting(held: Held, meeting: int, cases: list[Any]) -> Task:
    first = cases[0]
    is_over = first.meeting_on < held.day
    text = f"{plural(len(cases), 'registration')} before {meeting_of(first, held)}"
    return Task(
        text=f"{text}: no decision is recorded yet" if is_over else text,
        href=reverse("governance:meeting", args=[meeting]),
        urgency=Urgency.OPEN if first.meeting_on > held.day else Urgency.NOW,
        links=tuple(
            Link(
                str(case.pcn),
                case.get_absolute_url(),
                f"not met: {words(failing)}" if (failing := failing_of(case, held)) else "",
            )
            for case in cases
        ),
        note=failing_note(cases, held),
        due_what="Meeting" if first.meeting_on > held.day else "",
        due_on=first.meeting_on if first.meeting_on > held.day else None,
    )


def to_know(held: Held, user: User) -> list[Task]:
    """Pointers to what others do: at the committee, for conditions, and payees that are not held."""
    decides = set(user.scope("registry.decide_case")) | seats_of(user)
    told = before_the_committee(held, set(user.scope("registry.view_case")) - decides)
    read = {pk for pk in user.scope("registry.view_case") if not user.can("registry.review_case", pk)}
    found = [known(c for c in held.conditions if c.case.commissioner_id in read)]
    unpaid = [
        case
        for case in held.cases
        if case.commissioner_id in read and case.status == Status.LIVE
        if not case.has_payee and not case.is_closed
    ]
    if unpaid:
        found.append(
            Task(
                text=f"{plural(len(unpaid), 'live PCN')} without a nominated payee on record",
                href=f"{reverse('registry:registrations')}?status=live",
                links=tuple(Link(str(case.pcn), case.pcn.get_absolute_url()) for case in unpaid),
            )
        )
    return [*told, *(task for task in found if task)]


def to_keep(user: User) -> list[Task]:
    """The way into the admin to what an administrator keeps, and to what they only read."""
    if not user.can("registry.change_checklist"):
        return []
    return [
        Task("Checklists: requirements and local criteria", reverse("admin:registry_checklist_changelist")),
        Task("Practices, PCNs and list sizes, to read", reverse("admin:app_list", args=["registry"])),
    ]
