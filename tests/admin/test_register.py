"""The register in the admin: to read, and nothing of a case."""

import pytest
from django.apps import apps
from django.contrib import admin as site
from django.contrib.contenttypes.models import ContentType

from pcnportal.history.models import Event
from pcnportal.people.models import Role
from registry.models import Checklist
from tests import steps
from tests.reading import signed_in

READ = [
    "registry/practice",
    "registry/pcn",
    "registry/membership",
    "registry/clinicaldirector",
    "registry/nominatedpayee",
    "registry/pcnperiod",
    "registry/listsize",
    "registry/commissioner",
    "registry/round",
    "governance/body",
]
OF_CASES = {
    "case", "submission", "submittedmember", "submitteddirector", "document", "line", "departure",
    "recommendation", "decision", "condition", "duedatechange", "evidence", "commitment", "letter",
    "meeting", "agendaitem", "attendance", "withdrawal", "seat", "event",
    "importrun", "filestatement", "pcnmatch",
    "bodylink", "rhythm", "turntochair", "terms", "standingitem", "move", "paper", "storedfile",
    "minute", "resolution", "vote", "betweenmeetings", "interest", "conflict", "breach",
    "action", "actionowner", "actionupdate", "reminder", "calendarfeed",
}  # fmt: skip


@pytest.fixture
def live(harrow):
    return steps.live(harrow)


@pytest.mark.parametrize("path", READ)
def test_the_register_is_read_and_not_changed(admin, live, path):
    listed = admin.get(f"/admin/{path}/")
    assert listed.status_code == 200
    model = apps.get_model(*path.split("/"))
    row = model._default_manager.first()
    if row is not None:
        page = admin.get(f"/admin/{path}/{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert admin.post(f"/admin/{path}/{row.pk}/change/", {}).status_code == 403
        assert admin.post(f"/admin/{path}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin.post(f"/admin/{path}/add/", {}).status_code == 403


def test_no_case_document_meeting_or_event_has_a_page(admin, live):
    shown = {model._meta.model_name for model in site.site._registry}
    assert not shown & OF_CASES
    ours = [apps.get_app_config(app).get_models() for app in ("registry", "governance", "history")]
    named = {model._meta.model_name for models in ours for model in models}
    assert named - OF_CASES == {path.split("/")[1] for path in READ} | {
        "checklist",
        "checklistitem",
        "quorumrule",
        "source",
    }


def test_not_even_for_who_also_reviews(harrow, live):
    both = harrow.user("admin")
    Role.objects.create(user=both, organisation=harrow.ccg, role="officer", starts_on="2019-04-01")
    client = signed_in(both)
    for model in OF_CASES:
        assert client.get(f"/admin/registry/{model}/").status_code == 404


def test_a_fact_of_the_register_does_not_name_its_case(admin, live):
    fact = live.pcn.memberships.get(practice__organisation__code="E84058")
    page = admin.get(f"/admin/registry/membership/{fact.pk}/change/").content.decode()
    assert "GP Direct PCN" in page
    assert "field-case" not in page


def test_the_admins_own_log_of_a_user_shows_no_event_of_a_case(admin, harrow, live):
    user = harrow.user("officer")
    page = admin.get(f"/admin/people/user/{user.pk}/history/").content.decode()
    assert Event.objects.filter(by=user).exists()
    assert "recommend" not in page


def test_the_shortcut_to_a_row_shows_nothing_of_a_case(admin, live):
    kind = ContentType.objects.get_for_model(live).pk
    response = admin.get(f"/admin/r/{kind}/{live.pk}/")
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert admin.get(f"/registrations/{live.pk}/").status_code == 404


PAGES = ["", "registry/", "registry/checklist/", "registry/practice/", "governance/quorumrule/add/"]


@pytest.mark.parametrize("path", [*PAGES, "registry/checklist/{}/change/"])
def test_its_pages_keep_to_the_content_policy(admin, live, path):
    page = admin.get(f"/admin/{path.format(Checklist.objects.get(is_national=True).pk)}")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
    assert " style=" not in page.content.decode()
