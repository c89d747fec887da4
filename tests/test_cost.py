"""What pages cost: as many queries for many rows as for few, on every page of the URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from pcnportal.findings.models import Finding
from pcnportal.pages import lists
from pcnportal.pages.lists import ListPage
from pcnportal.people import idle
from pcnportal.people.roles import ROLES, RoleName
from registry.models import Case, Condition, PCNMatch, Status
from tests import factories as make
from tests.addresses import every_address
from tests.crowd import add_answers, add_condition, add_everything, add_people, crowd, stage
from tests.funding.crowd import add_claims, add_money, money_of
from tests.governance.actions.rows import add_actions
from tests.governance.interests.rows import add_interests
from tests.governance.minutes.rows import add_resolutions
from tests.governance.records import add_actions_between, add_agenda, add_boards, pdf, records_of
from tests.harrow import settle
from tests.permissions import PAGES
from tests.reading import signed_in
from tests.registry.former import former_name

pytestmark = pytest.mark.django_db
MANY = 200
LISTS = {
    a.name: a
    for a in every_address()
    if a.name in PAGES and isinstance(a.view, type) and issubclass(a.view, ListPage)
}
# What waits for somebody is asked for by kind, so a page of one's own may ask less: it has tests of its own.
OTHERS = {
    a.name: a
    for a in every_address()
    if a.name in PAGES and a.name not in (*LISTS, "home") and PAGES[a.name].answers == 200
}
NAMES = ("manager", "admin", "finance", "approver", "chair")
STAGES = (Status.RETURNED, Status.UNDER_REVIEW, Status.BEFORE_COMMITTEE, Status.APPROVED)


@dataclass
class Cost:
    """Queries by address, first for few rows and then for many; lists also by their length."""

    pages: dict[str, list[int]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def measure(self, clients: dict[str, Client], case: Case) -> None:
        count_rows()
        for name, address in LISTS.items():
            client = clients[who_may(PAGES[name].gets)]
            path = address.path(**records(case)[PAGES[name].record])
            self.note(self.pages, name, client, f"{path}?per_page=100")
            lines = self.note(self.files, name, client, f"{path}?_export=csv").count(b"\r\n")
            self.rows.setdefault(name, []).append(lines - 1)
        for status in STAGES:
            stage(case, status)
            for name in pages_in(status):
                path = OTHERS[name].path(**records(case)[PAGES[name].record])
                client = clients[who_may(PAGES[name].gets)]
                self.note(self.pages, f"{name}, {status}", client, path)

    def note(self, where: dict[str, list[int]], name: str, client: Client, path: str) -> bytes:
        if (page := name.partition(",")[0]) not in self.seen:
            content(client, path)  # finds the kinds of rows, which are kept
            self.seen.add(page)
        with CaptureQueriesContext(connection) as asked:
            found = content(client, path)
        where.setdefault(name, []).append(len(asked))
        return found


def count_rows() -> None:
    """As PostgreSQL does by itself once rows are committed: without it plans are made for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def who_may(permission: str) -> str:
    """The first of the accounts whose role gives it."""
    return next(name for name in NAMES if not permission or permission in ROLES[RoleName(name)])


def content(client: Client, path: str) -> bytes:
    response: Any = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


def pages_in(status: str) -> list[str]:
    """Those that are about a case, in each stage; the others once."""
    about = ("case", "line", "condition", "decision", "meeting")
    return [name for name in OTHERS if PAGES[name].record in about or status == STAGES[0]]


def condition_of(case: Case) -> Condition:
    """The first of the case's first decision."""
    return case.conditions.order_by("pk")[0]


