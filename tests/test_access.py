"""Who may open what: every address of the URLconf for every account of the demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from governance.workflow import meetings
from pcnportal.findings.models import Finding
from pcnportal.people.models import Person, Succession, User
from pcnportal.people.roles import PERMISSIONS, ROLES
from pcnportal.story import ACCOUNTS
from registry.models import Case, ClinicalDirector, Membership, NominatedPayee, PCNMatch, Practice
from registry.workflow import TRANSITIONS, conditions
from registry.workflow.documents import add_document
from registry.workflow.importing import Asked, propose
from tests import permissions as table
from tests.addresses import Address, every_address
from tests.claims import everything
from tests.demo import played, undone
from tests.findings.making import finding
from tests.funding.claims.rows import staff_of
from tests.funding.printed import add_printed, printed_of
from tests.funding.runs.crowd import run_of
from tests.governance.records import records_of
from tests.permissions import PAGES, PUBLIC, Asks
from tests.reading import signed_in
from tests.registry.former import former_name

# Decided, with letters; a condition is open and no network is live yet.
DAY = date(2019, 6, 1)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
ADMIN = "admin:", "admin/"
ROLE = {email: (ROLES[role], code) for email, _, code, role in ACCOUNTS}

pytestmark = pytest.mark.django_db


@dataclass
class Demo:
    """The accounts, and for each kind of record the values that name one of Harrow's in an address."""

    users: dict[str, User]
    records: dict[str, dict[str, Any]]
    case: Case

    def path(self, address: Address) -> str:
        """The address of a record of Harrow's."""
        asks = PAGES.get(address.name)
        return address.path(**self.records[asks.record] if asks and asks.record else {"secret": "none"})


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    with played(django_db_blocker, DAY) as users:
        case = Case.objects.get(pcn__organisation__slug="harrow-collaborative-pcn")
        document = add_document(
            case,
            by=users["officer@harrow.example"],
            kind="map",
            upload=ContentFile(PNG, "map.png"),
            holds_bank_details=False,
        )
        add_printed(case.pcn)
        decision = case.decisions.get(letter__isnull=False)
        condition = case.conditions.get()
        records: dict[str, dict[str, Any]] = {
            "case": {"pk": case.pk},
            "line": {"pk": case.pk, "key": "contiguity"},
            "document": {"pk": document.pk},
            "decision": {"pk": decision.pk},
            "condition": {"pk": condition.pk},
            "commitment": {"pk": condition.commitments.all()[0].pk},
            **records_of(decision.item, users["secretary@harrow.example"]),
            "practice": {"ods_code": "E84653"},
            "pcn": {"slug": case.pcn.organisation.slug},
        }
        slug, zain = records["pcn"], Practice.objects.get(organisation__code="E84653")
        held = {"pcn": case.pcn, "starts_on": DAY}
        membership = Membership.objects.create(practice=zain, **held)
        director = ClinicalDirector.objects.create(person=Person.objects.all()[0], **held)
        records |= {
            "own practice": records["practice"],
            "own pcn": slug,
            "own director": slug | {"pk": director.pk},
            "own membership": {"pk": membership.pk},
            "own detail": slug | {"pk": former_name(case.pcn).pk},
            "own name": records["practice"] | {"pk": former_name(zain).pk},
            "own payee": slug
            | {"pk": NominatedPayee.objects.create(organisation=zain.organisation, **held).pk},
            "own commissioner": {"ods_code": "08E"},
            "own succession": {"ods_code": "08E", "pk": Succession.objects.get(predecessor__code="08E").pk},
            "finding": {"pk": a_finding(case).pk},
            "year": {"fy": "2019-20"},
            "year of a pcn": {"fy": "2019-20", "pcn": slug["slug"]},
            "amount": {"fy": "2019-20", "pcn": slug["slug"], "payment": "core"},
            **read_files(users, case),
            **staff_of(case.pcn, users["officer@harrow.example"]),
            **run_of(case.pcn, users["finance@harrow.example"]),
            **printed_of(case.pcn),
        }
        yield Demo(users, records, case)


def a_finding(case: Case) -> Finding:
    """Of the case's PCN, in the version that `body` sends."""
    return finding(case.pcn, case.commissioner, version=case.version, first_seen=DAY)


def read_files(users: dict[str, User], case: Case) -> dict[str, dict[str, Any]]:
    """An import that is proposed, and a match of another."""
    sizes = b"ods_code,as_at,kind,patients,source\nE84653,2019-01-01,weighted,2900,Payments\n"
    asked = Asked("list_sizes", ContentFile(sizes), "weighted-2019-01-01.csv")
    run = propose(asked, by=users["admin@harrow.example"])
    match = PCNMatch.objects.create(
        run=run,
        pcn=case.pcn,
        code="U10339",
        name="HARROW COLLABORATIVE PCN",
        parent="08E",
        shared=9,
        held=9,
        named=11,
        has_same_name=True,
        has_same_commissioner=True,
    )
    return {"run": {"pk": run.pk}, "match": {"pk": match.pk}}


