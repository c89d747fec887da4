"""What claims for staff come to: above the baseline, within the posts a PCN may have, up to the maximum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.timezone import make_aware

from funding.entitlement import (
    NOTHING,
    PostHeld,
    above_baseline,
    maximum_of_month,
    months,
    next_month,
    reimbursed,
)
from funding.many import among
from funding.models import Baseline, Claim, FinancialYear, Post, Rate
from funding.rates import rates_of
from pcnportal import clock
from registry.models import PCN

Key = tuple[int, int]  # a PCN and a payment, by their ids


@dataclass
class Role:
    """A staff role of a PCN in a year, its posts by the day they were filled.

    `baseline` and `patients` are None where they are not held.
    """

    rates: tuple[Rate, ...]
    baseline: Decimal | None = None
    posts: list[PostHeld] = field(default_factory=list)
    patients: Decimal | None = None
    _known: dict[tuple[int, ...], dict[int, Decimal]] = field(default_factory=dict)
    _steady: tuple[date, date] | None = None

    def rate_in(self, month: date) -> Rate | None:
        for rate in self.rates:
            if rate.starts_on <= month < rate.ends_on:
                return rate
        return None

    def counted(self, month: date) -> dict[int, Decimal]:
        """Of each post that was filled in the month the part that is reimbursed, by its id."""
        rate = self.rate_in(month)
        if rate and self.baseline is not None and self._is_steady(month):
            return self._above(self.posts, posts_allowed(rate, self.patients))
        there = [post for post in self.posts if _is_filled(post, month)]
        if rate is None or self.baseline is None:
            return dict.fromkeys((post.pk for post in there), NOTHING)
        days = {max(month, post.starts_on) for post in there}
        if days == {month}:
            return self._above(there, posts_allowed(rate, self.patients))
        found: dict[int, Decimal] = defaultdict(Decimal)
        for day in days:
            on_the_day = [post for post in there if post.starts_on <= day and _is_there(post, day)]
            for pk, wte in self._above(on_the_day, posts_allowed(rate, self.patients)).items():
                found[pk] = max(found[pk], wte)
        return dict(found)

    def _is_steady(self, month: date) -> bool:
        """Whether every post is filled throughout the month."""
        if self._steady is None:
            begun = max((post.starts_on for post in self.posts), default=date.min)
            ended = min((post.ends_on for post in self.posts if post.ends_on), default=date.max)
            self._steady = (begun, ended)
        return self._steady[0] <= month and next_month(month) <= self._steady[1]

    def _above(self, posts: list[PostHeld], allowed: int) -> dict[int, Decimal]:
        """Of these posts what is above the baseline; worked out once, since months are alike."""
        key = (*[post.pk for post in posts], allowed)
        if key not in self._known:
            self._known[key] = above_baseline(posts, self.baseline or NOTHING, allowed)
        return self._known[key]

    def paid(self, month: date, costs: dict[int, Decimal]) -> dict[int, Decimal]:
        """What the costs of a month come to, both by the id of the post.

        A post that is filled again within a month has two costs; together they come to no more than the
        posts that the PCN may have.
        """
        rate = self.rate_in(month)
        if rate is None or rate.percent is None:
            return dict.fromkeys(costs, NOTHING)
        counted = self.counted(month)
        room = maximum_of_month(rate.pounds, Decimal(posts_allowed(rate, self.patients)), month)
        found = {}
        for pk in [post.pk for post in self.posts if post.pk in costs]:
            most = min(maximum_of_month(rate.pounds, counted.get(pk, NOTHING), month), room)
            found[pk] = reimbursed(costs[pk], rate.percent, most)
            room -= found[pk]
        return found


def _is_there(post: PostHeld, day: date) -> bool:
    return post.ends_on is None or day < post.ends_on


def _is_filled(post: PostHeld, month: date) -> bool:
    return post.starts_on < next_month(month) and _is_there(post, month)


def posts_allowed(rate: Rate, patients: Decimal | None) -> int:
    """How many posts a PCN may have: more above a list size that the rate names, where that list is held."""
    is_large = rate.more_above is not None and patients is not None and patients > rate.more_above
    return (rate.more_posts if is_large else rate.posts) or 0


def most_claimable(rate: Rate, posts: int) -> Decimal:
    """The most that a PCN can claim for so many posts filled all the time that the rate is for."""
    over = months(rate.starts_on, rate.ends_on)
    return sum((maximum_of_month(rate.pounds, Decimal(posts), month) for month in over), NOTHING)


@dataclass(frozen=True)
class Claimed:
    """What is agreed of a role of a PCN: the cost of each post in each month, and what is reimbursed for it.

    A month is its first day, a post its id.
    """

    role: Role
    costs: dict[date, dict[int, Decimal]]
    months: dict[date, Decimal]


def agreed_claims(
    year: FinancialYear, pcns: Collection[int] | None, day: date | None = None
) -> dict[Key, Claimed]:
    """The agreed claims of a year by PCN and payment; months in their order.

    With None for all PCNs; with `day` as they were agreed by then. The number of queries does not grow with
    the PCNs.
    """
    agreed = Claim.objects.filter(month__gte=year.starts_on, month__lt=year.ends_on).order_by("pk")
    if day is None:
        agreed = agreed.filter(status=Claim.Status.AGREED)
    else:
        after = make_aware(datetime.combine(day + timedelta(days=1), time()))
        still = Q(status=Claim.Status.AGREED) | Q(withdrawn_at__gte=after)
        agreed = agreed.filter(still, judged_at__lt=after)
    if pcns is not None:
        agreed = agreed.filter(post__pcn__in=pcns)
    costs: dict[Key, dict[date, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    rows = agreed.values_list("post__pcn", "post__payment", "month", "post", "cost")
    for pcn, payment, month, post, cost in rows:
        costs[pcn, payment][month][post] = cost
    if not costs:
        return {}
    roles = roles_of(year, {pcn for pcn, _payment in costs}, day)
    return {key: _claimed(roles[key], dict(sorted(by_month.items()))) for key, by_month in costs.items()}


def _claimed(role: Role, costs: dict[date, dict[int, Decimal]]) -> Claimed:
    paid = {month: sum(role.paid(month, of).values(), NOTHING) for month, of in costs.items()}
    return Claimed(role, costs, paid)


def roles_of(year: FinancialYear, pcns: Collection[int], day: date | None = None) -> dict[Key, Role]:
    """Each staff role of the PCNs in a year, by PCN and payment; in a constant number of queries.

    With `day` at the rates that were confirmed by then.
    """
    held = among(PCN.objects.order_by(), "pk", pcns).values_list("pk", "commissioner")
    owners = {pcn: owner for pcn, owner in held if pcn in pcns}
    rates = rates_of(year, set(owners.values()), day)
    found: dict[Key, Role] = {}
    for pcn, owner in owners.items():
        for of in rates[owner]:
            if of.term.payment.is_staff:
                per_post = tuple(rate for rate in of.rates if rate.per == Rate.Per.POST)
                found[pcn, of.term.payment_id] = Role(per_post)
    baselines = among(Baseline.objects.filter(superseded_by__isnull=True), "pcn", owners)
    for pcn, payment, wte in baselines.values_list("pcn", "payment", "wte"):
        if pcn in owners:
            found.setdefault((pcn, payment), Role(())).baseline = wte
    filled = Post.objects.filter(starts_on__lt=year.ends_on).order_by("starts_on", "pk")
    columns = ("pcn", "payment", "pk", "wte", "starts_on", "ends_on")
    for pcn, payment, *post in among(filled, "pcn", owners).values_list(*columns):
        if pcn in owners:
            found.setdefault((pcn, payment), Role(())).posts.append(PostHeld(*post))
    _with_patients(year, found)
    return found


def _with_patients(year: FinancialYear, roles: dict[Key, Role]) -> None:
    """The list sizes of PCNs with more posts than a small one may have: of others they decide nothing."""
    large = {pcn for (pcn, _payment), role in roles.items() if _has_more_posts(role)}
    sizes = dict(registered_on(year, large)) if large else {}
    for (pcn, _payment), role in roles.items():
        role.patients = sizes.get(pcn)


def _has_more_posts(role: Role) -> bool:
    wte = sum((post.wte for post in role.posts), NOTHING)
    return any(rate.more_above is not None and wte > (rate.posts or 0) for rate in role.rates)


def registered_on(year: FinancialYear, pcns: Collection[int]) -> Iterator[tuple[int, Decimal]]:
    """The registered lists of the PCNs that hold for the year, as its payments use them."""
    from funding.calculation.inputs import gather  # which itself asks what claims come to
    from funding.calculation.reckoner import Reckoner

    owners = set(PCN.objects.filter(pk__in=pcns).values_list("commissioner", flat=True))
    inputs = gather(year, owners, clock.today())
    for network in inputs.networks:
        if network.pk in pcns:
            bases = Reckoner(inputs, network).bases("registered", by_practice=False)
            held = [base.patients for base in bases if base and base.patients is not None]
            if held:
                yield network.pk, held[0]
