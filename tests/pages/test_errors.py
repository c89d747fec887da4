import logging
import re

import pytest
from django.db import connection
from django.test import Client

from pcnportal.history import triggers

pytestmark = pytest.mark.urls("tests.pages.examples")


def policy(response) -> str:
    return response.headers.get("Content-Security-Policy", "")


def test_404_says_what_may_have_happened(as_officer):
    response = as_officer.get("/nothing/here/")
    assert response.status_code == 404
    assert "may belong to another commissioner" in response.content.decode()
    assert "script-src 'self'" in policy(response)


@pytest.mark.django_db
def test_500_is_calm_has_a_reference_that_is_logged_and_asks_no_database(
    officer, caplog, django_assert_num_queries
):
    client = Client(raise_request_exception=False)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    with (
        caplog.at_level(logging.ERROR, "pcnportal.errors"),
        django_assert_num_queries(2),
    ):  # session and user only
        response = client.get("/example/fail/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "script-src 'self'" in policy(response)
    reference = re.search(r"<strong>([0-9A-F]{8})</strong>", page)
    assert reference
    assert f"Reference {reference[1]}: GET /example/fail/" in caplog.text
    assert "an example of a mistake" not in page


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_plain_words():
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()


@pytest.mark.django_db
def test_health_needs_no_sign_in(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_health_fails_where_history_is_not_protected(client):
    triggers.remove()
    try:
        assert client.get("/healthz").status_code == 503
    finally:
        triggers.install()


@pytest.mark.django_db
def test_health_fails_where_the_database_does_not_answer(client, monkeypatch):
    from django.db import OperationalError

    def refuse(*_args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize("path", ["/", "/example/", "/password/", "/nothing/"])
def test_no_page_has_a_script_or_style_in_its_text(as_officer, path):
    page = as_officer.get(path).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    assert re.findall(r"\sstyle=|<style|\son\w+=", page) == []


def test_an_empty_page_takes_three_queries(as_officer, django_assert_num_queries):
    as_officer.get("/")  # begins the session
    with django_assert_num_queries(3):  # session, user, roles
        as_officer.get("/nothing/")


@pytest.mark.parametrize("key", ["99999999999999999999999", "0"])
def test_a_record_that_can_not_be_is_not_found(as_officer, key):
    assert as_officer.get(f"/example/{key}/").status_code == 404


def test_a_name_that_no_database_can_hold_is_not_found(as_officer):
    assert as_officer.get("/example/named/a%00b/").status_code == 404