def of_the_portal() -> list[Address]:
    """Every address but the admin's own."""
    return [a for a in every_address() if a.name in PUBLIC or not a.name.startswith(ADMIN)]


def test_every_address_is_listed():
    assert {address.name for address in of_the_portal()} == {*PUBLIC, *PAGES}


def test_every_permission_that_is_listed_is_given_to_a_role():
    asked = {asks.gets for asks in PAGES.values()} | {asks.posts for asks in PAGES.values()}
    assert asked - {table.SIGNED_IN, None} <= PERMISSIONS


def test_the_list_agrees_with_what_the_verbs_declare():
    declared = {f"registry:{verb}": transition.permission for verb, transition in TRANSITIONS.items()}
    declared |= {f"registry:{verb}": permission for verb, permission in conditions.PERMISSIONS.items()}
    for verb, permission in meetings.PERMISSIONS.items():
        page = verb.removeprefix("record_")
        if f"governance:{page}" in PAGES:
            declared[f"governance:{page}"] = permission
    assert {name: PAGES[name].posts for name in declared} == declared


def answer(asks: Asks, permission: str, email: str) -> int:
    """What an account gets of a page that asks for `permission`, on a record of Harrow's."""
    given, organisation = ROLE[email]
    if asks.record in table.SEEN_WITH and (
        organisation != "08E" or table.SEEN_WITH[asks.record] not in given
    ):
        return 404
    return asks.answers if permission == table.SIGNED_IN or permission in given else 403


@pytest.mark.parametrize("email", ROLE)
def test_each_account_opens_what_its_role_gives(demo, email):
    client = signed_in(demo.users[email])
    expected = {name: answer(asks, asks.gets, email) for name, asks in PAGES.items()}
    found = {}
    for address in of_the_portal():
        if address.name in PAGES:
            response: Any = client.get(demo.path(address))
            found[address.name] = response.status_code
            list(response.streaming_content if response.streaming else ())  # so that its file is closed
    assert found == expected


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


def body(demo: Demo) -> dict[str, Any]:
    """What would do many of the verbs, were it sent by who may."""
    demo.case.refresh_from_db()
    return {"seen": demo.case.version, "reason": "Because.", "text": "Enough.", "note": "Yes.", "name": "New"}


@pytest.mark.parametrize("email", ROLE)
def test_who_may_not_do_something_changes_nothing_by_sending_it(demo, email):
    refusals = {
        name: 403 if asks.posts is not None else 405
        for name, asks in PAGES.items()
        if asks.posts is None or answer(asks, asks.posts, email) in (403, 404)
    }
    client = signed_in(demo.users[email])
    with nothing_changes():
        for address in of_the_portal():
            if address.name in refusals:
                status = client.post(demo.path(address), body(demo)).status_code
                assert status in (403, 404, refusals[address.name]), address.name


@pytest.mark.parametrize("email", ROLE)
def test_who_may_do_something_is_not_refused(demo, email):
    client = signed_in(demo.users[email])
    for address in of_the_portal():
        asks = PAGES.get(address.name)
        if asks and asks.posts is not None and answer(asks, asks.posts, email) not in (403, 404):
            with undone():
                response = client.post(demo.path(address), body(demo))
                # 409: of another version than the one that is sent, which is no question of the role.
                assert response.status_code in (200, 204, 302, 409), address.name


def test_what_is_sent_above_would_do_something(demo):
    """Were it sent by who may: so that refusals are not for want of an answer."""
    for verb in ("withdraw", "review_again"):
        with undone():
            client = signed_in(demo.users["officer@harrow.example"])
            path = f"/registrations/{demo.case.pk}/{verb.replace('_', '-')}/"
            assert client.post(path, body(demo)).status_code == 302
            demo.case.refresh_from_db()
            assert demo.case.status != "confirmed"


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_changes_nothing(demo):
    client = Client()
    with nothing_changes():
        for address in of_the_portal():
            if address.name not in PUBLIC:
                path = demo.path(address)
                for response in (client.get(path), client.post(path, body(demo))):
                    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/"), (
                        path
                    )


def test_the_public_pages_are_few(demo):
    client = Client()
    found = {a.name: client.get(demo.path(a)).status_code for a in of_the_portal() if a.name in PUBLIC}
    assert found == PUBLIC
