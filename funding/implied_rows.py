"""The lists that the payments of each PCN imply, as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable

from pcnportal.pages.jinja import number, plural, words

from .models import Rate
from .printed import LISTED, Printed, Row


def implied_by(table: Printed, rows: Iterable[Row]) -> list[list[str]]:
    """For each row its label, the list that each payment implies, and how they stand to each other."""
    rates = sorted(table.rates.values(), key=lambda rate: rate.payment.position)
    listed = [rate.payment_id for rate in rates if table.rate(rate.payment_id)]
    return [[table.named(row), *(_list(row, pk) for pk in listed), _words(table, row)] for row in rows]


def _list(row: Row, payment: int) -> str:
    one = row.lists.get(payment)
    if one is None:
        return "not printed"
    return number(one.patients) if one.is_exact else f"about {number(one.patients)}"


def _words(table: Printed, row: Row) -> str:
    said = []
    for per in LISTED:
        using = table.same_list(row, per)
        found = table.apart(row, per)
        if found:
            first, *others = found
            said += [
                f"{words([table.rates[pk].heading for pk in found[other]])}: "
                f"{plural(abs(other - first), 'patient')} {'more' if other > first else 'fewer'} than "
                f"{words([table.rates[pk].heading for pk in found[first]])}."
                for other in others
            ]
        elif len(using) > 1:
            said.append(f"{plural(len(using), 'payment')} per {Rate.Per(per).label.lower()} imply one list.")
    apart = [table.rates[pk].heading for pk in row.lists if pk in table.misfits]
    return " ".join([*said, *([f"{words(apart)}: another list."] if apart else [])])