def records(case: Case) -> dict[str, dict[str, Any]]:
    """For each kind of record what names one of the case's in an address."""
    condition = condition_of(case)
    decision = condition.decision
    member = case.submissions.latest("number").members.all()[0].practice
    return {
        "": {},
        "case": {"pk": case.pk},
        "line": {"pk": case.pk, "key": "population"},
        "document": {"pk": case.documents.all()[0].pk},
        "decision": {"pk": decision.pk},
        "condition": {"pk": condition.pk},
        "commitment": {"pk": condition.commitments.all()[0].pk},
        **records_of(decision.item),
        "practice": {"ods_code": member and member.organisation.code},
        "pcn": {"slug": case.pcn.organisation.slug},
        "own practice": {"ods_code": member and member.organisation.code},
        "own name": {"ods_code": member.organisation.code, "pk": former_name(member).pk} if member else {},
        "own pcn": {"slug": case.pcn.organisation.slug},
        "own director": {"slug": case.pcn.organisation.slug, "pk": case.pcn.directors.all()[0].pk},
        "own detail": {"slug": case.pcn.organisation.slug, "pk": former_name(case.pcn).pk},
        "own payee": {"slug": case.pcn.organisation.slug, "pk": case.pcn.payees.all()[0].pk},
        "finding": {"pk": Finding.objects.get(subject_id=case.pcn_id).pk},
        "run": {"pk": PCNMatch.objects.get(pcn=case.pcn).run_id},
        "match": {"pk": PCNMatch.objects.get(pcn=case.pcn).pk},
        "own membership": {"pk": case.pcn.memberships.all()[0].pk},
        "own commissioner": {"ods_code": case.commissioner.code},
        "own succession": {"ods_code": case.commissioner.code, "pk": case.commissioner.successions.get().pk},
        **money_of(case),
    }


@pytest.fixture(scope="module")
def cost(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cost]:
    """Each page for two registrations with two of everything; then for two hundred, one with twenty."""
    with (
        pytest.MonkeyPatch.context() as patch,
        clock.at(make.COMMITTEE_DAY),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr(idle, "RENEW_SECONDS", 10**6)  # a session is not renewed while we count
        patch.setattr(lists, "AT_A_TIME", 10**5)  # a file asks once for each part of a long list
        harrow, found = settle(), Cost()
        first, second = crowd(harrow, 2)
        for case in (first, second):
            add_everything(harrow, case, 1)
            add_answers(harrow, condition_of(case))
        add_people(harrow, 2)
        add_boards(harrow.committee, harrow.user("secretary"), 2)
        add_agenda(condition_of(first).decision.item, 2)
        add_actions(condition_of(first).decision.item, harrow.user("secretary"), 2, pdf())
        add_interests(condition_of(first).decision.item, harrow.user("secretary"), 2)
        add_resolutions(condition_of(first).decision.item, 2)
        add_actions_between(condition_of(first).decision.item, harrow.user("secretary"), 2)
        add_money(harrow, [first, second])
        clients = {name: signed_in(harrow.user(name)) for name in NAMES}
        found.measure(clients, first)
        add_money(harrow, crowd(harrow, MANY - 2))
        add_claims(harrow, first.pcn.posts.get(), 1, 20)
        add_everything(harrow, first, 18)
        for number in range(2, 20):
            add_condition(harrow, condition_of(first).decision, number)
        add_answers(harrow, condition_of(first), 18)
        add_people(harrow, 18)
        add_boards(harrow.committee, harrow.user("secretary"), MANY // 2)
        add_agenda(condition_of(first).decision.item, 18)
        add_actions(condition_of(first).decision.item, harrow.user("secretary"), MANY, pdf())
        add_interests(condition_of(first).decision.item, harrow.user("secretary"), MANY)
        add_resolutions(condition_of(first).decision.item, MANY)
        add_actions_between(condition_of(first).decision.item, harrow.user("secretary"), MANY)
        found.measure(clients, first)
        yield found
        transaction.set_rollback(True)


def test_the_lists_are_found():
    assert len(LISTS) >= 7


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_200_rows_asks_as_often_as_one_of_few_and_8_times_at_most(cost, name):
    few, many = cost.pages[name]
    assert cost.rows[name][0] < 30 < MANY <= cost.rows[name][1]
    assert few == many
    # The list of one year or table is reckoned from the register: as often for many, but more often.
    assert many <= 8 or PAGES[name].record


@pytest.mark.parametrize("name", LISTS)
def test_a_file_of_200_rows_asks_as_often_as_one_of_few(cost, name):
    few, many = cost.files[name]
    assert few == many


@pytest.mark.parametrize("name", OTHERS)
def test_a_page_about_much_asks_as_often_as_one_about_little(cost, name):
    found = [cost.pages[f"{name}, {status}"] for status in STAGES if name in pages_in(status)]
    assert [few for few, _ in found] == [many for _, many in found]
