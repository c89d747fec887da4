"""What is doubted of a published amount stands beside it, for who may read it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.findings import RULES
from funding.models import PublishedAmount, PublishedRate
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import refresh
from tests.funding.printed import ALL, add_printed
from tests.funding.years.reading import text

YEAR, REGISTER = "/funding/2019-20/gp-direct-pcn/", "/pcns/gp-direct-pcn/"
DIFFERENCE = "£4,074.00 less published"


@pytest.fixture
def doubted(paying: Any) -> Finding:
    """£45,000.00 is published of a payment that is £49,074.00 on the list that is held."""
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    add_printed(pcn)
    PublishedAmount.objects.exclude(table__slug=ALL).delete()
    refresh([rule for rule in RULES if rule.slug == "published-amount-against-the-calculated-one"])
    return Finding.objects.get()


@pytest.mark.parametrize("address", [YEAR, f"{YEAR}core/", REGISTER])
def test_it_stands_beside_the_published_amount_with_the_way_to_it(doubted, finance, address):
    response = finance.get(address)
    page = text(response)
    assert "£45,000.00" in page.replace(" 45,000.00", " £45,000.00")
    assert f"{doubted.stated}; {doubted.found} ({doubted.difference})" in page
    assert doubted.difference.startswith(DIFFERENCE)
    assert f'href="/findings/{doubted.pk}/"' in response.content.decode()


def test_what_is_corrected_or_somebody_elses_is_not_shown(doubted, paying, finance):
    Finding.objects.update(
        commissioner=paying.users["finance@havering.example"].scope("findings.view_finding")[0]
    )
    assert "doubts" not in text(finance.get(YEAR))


def test_it_asks_as_often_for_many_doubts(doubted, finance):
    def asked(address: str) -> int:
        finance.get(address)
        with CaptureQueriesContext(connection) as queries:
            finance.get(address)
        return len(queries)

    before = {address: asked(address) for address in (YEAR, f"{YEAR}core/", REGISTER)}
    for key in range(9):
        Finding.objects.filter(pk=doubted.pk).update(key=f"{key}")
        doubted.pk, doubted.key = None, f"again {key}"
        doubted.save()
    assert {address: asked(address) for address in before} == before


def test_a_published_maximum_is_not_said_to_be_about_a_list(doubted, finance):
    amount = PublishedAmount.objects.get()
    rate = amount.table.rates.get()
    staff = rate.payment.__class__.objects.get(slug="clinical-pharmacist")
    PublishedRate.objects.filter(pk=rate.pk).update(payment=staff)
    PublishedAmount.objects.filter(pk=amount.pk).update(payment=staff)
    page = text(finance.get(f"{YEAR}clinical-pharmacist/"))
    assert "proves nothing about the list size" not in page
    assert "The maximum itself is held against the national one." in page
    assert doubted.found in page
