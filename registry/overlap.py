"""The members of a PCN that is held and of the file's row that may be it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pcnportal.people.models import Organisation
from registry.models import FileStatement, PCNMatch
from registry.placings import placings_on


@dataclass(frozen=True)
class Beside:
    """(code, name) of practices in both, only held, and only in the file."""

    shared: list[tuple[str, str]]
    held: list[tuple[str, str]]
    named: list[tuple[str, str]]


def compared(match: PCNMatch, day: date) -> Beside:
    """Who is a member on `day`, or proposed by a form that stands, and whom the file names. Constant queries.

    What the file says of a PCN that is not matched is kept as statements; once it is matched only those that
    differ are, and the others are members here.
    """
    own = {placing.practice for placing in placings_on(day, [match.pcn.commissioner_id], pcn=[match.pcn_id])}
    said = FileStatement.objects.filter(what=FileStatement.What.MEMBERSHIP, value=match.code, run=match.run)
    named = set(said.filter(ends_on__isnull=True).values_list("organisation", flat=True))
    if match.is_accepted and not named:
        named = own
    rows = Organisation.objects.filter(pk__in=own | named).order_by("name", "pk")
    names = {pk: (code or "", name) for pk, code, name in rows.values_list("pk", "code", "name")}
    return Beside(
        [names[pk] for pk in names if pk in own & named],
        [names[pk] for pk in names if pk in own - named],
        [names[pk] for pk in names if pk in named - own],
    )
