"""An administrator keeps the users of the own organisations, and nobody else's."""

from datetime import date

import pytest
from django.test import Client

from pcnportal.history.models import Event
from pcnportal.people.models import Role, User
from pcnportal.people.roles import RoleName
from tests.persons import somebody
from tests.reading import signed_in

USERS = "/admin/people/user/"


@pytest.fixture
def as_administrator(administrator) -> Client:
    return signed_in(administrator)


@pytest.fixture
def of_havering(havering) -> User:
    return somebody(RoleName.OFFICER, havering)


@pytest.fixture
def of_both(officer, havering) -> User:
    Role.objects.create(user=officer, organisation=havering, role="officer", starts_on=date(2019, 4, 1))
    return officer


def sent(user: User, *roles: dict[str, object], held: int = 0, **fields: str) -> dict[str, str]:
    """The page of a user with these rows of roles, of which the first `held` are held already."""
    data = {"email": user.email, "name": user.name, "is_active": "on"} | fields
    data |= {"roles-TOTAL_FORMS": str(len(roles)), "roles-INITIAL_FORMS": str(held)}
    for number, role in enumerate(roles):
        row = {"user": user.pk, "role": "manager", "starts_on": "2019-05-20"} | role
        data |= {f"roles-{number}-{name}": str(value) for name, value in row.items()}
    return data


def change(client: Client, user: User, *roles: dict[str, object], held: int = 0, **fields: str):
    return client.post(f"{USERS}{user.pk}/change/", sent(user, *roles, held=held, **fields))


def test_no_role_of_another_commissioner_is_given_not_even_to_oneself(
    as_administrator, administrator, havering
):
    own = administrator.roles.get()
    kept = {"id": own.pk, "organisation": own.organisation_id, "role": "admin", "starts_on": "2019-04-01"}
    response = change(as_administrator, administrator, kept, {"organisation": havering.pk}, held=1)
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()
    assert list(administrator.roles.all()) == [own]
    assert not Event.objects.exists()
    assert havering.name not in as_administrator.get(f"{USERS}{administrator.pk}/change/").content.decode()


def test_a_new_user_gets_no_role_of_another_commissioner(as_administrator, havering):
    new = {"password1": "three words together", "password2": "three words together"}
    nobody = User(email="new@harrow.example", name="New Officer")
    data = sent(nobody, {"user": "", "organisation": havering.pk}) | new
    assert as_administrator.post(f"{USERS}add/", data).status_code == 200
    assert not User.objects.filter(email=nobody.email).exists()


def test_another_commissioners_user_is_neither_listed_nor_opened(as_administrator, of_havering, harrow):
    assert of_havering.email not in as_administrator.get(USERS).content.decode()
    for page in ("change/", "history/"):
        response = as_administrator.get(f"{USERS}{of_havering.pk}/{page}")
        assert of_havering.email not in response.content.decode()
        assert response.status_code in (302, 404)
    change(as_administrator, of_havering, {"organisation": harrow.pk}, email="mine@harrow.example")
    assert User.objects.get(pk=of_havering.pk).email == of_havering.email
    assert of_havering.roles.count() == 1


NEW = {"password1": "another three words", "password2": "another three words"}


def test_another_commissioners_user_keeps_the_password(as_administrator, of_havering, of_both):
    assert as_administrator.post(f"{USERS}{of_havering.pk}/password/", NEW).status_code == 404
    assert as_administrator.post(f"{USERS}{of_both.pk}/password/", NEW).status_code == 403
    for user in User.objects.filter(pk__in=[of_havering.pk, of_both.pk]):
        assert not user.check_password("another three words")


def test_who_works_for_both_keeps_the_account_and_the_other_role(as_administrator, of_both, harrow, havering):
    ours, theirs = of_both.roles.get(organisation=harrow), of_both.roles.get(organisation=havering)
    page = as_administrator.get(f"{USERS}{of_both.pk}/change/").content.decode()
    assert "Holds a role at another organisation too" in page
    assert "NHS Havering CCG" not in page
    row = {"id": ours.pk, "organisation": harrow.pk, "role": "finance", "starts_on": "2019-04-01"}
    response = change(as_administrator, of_both, row, held=1, email="taken@harrow.example", is_active="")
    assert response.status_code == 302
    changed = User.objects.get(pk=of_both.pk)
    assert (changed.email, changed.is_active) == (of_both.email, True)
    assert changed.roles.get(organisation=harrow).role == "finance"
    forged = {"id": theirs.pk, "organisation": havering.pk, "role": "finance", "ends_on": "2019-05-21"}
    assert change(as_administrator, of_both, row, forged, held=2).status_code == 200
    theirs.refresh_from_db()
    assert (theirs.role, theirs.ends_on) == ("officer", None)


def test_a_role_is_not_moved_to_another_organisation(as_administrator, officer, havering):
    role = officer.roles.get()
    row = {"id": role.pk, "organisation": havering.pk, "role": "manager", "starts_on": "2019-04-01"}
    change(as_administrator, officer, row, held=1)
    role.refresh_from_db()
    assert role.organisation.name == "NHS Harrow CCG"


def test_who_left_stays_in_sight_and_who_has_no_role_is_given_one(as_administrator, officer, harrow):
    officer.roles.update(ends_on=date(2019, 5, 1))
    nobody = User.objects.create_user("new@harrow.example", name="New Officer")
    listed = as_administrator.get(USERS).content.decode()
    assert officer.email in listed
    assert nobody.email in listed
    assert change(as_administrator, nobody, {"organisation": harrow.pk}).status_code == 302
    assert nobody.roles.get().organisation == harrow


def test_the_auditor_of_that_commissioner_reads_what_changed(as_administrator, officer, harrow, havering):
    role = officer.roles.get()
    row = {"id": role.pk, "organisation": harrow.pk, "role": "officer", "starts_on": "2019-04-01"}
    change(as_administrator, officer, row, {"organisation": harrow.pk}, held=1)
    as_administrator.post(f"{USERS}{officer.pk}/password/", NEW)
    page = signed_in(somebody(RoleName.AUDITOR, harrow)).get("/history/").content.decode()
    assert page.count("Changed the user") >= 2
    assert officer.name in page
    assert "Primary care manager, NHS Harrow CCG: added" in page
    assert "another three words" not in page
    elsewhere = signed_in(somebody(RoleName.AUDITOR, havering)).get("/history/").content.decode()
    assert officer.name not in elsewhere
    assert set(Event.objects.values_list("commissioner", flat=True)) == {harrow.pk}


def test_who_administers_two_tells_each_of_its_own(administrator, officer, harrow, havering):
    Role.objects.create(user=administrator, organisation=havering, role="admin", starts_on=date(2019, 4, 1))
    row = {"id": officer.roles.get().pk, "organisation": harrow.pk, "role": "officer"}
    given = [{"organisation": harrow.pk}, {"organisation": havering.pk}]
    change(signed_in(administrator), officer, row | {"starts_on": "2019-04-01"}, *given, held=1)
    told = {event.commissioner: event.changes["changed"] for event in Event.objects.all()}
    assert told == {
        harrow: "Primary care manager, NHS Harrow CCG: added",
        havering: "Primary care manager, NHS Havering CCG: added",
    }
