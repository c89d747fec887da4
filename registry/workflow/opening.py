"""A review is opened with the wording of the day, taken up again, or done again."""

from typing import Any

from pcnportal import clock
from pcnportal.people.models import User, in_force
from pcnportal.refusals import Refused
from registry.models import Case, Checklist, ChecklistItem, Line

from .move import effect
from .outcomes import commissioner_of


@effect("open_review")
def _open_review(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    """Copy the wording of the checklists in force: later editions don't change an open review."""
    return {"lines": copy_checklist(case)}


def copy_checklist(case: Case) -> int:
    """Copy the requirements and local criteria that are in force today; gives how many lines.

    Raises `Refused` where no national checklist is held for today.
    """
    if case.lines.exists():
        return case.lines.count()
    settings = commissioner_of(case)
    today = Checklist.objects.filter(in_force(clock.today()))
    national = today.filter(is_national=True).order_by("-edition").first()
    if national is None:
        raise Refused("No national checklist is held for today: an administrator has to load one.")
    wanted = [national]
    if settings and settings.local_criteria:
        local = today.filter(slug=settings.local_criteria).order_by("-edition").first()
        if local is None:
            raise Refused(f"The local checklist “{settings.local_criteria}” is not held for today.")
        wanted.append(local)
    items = ChecklistItem.objects.filter(checklist__in=wanted).select_related("checklist")
    ordered = sorted(items, key=lambda item: (not item.checklist.is_national, item.position))
    Line.objects.bulk_create(
        Line(
            case=case,
            position=number,
            section=item.checklist.title,
            key=item.key,
            title=item.title,
            requirement=item.requirement,
            why=item.why,
            rule=item.rule,
            parameters=item.parameters,
        )
        for number, item in enumerate(ordered, start=1)
    )
    return len(ordered)


@effect("resume_review")
def _resume_review(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say what further information was received.", "reason")
    return {}


@effect("review_again")
def _review_again(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why the registration is reviewed again.", "reason")
    case.review_wanted_because = ""
    case.save(update_fields=["review_wanted_because"])
    return {}
