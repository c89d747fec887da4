"""A walk over the pages that links lead to, as each account: no dead end, nothing said by mistake."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from pcnportal.people.models import User
from pcnportal.people.roles import ROLES
from pcnportal.story import ACCOUNTS
from tests.anatomy import Anatomy
from tests.demo import played
from tests.reading import signed_in

pytestmark = pytest.mark.django_db
# Pages of the same kind look alike. So many of each are read on a day; and by each account so many of those
# that only differ in their record, or one where there is no record: the rest is what a list is asked for.
OF_A_KIND, BY_EACH = 3, 2
# Accounts that may do the same for the same organisation find the same links.
WALKERS = {(frozenset(ROLES[role]), code): email for email, _, code, role in reversed(ACCOUNTS)}
# The admin's own pages are Django's.
ELSEWHERE = ("/admin/", "/static/")


@pytest.fixture(scope="module", params=["2019-05-20", "2019-07-01"])
def users(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, User]]:
    with played(django_db_blocker, date.fromisoformat(request.param)) as users:
        yield users


@pytest.fixture(scope="module")
def seen(users: dict[str, User]) -> Counter[tuple[str, ...]]:
    """How many of each kind were read by any account on the day."""
    return Counter()


def kind(address: str) -> tuple[tuple[str, ...], int]:
    """What pages that look alike have in common: the name of the address, and what is asked of it.

    With it how many of them each account reads.
    """
    parts = urlsplit(address)
    match = resolve(parts.path)
    asked = sorted(parse_qs(parts.query, keep_blank_values=True))
    return (match.view_name, *asked), BY_EACH if match.kwargs else 1


def walk(client: Client, seen: Counter[tuple[str, ...]]) -> list[str]:
    """What is wrong with the pages that links lead to from `/`, each with its address."""
    faults, read = [], Counter[tuple[str, ...]]()
    met, waiting = {"/"}, deque([("/", "the start")])
    while waiting:
        address, origin = waiting.popleft()
        response: Any = client.get(address, follow=True)
        if response.status_code != 200:
            faults.append(f"{address}: {response.status_code}, from {origin}")
            continue
        if response.streaming or not response["Content-Type"].startswith("text/html"):
            continue
        page = Anatomy(response.content.decode())
        faults += [f"{address}: {fault}" for fault in page.faults]
        for link in page.links:
            target = urldefrag(urljoin(address, link)).url
            if target in met or urlsplit(target).netloc or target.startswith(ELSEWHERE):
                continue
            met.add(target)
            alike, by_each = kind(target)
            if read[alike] < by_each or seen[alike] < OF_A_KIND:
                read[alike] += 1
                seen[alike] += 1
                waiting.append((target, address))
    return faults


@pytest.mark.parametrize("email", WALKERS.values())
def test_no_link_leads_astray(users, seen, email):
    assert walk(signed_in(users[email]), seen) == []
