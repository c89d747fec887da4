"""Two commissioners and some of their people, for the tests of the ground: import what a conftest needs."""

from datetime import date

import pytest
from django.test import Client

from pcnportal import clock
from pcnportal.people.models import Organisation, Role, User
from pcnportal.people.roles import RoleName


@pytest.fixture
def harrow(db) -> Organisation:
    return Organisation.objects.create(
        slug="nhs-harrow-ccg", code="08E", name="NHS Harrow CCG", kind="commissioner"
    )


@pytest.fixture
def havering(db) -> Organisation:
    return Organisation.objects.create(
        slug="nhs-havering-ccg", code="08F", name="NHS Havering CCG", kind="commissioner"
    )


def somebody(role: RoleName, organisation: Organisation) -> User:
    email = f"{role}@{organisation.slug}.example"
    user = User.objects.create_user(email, "pcn-demo-2019", name=role.label)
    Role.objects.create(user=user, organisation=organisation, role=role, starts_on=date(2019, 4, 1))
    return user


@pytest.fixture
def officer(harrow) -> User:
    return somebody(RoleName.OFFICER, harrow)


@pytest.fixture
def member(harrow) -> User:
    return somebody(RoleName.MEMBER, harrow)


@pytest.fixture
def administrator(harrow) -> User:
    return somebody(RoleName.ADMIN, harrow)


@pytest.fixture
def as_officer(client: Client, officer: User) -> Client:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def on_20_may_2019():
    with clock.at(date(2019, 5, 20)):
        yield
