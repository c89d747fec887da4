"""What a PCN is from a day on: the dated periods that the register, and later the money, read."""

from datetime import date

from pcnportal.history.models import Source
from registry.models import Case, Decision, PCNPeriod


def set_period(case: Case, status: str, decision: Decision) -> None:
    """What the PCN is from the day of the decision on."""
    begin(case, status, decision.decided_on, source=decision.source)


def begin(
    case: Case, status: str, day: date, *, source: Source | None = None, is_correction: bool = False
) -> None:
    """From `day` the PCN is `status`; the period before ends then, or gets a successor where it was wrong.

    Nothing is written where the PCN is that already, or was never approved and stays proposed.
    """
    held = PCNPeriod.objects.standing().filter(case=case, ends_on__isnull=True).order_by("-pk").first()
    if status == (held.status if held else PCNPeriod.Status.PROPOSED):
        return
    # A period that would end before it began (live on the day of the approval) gives way as a wrong one does.
    gives_way = held is not None and (is_correction or held.starts_on is None or held.starts_on >= day)
    if held is not None and not gives_way:
        held.ends_on = day
        held.save(update_fields=["ends_on"])
    PCNPeriod.objects.create(
        pcn=case.pcn,
        case=case,
        status=status,
        starts_on=day,
        source=source,
        supersedes=held if gives_way else None,
    )
