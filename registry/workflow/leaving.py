"""A member withdraws from a registration, or the whole registration is withdrawn."""

from datetime import date
from typing import Any

from governance.workflow.meetings import remove
from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Condition, PCNPeriod, Practice, Status, SubmittedMember

from .move import effect, guard
from .outcomes import body_for, item_for, waiting_for
from .periods import begin


@guard("member_withdraws")
def _somebody_left_to_withdraw(case: Case) -> str:
    left = SubmittedMember.objects.filter(submission=case.current_id, has_withdrawn=False)
    return "" if left.exists() else "No member is left on this form."


@effect("member_withdraws")
def _member_withdraws(
    case: Case, *, by: User, reason: str, practice: Practice, withdrew_on: date | None = None
) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why the practice withdrew, and how you know.", "reason")
    form = case.current
    if withdrew_on and form and form.received_on and withdrew_on < form.received_on:
        raise Refused(
            f"The form that names the practice was received on {form.received_on:%-d %B %Y}.", "withdrew_on"
        )
    gone = SubmittedMember.objects.filter(
        submission=case.current_id, practice=practice, has_withdrawn=False
    ).update(has_withdrawn=True, withdrew_on=withdrew_on, withdrew_because=reason)
    if not gone:
        raise Refused(f"{practice} is not a member on this form.", "practice")
    decided = (Status.APPROVED, Status.ENDORSED, Status.CONFIRMED)
    if case.status in decided:
        case.review_wanted_because = f"{practice} withdrew after the approval and is no longer placed."
        case.save(update_fields=["review_wanted_because"])
    return {"practice": practice.pk}


@effect("withdraw")
def _withdraw(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why the registration is withdrawn.", "reason")
    why = f"The registration was withdrawn: {reason}"
    for verb in ("approve", "endorse"):
        body = body_for(case, verb)
        if item := item_for(case, body) or waiting_for(case, body):
            remove(item, by=by, reason=why)
    closed = Condition.objects.filter(case=case, result="").update(
        result=Condition.Result.REPLACED,
        closed_by=by,
        closed_on=clock.today_if_held(),
        closed_because=why,
    )
    begin(case, PCNPeriod.Status.PROPOSED, clock.today())
    return {"conditions_closed": closed} if closed else {}
