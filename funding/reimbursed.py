"""What the claims of a list come to, as payment runs reckon them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from funding.claims import roles_of
from funding.models import Claim, FinancialYear


def with_reimbursed(claims: Iterable[Claim]) -> list[Any]:
    """The same claims, each with `reimbursed` in pounds; None of one that is not agreed.

    The number of queries grows with the years that the claims are of, not with the claims.
    """
    rows: list[Any] = list(claims)
    agreed = [claim for claim in rows if claim.status == Claim.Status.AGREED]
    of_month = _costs(agreed)
    roles: dict[int, Any] = {}
    years = list(FinancialYear.objects.all()) if agreed else []
    for year in years:
        pcns = {c.post.pcn_id for c in agreed if year.starts_on <= c.month < year.ends_on}
        if pcns:
            roles[year.pk] = roles_of(year, pcns)
    for claim in rows:
        claim.reimbursed = None
        year = next((y for y in years if y.starts_on <= claim.month < y.ends_on), None)
        key = (claim.post.pcn_id, claim.post.payment_id)
        if claim.status == Claim.Status.AGREED and year and key in roles.get(year.pk, {}):
            costs = of_month[*key, claim.month]
            claim.reimbursed = roles[year.pk][key].paid(claim.month, costs).get(claim.post_id)
    return rows


def _costs(agreed: list[Any]) -> dict[tuple[int, int, date], dict[int, Decimal]]:
    """(PCN, payment, month) -> the agreed cost of each post, since posts of a role share a maximum."""
    found: dict[tuple[int, int, date], dict[int, Decimal]] = defaultdict(dict)
    if agreed:
        beside = Claim.objects.filter(
            status=Claim.Status.AGREED,
            post__pcn__in={claim.post.pcn_id for claim in agreed},
            month__in={claim.month for claim in agreed},
        )
        of = ("post__pcn", "post__payment", "month", "post", "cost")
        for pcn, payment, month, post, cost in beside.order_by("pk").values_list(*of):
            found[pcn, payment, month][post] = cost
    return found
