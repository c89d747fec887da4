"""The versions of a form and what each says differently."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.workflow import move
from registry.workflow.forms import edit_form
from tests import steps
from tests.harrow import GP_DIRECT
from tests.registry.pages.reading import main, words


def address(case):
    return reverse("registry:differences", args=[case.pk])


def send_again(harrow, case, **fields):
    """Return the form and receive it anew with other fields, and without its last member."""
    officer = harrow.user("officer")
    move(case, "return_form", by=officer, seen=case.version, reason="Correct it, please.")
    form = steps.form(harrow, GP_DIRECT)
    form["fields"] |= fields
    case.refresh_from_db()
    edit_form(case, by=officer, seen=case.version, **form | {"members": form["members"][:2]})
    case.refresh_from_db()
    move(case, "submit", by=officer, seen=case.version)


def test_a_first_version_stands_alone(officer, harrow):
    page = words(officer.get(address(steps.drafted(harrow))))
    assert "Version 1 Being filled in The first version." in page


def test_what_changed_is_shown_before_and_after(officer, harrow):
    case = steps.received(harrow)
    send_again(harrow, case, stated_list_size=33900, payee=None)
    page = words(officer.get(address(case)))
    assert page.index("Version 2") < page.index("Version 1 Received on 15 May 2019")
    assert "Stated list size Before 34,406 After 33,900" in page
    assert "Payee Before GP Direct After not held" in page
    assert "Member Before Shaftesbury Medical Centre, signed 10 May 2019 After not named" in page
    assert "Clinical director" not in page


def test_the_source_reads_the_form_itself_where_none_is_named(officer, harrow):
    case = steps.received(harrow)
    send_again(harrow, case, source=None)
    assert f"Source Before {harrow.report} After the form itself" in words(officer.get(address(case)))


def test_other_commissioners_find_nothing_and_members_may_read(client, harrow):
    case = steps.received(harrow)
    for name, status in (
        ("officer@havering.example", 404),
        ("admin", 404),
        ("member", 200),
        ("auditor", 200),
    ):
        client.force_login(harrow.user(name))
        assert client.get(address(case)).status_code == status


def test_many_versions_ask_the_database_no_more_often(officer, harrow):
    case = steps.received(harrow)
    officer.get(address(case))
    counts = []
    for size in (34001, 34002, 34003):
        send_again(harrow, case, stated_list_size=size)
        with CaptureQueriesContext(connection) as caught:
            page = main(officer.get(address(case)))
        counts.append(len(caught))
        assert f"{size:,}" in page
    assert len(set(counts)) == 1
