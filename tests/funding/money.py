"""Years, payments and rates for tests, as the fixtures hold them."""

from datetime import date
from decimal import Decimal
from typing import Any

from funding.models import FinancialYear, Payment, Rate, Term
from tests import factories as make

YEAR = 2019
PLACES = {"core": 1, "clinical-director": 2, "clinical-pharmacist": 4, "social-prescribing-link-worker": 5}


def year(starts: int = YEAR) -> FinancialYear:
    name = f"{starts}/{(starts + 1) % 100:02d}"
    return FinancialYear.objects.get_or_create(
        slug=name.replace("/", "-"),
        name=name,
        starts_on=date(starts, 4, 1),
        ends_on=date(starts + 1, 4, 1),
        list_size_on=date(starts, 1, 1),
    )[0]


def payment(slug: str = "core", **facts: Any) -> Payment:
    name = slug.replace("-", " ").capitalize()
    facts = {"name": name, "payee": "nominated", "position": PLACES[slug]} | facts
    return Payment.objects.get_or_create(slug=slug, defaults=facts)[0]


def role(slug: str = "clinical-pharmacist") -> Payment:
    return payment(slug, is_staff=True, baseline_on=date(2019, 3, 31))


def term(of: Payment | None = None, in_year: FinancialYear | None = None, **facts: Any) -> Term:
    in_year = in_year or year()
    facts = {
        "starts_on": in_year.starts_on,
        "ends_on": in_year.ends_on,
        "timing": "arrears",
        "source": make.SourceFactory.create(),
    } | facts
    return Term.objects.get_or_create(year=in_year, payment=of or payment(), defaults=facts)[0]


def rate(of: Term | None = None, pounds: str = "1.50", per: str = "registered", **facts: Any) -> Rate:
    of = of or term()
    facts = {
        "confidence": "H",
        "starts_on": of.starts_on,
        "ends_on": of.ends_on,
        "source": make.SourceFactory.create(),
    } | facts
    return Rate.objects.create(term=of, pounds=Decimal(pounds), per=per, **facts)


def pharmacist(**facts: Any) -> Rate:
    """70 % of a pharmacist from July, one post, two above 100,000 patients."""
    of = term(role(), starts_on=date(YEAR, 7, 1), timing="following")
    facts = {"percent": Decimal(70), "posts": 1, "more_posts": 2, "more_above": 100_000} | facts
    return rate(of, "37810", "post", **facts)
