import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse

from pcnportal.history.models import Event
from pcnportal.history.record import events_of
from pcnportal.people import views

PASSWORD = "pcn-demo-2019"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_every_page_asks_to_sign_in_and_leads_back(client, officer):
    assert client.get("/password/")["Location"] == "/sign-in/?next=/password/"
    response = sign_in(client, officer.email, next="/password/")
    assert (response.status_code, response["Location"]) == (302, "/password/")


def test_the_address_may_be_typed_in_capital_letters(client, officer):
    assert sign_in(client, officer.email.upper()).status_code == 302


def test_a_password_manager_finds_its_fields(client, db):
    page = text(client.get("/sign-in/"))
    assert 'name="username"' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("wrong", "The e-mail address or the password is not right."), ("", "Enter your password")],
)
def test_a_failed_sign_in_keeps_the_address_and_never_the_password(client, officer, password, sentence):
    page = text(sign_in(client, officer.email, password))
    assert sentence in page
    assert f'value="{officer.email}"' in page
    assert "wrong" not in page


def test_who_may_not_sign_in_is_told_no_more_than_a_stranger(client, officer):
    officer.is_active = False
    officer.save()
    assert "is not right" in text(sign_in(client, officer.email))


def test_next_leads_nowhere_else(client, officer):
    assert sign_in(client, officer.email, next="https://elsewhere.example/")["Location"] == "/"


def test_the_demo_lists_its_accounts_and_real_use_none(client, officer, settings):
    assert officer.email not in text(client.get("/sign-in/"))
    settings.DEMO = True
    assert officer.email in text(client.get("/sign-in/"))


class TestSigningOut:
    def test_it_is_a_post(self, as_officer):
        assert as_officer.get("/sign-out/").status_code == 405
        assert as_officer.post("/sign-out/")["Location"] == "/sign-in/"
        assert as_officer.get("/").status_code == 302

    def test_an_idle_session_ends_with_a_sentence_and_the_way_back(self, as_officer):
        response = as_officer.post("/sign-out/", {"ended": "1", "next": "/password/"}, follow=True)
        assert response.redirect_chain == [("/sign-in/?ended=1&next=%2Fpassword%2F", 302)]
        assert "You were signed out because nothing happened for a while." in text(response)
        assert 'name="next" value="/password/"' in text(response)

    def test_the_way_back_leads_nowhere_else(self, as_officer):
        response = as_officer.post("/sign-out/", {"next": "https://elsewhere.example/"})
        assert response["Location"] == "/sign-in/"


class TestLockOut:
    def fail(self, email: str, times: int) -> None:
        for _ in range(times):
            sign_in(Client(), email, "wrong")

    def test_five_failures_lock_the_address_even_with_the_right_password(self, client, officer):
        self.fail(officer.email, settings.AXES_FAILURE_LIMIT)
        response = sign_in(client, officer.email)
        assert response.status_code == 429
        assert "You can try again in 15 minutes" in text(response)
        assert client.get("/").status_code == 302

    def test_capital_letters_make_no_new_start(self, client, officer):
        self.fail(officer.email.upper(), 3)
        self.fail(officer.email, 2)
        assert sign_in(client, officer.email).status_code == 429

    def test_others_are_not_locked_out(self, client, officer, member):
        self.fail(officer.email, settings.AXES_FAILURE_LIMIT)
        assert sign_in(client, member.email).status_code == 302

    def test_a_success_forgets_the_failures(self, client, officer):
        self.fail(officer.email, 4)
        sign_in(client, officer.email)
        self.fail(officer.email, 4)
        assert sign_in(Client(), officer.email).status_code == 302

    @pytest.mark.django_db(transaction=True)
    def test_it_holds_across_processes(self, client, officer):
        """Another process meets the failures of this one: they are in the database."""
        self.fail(officer.email, settings.AXES_FAILURE_LIMIT)
        program = (
            "import sys, django; django.setup()\n"
            "from django.db import connections\n"
            "connections['default'].settings_dict['NAME'] = sys.argv[1]\n"
            "from django.test import Client\n"
            "answer = Client().post('/sign-in/', {'username': sys.argv[2], 'password': sys.argv[3]})\n"
            "print(answer.status_code)"
        )
        arguments = [str(connection.settings_dict["NAME"]), officer.email, PASSWORD]
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.stdout.split()[-1:] == ["429"], done.stderr


def test_ones_account_shows_ones_roles(as_officer, officer):
    page = text(as_officer.get("/password/"))
    assert officer.email in page
    assert "Primary care officer, NHS Harrow CCG, since 1 April 2019" in page
    assert as_officer.get("/.well-known/change-password")["Location"] == "/password/"


class TestPassword:
    NEW = "three words together"

    def change(self, client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
        return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})

    def test_it_is_changed_recorded_and_keeps_one_signed_in(self, as_officer, officer):
        response = self.change(as_officer)
        assert (response.status_code, response["Location"]) == (302, reverse("home"))
        assert [str(message) for message in get_messages(response.wsgi_request)] == [
            "Your password is changed."
        ]
        assert as_officer.get("/").status_code == 200
        officer.refresh_from_db()
        assert officer.check_password(self.NEW)
        event = events_of(officer).get()
        assert (event.verb, event.by) == ("changed the password", officer)
        assert self.NEW not in str(event.changes)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"old": "wrong"}, "Your present password is not right."),
            ({"again": "another"}, "The two new passwords differ."),
            ({"new": "short", "again": "short"}, "at least 12 characters"),
            ({"new": "password1234", "again": "password1234"}, "too common"),
            ({"new": "", "again": ""}, "Enter a new password"),
        ],
    )
    def test_a_wrong_one_is_refused_with_a_sentence(self, as_officer, officer, typed, sentence):
        assert sentence in text(self.change(as_officer, **typed))
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)
        assert not Event.objects.exists()


class TestIdleSession:
    def test_a_page_knows_when_its_session_ends(self, as_officer, client):
        page = text(as_officer.get("/"))
        assert f'data-idle-seconds="{settings.SESSION_IDLE_SECONDS - 60}"' in page
        assert f'data-warning-seconds="{settings.SESSION_WARNING_SECONDS}"' in page

    def test_a_session_ends_without_activity(self, as_officer):
        as_officer.get("/")
        session = as_officer.session
        session.set_expiry(-1)
        session.save()
        assert as_officer.get("/")["Location"] == "/sign-in/?next=/"

    def test_reading_on_renews_at_most_once_a_minute(
        self, as_officer, monkeypatch, django_assert_num_queries
    ):
        as_officer.get("/")
        first = as_officer.session["seen"]
        as_officer.get("/")
        assert as_officer.session["seen"] == first
        monkeypatch.setattr(time, "time", lambda: first + 61)
        as_officer.get("/")
        assert as_officer.session["seen"] == first + 61

    def test_staying_signed_in_renews_at_once_and_is_a_post(self, as_officer, monkeypatch):
        as_officer.get("/")
        first = as_officer.session["seen"]
        monkeypatch.setattr(views.time, "time", lambda: first + 5)
        assert as_officer.get("/stay-signed-in/").status_code == 405
        assert as_officer.post("/stay-signed-in/").status_code == 204
        assert as_officer.session["seen"] == first + 5

    def test_without_the_script_it_leads_on(self, as_officer):
        response = as_officer.post("/stay-signed-in/", headers={"Sec-Fetch-Mode": "navigate"})
        assert response.status_code == 302
