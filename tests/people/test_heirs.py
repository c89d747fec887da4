"""A commissioner is succeeded: who has a role at the other one reads and continues what was the first's."""

from datetime import date

import pytest

from governance.models import Meeting
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import Succession, User
from pcnportal.people.roles import ROLES, RoleName
from registry.workflow import move
from tests import factories as make
from tests import steps
from tests.harrow import settle
from tests.reading import signed_in

pytestmark = pytest.mark.django_db
MERGED, BOARD = date(2021, 4, 1), date(2022, 7, 1)


@pytest.fixture
def harrow(db):
    with clock.at(make.COMMITTEE_DAY):
        return settle()


@pytest.fixture
def successors(harrow):
    """NHS Harrow CCG, then NHS North West London CCG, then its ICB."""
    ccg = make.OrganisationFactory.create(name="NHS North West London CCG", code="W2U3Z")
    icb = make.OrganisationFactory.create(name="NHS North West London ICB", code="QRV")
    for before, after, on in ((harrow.ccg, ccg, MERGED), (ccg, icb, BOARD)):
        Succession.objects.create(predecessor=before, successor=after, kind="succeeded", on=on)
    return ccg, icb


def user_of(organisation, role=RoleName.OFFICER, since=date(2019, 1, 1)):
    user = make.UserFactory.create(email=f"{role}@{organisation.code}.example")
    make.RoleFactory.create(user=user, organisation=organisation, role=role, starts_on=since)
    return User.objects.get(pk=user.pk)


def test_a_role_counts_along_the_line_of_succession_from_the_day_of_each(harrow, successors):
    ccg, (merged, board) = harrow.ccg, successors
    sibling = make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
    Succession.objects.create(predecessor=sibling, successor=merged, kind="succeeded", on=MERGED)
    for day, of_first, of_merged, of_board in (
        (date(2021, 3, 31), {ccg}, {merged}, {board}),
        (MERGED, {ccg, merged}, {ccg, sibling, merged}, {board}),
        (BOARD, {ccg, merged, board}, {ccg, sibling, merged, board}, {ccg, sibling, merged, board}),
    ):
        with clock.at(day):
            for organisation, expected in ((ccg, of_first), (merged, of_merged), (board, of_board)):
                user = user_of(organisation)
                assert set(user.scope("registry.view_case")) == {o.pk for o in expected}
                for other in (ccg, sibling, merged, board):
                    assert user.can("registry.change_register", other) == (other in expected)
                assert not user.can("registry.view_case", harrow.havering)
                user.roles.all().delete()
                user.delete()


@pytest.mark.parametrize("role", RoleName.values)
def test_it_gives_what_the_role_gives_and_no_more(harrow, successors, role):
    with clock.at(BOARD):
        user = user_of(successors[1], role)
        for permission in set().union(*ROLES.values()):
            assert user.can(permission, harrow.ccg) == (permission in ROLES[role]), permission


def test_a_succession_without_a_day_counts_and_one_that_ends_in_itself_does_no_harm(harrow, successors):
    Succession.objects.filter(predecessor=harrow.ccg).update(on=None)
    Succession.objects.create(predecessor=successors[1], successor=harrow.ccg, kind="succeeded")
    with clock.at(BOARD):
        assert set(user_of(successors[1]).scope("registry.view_case")) == {
            harrow.ccg.pk,
            *(o.pk for o in successors),
        }


def test_a_practice_that_took_on_a_list_inherits_nothing(harrow, successors):
    Succession.objects.filter(predecessor=harrow.ccg).update(kind="merged")
    with clock.at(BOARD):
        assert not user_of(successors[1]).can("registry.view_case", harrow.ccg)


def test_it_costs_one_question_more_and_others_none(harrow, successors, django_assert_num_queries):
    with clock.at(BOARD):
        several = user_of(successors[1])
        make.RoleFactory.create(user=several, organisation=successors[0], role=RoleName.AUDITOR)
        for user, asked in ((user_of(harrow.havering), 1), (several, 2)):
            with django_assert_num_queries(asked):
                for organisation in (harrow.ccg, harrow.havering, successors[0]):
                    user.can("registry.view_case", organisation)
                user.scope("registry.view_case")


def test_the_successor_reads_cases_history_and_meetings_and_continues_them(harrow, successors):
    with clock.at(make.COMMITTEE_DAY):
        case = steps.received(harrow)
        meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    with clock.at(BOARD):
        officer = user_of(successors[1])
        client = signed_in(officer)
        for path in (case.get_absolute_url(), f"/governance/meetings/{meeting.pk}/", "/history/"):
            response = client.get(path)
            assert response.status_code == 200
        assert str(case) in client.get("/registrations/").content.decode()
        assert "NHS Harrow CCG" in client.get("/registrations/").content.decode()
        assert str(case) in client.get("/history/").content.decode()
        for path in (
            "/",
            "/registrations/report/",
            "/conditions/",
            "/decisions/",
            "/findings/",
            "/search/?q=GP",
        ):
            assert client.get(path).status_code == 200, path
        move(case, "open_review", by=officer, seen=case.version)
        assert next(event.by for event in events_of(case)) == officer
        assert Meeting.objects.get().commissioner == harrow.ccg


def test_before_the_day_the_predecessors_cases_are_not_there(harrow, successors):
    with clock.at(make.COMMITTEE_DAY):
        case = steps.received(harrow)
        client = signed_in(user_of(successors[0]))
        assert client.get(case.get_absolute_url()).status_code == 404
