"""One claim, and one PCN's role in a year, for the pages that explain them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from funding.claims import Role, most_claimable, posts_allowed, registered_on, roles_of
from funding.entitlement import maximum_of_month, months, next_month, pennies
from funding.models import Baseline, Claim, FinancialYear, Post, Rate
from pcnportal import clock
from pcnportal.history.models import Source


@dataclass(frozen=True)
class Reckoned:
    """How a claim comes to what is reimbursed: pounds, and the whole-time equivalents that count."""

    rate: Rate
    wte: Decimal
    part: Decimal
    maximum: Decimal
    reimbursed: Decimal


@dataclass(frozen=True)
class RoleOfYear:
    """What a PCN may claim for a role in a year. `patients` is None where its list is not held."""

    role: Role
    rate: Rate
    patients: Decimal | None
    posts: int
    most: Decimal


@dataclass(frozen=True)
class Staff:
    """Of a PCN’s role in a year the baseline, None where it is not held, and the posts as they began."""

    baseline: Baseline | None
    posts: Sequence[Post]

    @property
    def sources(self) -> list[Source]:
        of_posts = [post.source for post in self.posts]
        return [self.baseline.source, *of_posts] if self.baseline else of_posts


def staff_of(year: FinancialYear, pcn: int, payment: int) -> Staff:
    """`pcn` and `payment` are ids. Two queries."""
    own = {"pcn": pcn, "payment": payment}
    posts = Post.objects.filter(**own, starts_on__lt=year.ends_on).exclude(ends_on__lte=year.starts_on)
    return Staff(
        Baseline.objects.filter(**own, superseded_by__isnull=True).select_related("source").first(),
        list(posts.select_related("source").order_by("starts_on", "pk")),
    )


def year_of(day: date) -> FinancialYear | None:
    return FinancialYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()


def reckoned(claim: Claim) -> Reckoned | None:
    """With the claims of the month that are agreed, as a payment run reckons it; None without a rate."""
    year = year_of(claim.month)
    if year is None:
        return None
    post = claim.post
    role = roles_of(year, [post.pcn_id])[post.pcn_id, post.payment_id]
    agreed = Claim.objects.filter(
        post__pcn=post.pcn_id,
        post__payment=post.payment_id,
        month=claim.month,
        status=Claim.Status.AGREED,
    )
    costs = dict(agreed.exclude(pk=claim.pk).values_list("post", "cost")) | {post.pk: claim.cost}
    return _reckoned(role, claim, costs)


def behind(year: FinancialYear, pcn: int, payment: int) -> list[tuple[Claim, Reckoned | None]]:
    """The claims of a PCN for a role in a year that are agreed or wait, by month; what the agreed come to.

    `pcn` and `payment` are ids. The number of queries does not grow with the claims.
    """
    found = (
        Claim.objects.filter(
            post__pcn=pcn, post__payment=payment, month__gte=year.starts_on, month__lt=year.ends_on
        )
        .exclude(status__in=Claim.GONE)
        .select_related("post")
        .order_by("month", "post__starts_on", "pk")
    )
    costs: dict[date, dict[int, Decimal]] = defaultdict(dict)
    for claim in found:
        if claim.status == Claim.Status.AGREED:
            costs[claim.month][claim.post_id] = claim.cost
    role = roles_of(year, [pcn]).get((pcn, payment), Role(()))
    return [
        (claim, _reckoned(role, claim, costs[claim.month]) if claim.post_id in costs[claim.month] else None)
        for claim in found
    ]


def withdrawn_of(year: FinancialYear, pcn: int, payment: int) -> list[Claim]:
    """The claims of a PCN for a role in a year that were withdrawn, by month. One query; the ids as above."""
    found = Claim.objects.filter(
        post__pcn=pcn, post__payment=payment, month__gte=year.starts_on, month__lt=year.ends_on
    )
    return list(
        found.filter(status=Claim.Status.WITHDRAWN).select_related("post").order_by("month", "post", "pk")
    )


def _reckoned(role: Role, claim: Claim, costs: dict[int, Decimal]) -> Reckoned | None:
    rate = role.rate_in(claim.month)
    if rate is None or rate.percent is None:
        return None
    wte = role.counted(claim.month).get(claim.post_id, Decimal(0))
    return Reckoned(
        rate=rate,
        wte=wte,
        part=pennies(claim.cost * rate.percent / 100),
        maximum=maximum_of_month(rate.pounds, wte, claim.month),
        reimbursed=role.paid(claim.month, costs).get(claim.post_id, Decimal(0)),
    )


def role_of(post: Post, year: FinancialYear) -> RoleOfYear | None:
    """None where no rate of the role pays in the year."""
    role = roles_of(year, [post.pcn_id])[post.pcn_id, post.payment_id]
    if not role.rates:
        return None
    rate = role.rates[0]
    patients = dict(registered_on(year, [post.pcn_id])).get(post.pcn_id)
    posts = posts_allowed(rate, patients)
    return RoleOfYear(role, rate, patients, posts, most_claimable(rate, posts))


def open_months(post: Post) -> list[date]:
    """Months that are over since the post was filled, in a period with a rate, and not claimed yet."""
    rates = Rate.objects.filter(
        term__payment=post.payment_id, per=Rate.Per.POST, at_most=False, is_withdrawn=False
    )
    claimed = set(post.claims.exclude(status__in=Claim.GONE).values_list("month", flat=True))
    held = {m for days in rates.values_list("starts_on", "ends_on") for m in months(*days)}
    until = post.ends_on or date.max
    return sorted(
        month
        for month in held - claimed
        if post.starts_on < next_month(month) <= clock.today() + timedelta(days=1) and month < until
    )
