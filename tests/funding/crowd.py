"""Much money: a rate, staff and a claim for each of many PCNs, for what pages cost and who opens them."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from funding.models import Baseline, PaymentRun, Post, Rate
from registry.models import PCN, Case
from tests.funding.claims.rows import claim_of
from tests.funding.money import pharmacist, rate, role
from tests.funding.printed import add_printed, printed_of
from tests.funding.runs.crowd import add_runs, named
from tests.harrow import Harrow

PENCE = count(1)
JULY = 2019 * 12 + 6


def add_money(harrow: Harrow, cases: list[Case]) -> None:
    """For the PCN of each case a rate, a baseline, a post and its claim for July 2019."""
    if not Rate.objects.filter(per=Rate.Per.POST).exists():
        pharmacist()
    for case in cases:
        rate(pounds=f"1.{next(PENCE):04d}", confidence="M")
        add_staff(harrow, case.pcn)
        add_printed(case.pcn)
    add_runs(harrow, [case.pcn for case in cases])


def add_staff(harrow: Harrow, pcn: PCN) -> None:
    of = {"pcn": pcn, "payment": role(), "source": harrow.report, "wte": Decimal(1)}
    Baseline.objects.create(as_at=date(2019, 3, 31), **of)
    post = Post.objects.create(title="Clinical pharmacist", starts_on=date(2019, 5, 1), **of)
    add_claims(harrow, post, 0, 1)


def add_claims(harrow: Harrow, post: Post, start: int, stop: int) -> None:
    """One for each month so many after July 2019."""
    for number in range(JULY + start, JULY + stop):
        claim_of(post, date(number // 12, number % 12 + 1, 1), harrow.user("officer"))


def money_of(case: Case) -> dict[str, dict[str, Any]]:
    """What names the case’s own in an address."""
    post = Post.objects.get(pcn=case.pcn)
    year, pcn = {"fy": "2019-20"}, {"pcn": case.pcn.organisation.slug}
    return {
        "year": year,
        "year of a pcn": year | pcn,
        "amount": year | pcn | {"payment": "core"},
        "rate": {"pk": Rate.objects.order_by("pk")[0].pk},
        "post": {"pk": post.pk},
        "claim": {"pk": post.claims.order_by("pk")[0].pk},
        **printed_of(case.pcn),
        **named(PaymentRun.objects.get(status="calculated"), case.pcn),
    }
