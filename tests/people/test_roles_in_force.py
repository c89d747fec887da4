"""Who may what: from dated roles at organisations, through one map."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404

from governance.workflow.meetings import PERMISSIONS as OF_MEETINGS
from pcnportal import clock
from pcnportal.people.access import allow, own_or_404
from pcnportal.people.models import User
from pcnportal.people.roles import PERMISSIONS, READ, ROLES, RoleName
from pcnportal.refusals import NotAllowed
from registry.workflow import TRANSITIONS
from registry.workflow.conditions import PERMISSIONS as OF_CONDITIONS
from tests import factories as make

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2019, 5, 20)


@pytest.fixture
def ccg(db: Any):
    return make.OrganisationFactory.create(code="08E")


@pytest.fixture
def havering(db: Any):
    return make.OrganisationFactory.create(name="NHS Havering CCG", code="08F")


def on(day: date, permission: str, organisation: Any = None) -> bool:
    with clock.at(day):
        return User.objects.get().can(permission, organisation)


def test_a_role_gives_what_the_map_says_and_nothing_else(ccg):
    for role, permissions in ROLES.items():
        user = make.UserFactory.create(email=f"{role}@harrow.example")
        make.RoleFactory.create(user=user, organisation=ccg, role=role)
        with clock.at(DAY):
            assert {name for name in PERMISSIONS if user.can(name, ccg)} == permissions


def test_every_role_is_in_the_map():
    assert set(ROLES) == set(RoleName)


def test_every_verb_asks_for_a_permission_that_some_role_holds():
    asked = {transition.permission for transition in TRANSITIONS.values()}
    assert asked | set(OF_CONDITIONS.values()) | set(OF_MEETINGS.values()) <= PERMISSIONS


def test_every_permission_named_in_the_code_is_in_the_map():
    named = set()
    for app in ("pcnportal", "governance", "registry"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                text = path.read_text()
                named |= set(re.findall(r"(?:allow|own_or_404|can|scope)\([^()]*?\"(\w+\.\w+)\"", text))
                named |= set(re.findall(r"\b(?:permission|see) = \"(\w+\.\w+)\"", text))
    assert "registry.view_case" in named
    assert named <= PERMISSIONS


def test_who_decides_reads_and_who_audits_only_reads():
    for role in (RoleName.MEMBER, RoleName.AUDITOR):
        assert all(".read_" in more or ".view_" in more for more in ROLES[role] - READ)
    assert all(role == RoleName.ADMIN or permissions >= READ for role, permissions in ROLES.items())


def test_who_calculates_a_payment_run_may_not_approve_one():
    assert [role for role, held in ROLES.items() if "funding.calculate_run" in held] == [RoleName.FINANCE]
    assert [role for role, held in ROLES.items() if "funding.approve_run" in held] == [RoleName.APPROVER]


def test_the_administrator_manages_users_and_reads_no_case():
    assert "registry.view_case" not in ROLES[RoleName.ADMIN]
    assert [role for role, held in ROLES.items() if "people.change_user" in held] == [RoleName.ADMIN]


def test_nobody_both_reviews_and_decides_but_the_manager():
    both = {role for role, held in ROLES.items() if {"registry.review_case", "registry.decide_case"} <= held}
    assert both == {RoleName.MANAGER}


def test_a_role_holds_from_its_first_day_and_no_longer_on_its_last(ccg):
    make.RoleFactory.create(organisation=ccg, starts_on=date(2019, 5, 20), ends_on=date(2019, 7, 1))
    days = [date(2019, 5, 19), date(2019, 5, 20), date(2019, 6, 30), date(2019, 7, 1)]
    assert [on(day, "registry.review_case", ccg) for day in days] == [False, True, True, False]


def test_roles_at_two_organisations_do_not_mix(ccg, havering):
    user = make.UserFactory.create()
    make.RoleFactory.create(user=user, organisation=ccg, role=RoleName.SECRETARY)
    make.RoleFactory.create(user=user, organisation=havering, role=RoleName.OFFICER)
    with clock.at(DAY):
        assert user.can("registry.decide_case", ccg)
        assert not user.can("registry.decide_case", havering)
        assert user.can("registry.review_case", havering.pk)
        assert not user.can("registry.review_case", ccg.pk)
        assert user.scope("registry.view_case") == sorted([ccg.pk, havering.pk])
        assert user.scope("registry.decide_case") == [ccg.pk]


def test_several_roles_at_one_organisation_add_up(ccg):
    user = make.UserFactory.create()
    for role in (RoleName.SECRETARY, RoleName.OFFICER):
        make.RoleFactory.create(user=user, organisation=ccg, role=role)
    with clock.at(DAY):
        assert user.can("registry.decide_case", ccg)
        assert user.can("registry.review_case", ccg)
        assert user.scope("registry.view_case") == [ccg.pk]
        assert user.home_organisation == ccg


def test_somebody_without_a_role_or_who_may_not_sign_in_may_nothing(ccg):
    user = make.UserFactory.create()
    with clock.at(DAY):
        assert not any(user.can(name) for name in PERMISSIONS)
        assert user.home_organisation is None
    make.RoleFactory.create(user=user, organisation=ccg)
    User.objects.update(is_active=False)
    assert not on(DAY, "registry.review_case", ccg)


def test_only_an_administrator_gets_into_the_admin(ccg):
    staff = []
    for role in ROLES:
        user = make.UserFactory.create(email=f"{role}@harrow.example")
        make.RoleFactory.create(user=user, organisation=ccg, role=role)
        with clock.at(DAY):
            if user.is_staff:
                staff.append(role)
    assert staff == [RoleName.ADMIN]


def test_a_refusal_names_the_commissioner_only_to_who_holds_the_permission_elsewhere(ccg, havering):
    user = make.UserFactory.create()
    make.RoleFactory.create(user=user, organisation=havering)
    with clock.at(DAY):
        with pytest.raises(NotAllowed, match=r"^This belongs to another commissioner: NHS Harrow CCG\.$"):
            allow(user, "registry.review_case", ccg)
        with pytest.raises(NotAllowed, match=r"^Your role does not allow this\.$"):
            allow(user, "registry.decide_case", ccg)
        allow(user, "registry.review_case", havering)


def test_someone_elses_record_does_not_exist(ccg, havering):
    user = make.UserFactory.create()
    make.RoleFactory.create(user=user, organisation=havering)
    with clock.at(DAY):
        own_or_404(user, "registry.view_case", havering.pk)
        with pytest.raises(Http404):
            own_or_404(user, "registry.view_case", ccg.pk)


def test_roles_are_read_once_for_a_user(ccg, django_assert_num_queries):
    user = make.RoleFactory.create(organisation=ccg).user
    user = User.objects.get(pk=user.pk)
    with clock.at(DAY), django_assert_num_queries(1):
        for name in PERMISSIONS:
            user.can(name, ccg)
            user.scope(name)


def test_an_address_is_found_in_capitals_and_small_letters(db):
    user = User.objects.create_user("Officer@Harrow.example", "a long enough password", name="Officer")
    assert user.email == "officer@harrow.example"
    assert User.objects.get_by_natural_key("OFFICER@HARROW.EXAMPLE") == user
    assert user.check_password("a long enough password")
