"""Published tables in a line or two, of any publisher, year, payments and networks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.management import call_command
from django.db import transaction

from funding.entitlement import amount
from funding.findings import RULES
from funding.models import (
    FinancialYear,
    Payment,
    PublishedAmount,
    PublishedRate,
    PublishedTable,
    Rate,
    Term,
)
from pcnportal.findings.rules import Doubt
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation
from tests import factories as make

FIXTURES = (
    "sources",
    "organisations",
    "havering_practices",
    "havering_pcns",
    "neighbours",
    "funding_sources",
    "funding_years",
    "funding_published",
    "funding_budgets",
)
DAY = date(2019, 7, 31)
NUMBERS = count(1)
BY_SLUG = {rule.slug: rule for rule in RULES}


@contextmanager
def held(blocker: Any) -> Iterator[None]:
    """What the documents print, for all tests of a module; taken back after them."""
    with blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        yield
        transaction.set_rollback(True)


def doubts(rule: str, day: date = DAY) -> list[Doubt]:
    return list(BY_SLUG[rule].find(day))


def all_doubts(day: date = DAY) -> dict[str, list[Doubt]]:
    return {slug: found for slug, rule in BY_SLUG.items() if (found := list(rule.find(day)))}


def year(slug: str = "2023-24") -> FinancialYear:
    begins = int(slug[:4])
    return FinancialYear.objects.get_or_create(
        slug=slug,
        defaults={
            "name": f"{begins}/{begins - 1999}",
            "starts_on": date(begins, 4, 1),
            "ends_on": date(begins + 1, 4, 1),
            "list_size_on": date(begins, 1, 1),
        },
    )[0]


def payment(slug: str, **facts: Any) -> Payment:
    given = {"name": slug.title(), "payee": "nominated", "position": next(NUMBERS), **facts}
    return Payment.objects.get_or_create(slug=slug, defaults=given)[0]


def rate(of: FinancialYear, slug: str, pounds: str, per: str = "registered", **facts: Any) -> Rate:
    source = make.SourceFactory.create(title="Network Contract DES")
    term = Term.objects.get_or_create(
        year=of,
        payment=payment(slug),
        defaults={"starts_on": of.starts_on, "ends_on": of.ends_on, "source": source},
    )[0]
    given = {"starts_on": of.starts_on, "ends_on": of.ends_on, "confidence": "H", "source": source, **facts}
    return Rate.objects.create(term=term, per=per, pounds=Decimal(pounds), **given)


class Table:
    """A table that NHS Leicester CCG published for 2023/24; `prints` adds a row of networks to it."""

    printed: dict[str, dict[str, PublishedAmount]]
    staff: dict[str, PublishedAmount]

    def __init__(
        self, *, on: date | None = date(2023, 5, 2), of: str = "NHS Leicester CCG", slug: str = "2023-24"
    ) -> None:
        self.publisher: Organisation = make.OrganisationFactory.create(name=of, code="04C")
        self.source: Source = make.SourceFactory.create(title="Payments of Leicester", published_on=on)
        self.record = PublishedTable.objects.create(
            slug=f"table-{next(NUMBERS)}",
            title="Payments",
            year=year(slug),
            publisher=self.publisher,
            source=self.source,
        )
        self.rates: dict[str, Decimal | None] = {}
        self.networks: dict[str, Any] = {}
        self.positions: dict[tuple[str, str], int] = {}

    def says(self, slug: str, pounds: str | None, per: str = "registered", **facts: Any) -> PublishedRate:
        self.rates[slug] = Decimal(pounds) if pounds else None
        given = {"heading": slug.title(), "text": f"{pounds} per {per}", "months": 12, **facts}
        return PublishedRate.objects.create(
            table=self.record, payment=payment(slug), per=per, pounds=self.rates[slug], **given
        )

    def row(self, name: str, group: str = "City", **amounts: str) -> dict[str, PublishedAmount]:
        """The amounts of a network, by payment (with _ for -), as printed."""
        if name not in self.networks:
            self.networks[name] = make.PCNFactory.create(name=f"{name} PCN", commissioner=self.publisher)
        position = self.positions.setdefault((name, group), next(NUMBERS))
        return {
            slug: self._amount(position, "row", name, group, slug, text, pcn=self.networks[name])
            for slug, text in amounts.items()
        }

    def lists(self, name: str, group: str = "City", **lists: int) -> dict[str, PublishedAmount]:
        """The same, from the list on which each payment is reckoned."""
        texts = {slug: f"{amount(self.rates[slug] or Decimal(0), Decimal(n)):,}" for slug, n in lists.items()}
        return self.row(name, group, **texts)

    def total(self, slug: str, text: str, group: str = "City") -> PublishedAmount:
        return self._amount(next(NUMBERS), "total", f"{group} Total", group, slug, text)

    def grand(self, text: str, group: str = "City") -> PublishedAmount:
        return self._amount(next(NUMBERS), "grand", "Grand total", group, "", text)

    def _amount(
        self, position: int, kind: str, label: str, group: str, slug: str, text: str, **facts: Any
    ) -> PublishedAmount:
        return PublishedAmount.objects.create(
            table=self.record,
            position=position,
            kind=kind,
            label=label,
            group=group,
            commissioner=self.publisher,
            payment=payment(slug) if slug else None,
            text=text,
            pounds=Decimal(text.replace("£", "").replace(",", "")),
            **facts,
        )


def change(printed: PublishedAmount, text: str) -> None:
    """Print another figure."""
    printed.text, printed.pounds = text, Decimal(text.replace("£", "").replace(",", ""))
    printed.save()
