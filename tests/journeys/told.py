"""What happened before a journey begins, told with the verbs that the pages call."""

from typing import Any

from pcnportal.history.models import Source
from pcnportal.people.models import User
from registry.models import Case
from registry.workflow import move


def user(name: str) -> User:
    found: User = User.objects.get(email=f"{name}@harrow.example")
    return found


def case_of(slug: str) -> Case:
    """The registration of the PCN of that slug that was not withdrawn."""
    return Case.objects.exclude(status="withdrawn").get(pcn__organisation__slug=slug)


def decided(slug: str, verb: str, **facts: Any) -> Case:
    """The committee's decision on the registration, as its secretary records it."""
    case, report = case_of(slug), Source.objects.get(slug="harrow-board-report-2019-06")
    return move(
        case,
        verb,
        by=user("secretary"),
        seen=case.version,
        reasons=["The practices work well together."],
        quorum_note="The minutes say so.",
        quorum_source=report,
        **facts,
    )
