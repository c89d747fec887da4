from datetime import date

import pytest
from django.test import Client

from pcnportal.history.models import Event
from pcnportal.people.models import Role, User


@pytest.fixture
def as_administrator(client: Client, administrator) -> Client:
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def roles_of(user: User, harrow, **role: str) -> dict[str, str]:
    """The inline of roles, with one more."""
    held = list(user.roles.all())
    data = {"roles-TOTAL_FORMS": str(len(held) + 1), "roles-INITIAL_FORMS": str(len(held))}
    for number, old in enumerate(held):
        data |= {
            f"roles-{number}-id": str(old.pk), f"roles-{number}-user": str(user.pk),
            f"roles-{number}-organisation": str(old.organisation_id), f"roles-{number}-role": old.role,
            f"roles-{number}-starts_on": old.starts_on.isoformat(),
        }  # fmt: skip
    new = {"user": str(user.pk), "organisation": str(harrow.pk), **role}
    return data | {f"roles-{len(held)}-{name}": value for name, value in new.items()}


def test_administrators_alone_come_in(client, administrator, officer):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/sign-in/?next=%2Fadmin%2F", 302)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["", "people/user/", "people/user/add/"])
def test_its_pages_keep_to_the_content_policy(as_administrator, path):
    response = as_administrator.get(f"/admin/{path}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>" not in page
    assert " style=" not in page


def test_an_administrator_adds_a_user_with_a_password(as_administrator, administrator):
    sent = {"email": "New@Harrow.example", "name": "New Officer", "password1": "three words together",
            "password2": "three words together", **NO_ROLES}  # fmt: skip
    assert as_administrator.post("/admin/people/user/add/", sent).status_code == 302
    user = User.objects.get(email="new@harrow.example")
    assert user.check_password("three words together")
    event = Event.objects.get()
    assert (event.verb, event.by, event.subject) == ("added the user", administrator, user)
    assert "three words" not in str(event.changes)


NO_ROLES = {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password2": "something else"}, "match"),
        ({"email": "OFFICER@nhs-harrow-ccg.example"}, "A user with this e-mail address exists."),
    ],
)
def test_a_wrong_user_is_refused(as_administrator, officer, typed, sentence):
    sent = {"email": "new@harrow.example", "name": "New", "password1": "three words together",
            "password2": "three words together", **NO_ROLES} | typed  # fmt: skip
    response = as_administrator.post("/admin/people/user/add/", sent)
    assert sentence in response.content.decode()
    assert not Event.objects.exists()


def test_a_role_is_given_and_ended_and_the_history_says_so(as_administrator, administrator, officer, harrow):
    address = f"/admin/people/user/{officer.pk}/change/"
    sent = {"email": officer.email, "name": officer.name, "is_active": "on"}
    sent |= roles_of(officer, harrow, role="manager", starts_on="2019-05-20")
    assert as_administrator.post(address, sent).status_code == 302
    assert Role.objects.get(user=officer, role="manager").starts_on == date(2019, 5, 20)
    event = Event.objects.get()
    assert (event.verb, event.by, event.subject) == ("changed the user", administrator, officer)
    assert "Primary care manager, NHS Harrow CCG" in str(event.changes)


def test_an_administrator_sets_a_new_password_and_it_is_recorded(as_administrator, officer):
    address = f"/admin/people/user/{officer.pk}/password/"
    sent = {"password1": "another three words", "password2": "another three words"}
    assert as_administrator.post(address, sent).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("another three words")
    event = Event.objects.get()
    assert event.verb == "changed the user"
    assert "another" not in str(event.changes)


def test_no_user_is_deleted(as_administrator, officer):
    assert (
        as_administrator.post(f"/admin/people/user/{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert User.objects.filter(pk=officer.pk).exists()
