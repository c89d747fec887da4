"""Who took over from an organisation, where it was held first without its day."""

from datetime import date

from django.db.models import QuerySet

from pcnportal.history.models import Source
from pcnportal.people.models import Succession


def give_day(undated: Succession, on: date, source: Source) -> Succession:
    """A row with the day in place of the one without, which stands again if this one is withdrawn."""
    undated.is_withdrawn = True
    undated.save(update_fields=["is_withdrawn"])
    Succession.every.filter(supersedes=undated).update(supersedes=None)  # of a day that was wrong
    made: Succession = Succession.objects.create(
        predecessor=undated.predecessor,
        successor=undated.successor,
        kind=undated.kind,
        on=on,
        source=source,
        supersedes=undated,
    )
    return made


def withdraw(rows: "QuerySet[Succession]") -> int:
    """They were recorded by mistake; what was held before without a day stands again. Gives how many."""
    held = list(rows.values_list("pk", "supersedes"))
    Succession.every.filter(pk__in=[pk for pk, _ in held]).update(is_withdrawn=True)
    Succession.every.filter(pk__in=[before for _, before in held if before]).update(is_withdrawn=False)
    return len(held)
