"""Checklists, quorum rules and sources: kept by administrators, every saving with its event."""

from datetime import date

import pytest

from governance.models import QuorumRule
from pcnportal.history.models import Event, Source
from pcnportal.history.words import changes_in_words
from registry.models import Checklist, ChecklistItem, Line
from tests import factories as make
from tests import steps
from tests.admin.forms import sent
from tests.reading import signed_in


@pytest.fixture
def national(harrow) -> str:
    return f"/admin/registry/checklist/{Checklist.objects.get(slug='national').pk}/change/"


def item(key: str) -> str:
    """The prefix of a requirement in the form of its checklist."""
    rows = ChecklistItem.objects.get(key=key)
    return f"items-{[*rows.checklist.items.order_by('position')].index(rows)}"


def errors(response) -> str:
    return response.content.decode()


def test_a_requirement_is_changed_and_the_history_says_what(admin, harrow, national):
    title = f"{item('payee')}-title"
    assert (
        admin.post(national, sent(admin, national, title="National", **{title: "Payee"})).status_code == 302
    )
    assert ChecklistItem.objects.get(key="payee").title == "Payee"
    event = Event.objects.get()
    assert (event.verb, event.by, event.commissioner) == ("changed the checklist", harrow.user("admin"), None)
    assert event.changes["changed"] == [
        "Title: National requirements → National",
        "checklist item Payee: title",
    ]
    assert changes_in_words(event)


def test_saving_without_a_change_writes_no_event(admin, harrow, national):
    assert admin.post(national, sent(admin, national)).status_code == 302
    assert not Event.objects.exists()


def test_a_review_that_is_open_keeps_its_wording(admin, harrow, national):
    case = steps.under_review(harrow)
    admin.post(national, sent(admin, national, **{f"{item('payee')}-title": "Payee"}))
    assert Line.objects.get(case=case, key="payee").title == "Nominated payee"


def test_a_new_edition_is_saved_as_new_with_its_requirements(admin, harrow, national):
    data = sent(admin, national, edition="2", starts_on="2020-04-01", _saveasnew="1")
    assert admin.post(national, data).status_code == 302
    new = Checklist.objects.get(slug="national", edition=2)
    assert [i.key for i in new.items.order_by("position")] == [
        i.key for i in Checklist.objects.get(slug="national", edition=1).items.order_by("position")
    ]
    assert Event.objects.get().verb == "added the checklist"


@pytest.mark.parametrize(
    ("key", "field", "typed", "sentence"),
    [
        ("population", "parameters", "{}", "needs a number “minimum”"),
        ("population", "parameters", '{"minimum": 2, "maximum": 1}', "The minimum is above the maximum."),
        ("population", "parameters", '{"minimum": "2", "maximum": 3}', "needs a number “minimum”"),
        ("payee", "parameters", "[1]", "Write the parameters as in"),
        ("payee", "rule", "made-up", "Select a valid choice"),
        ("payee", "key", "contiguity", "is a key of Local criteria, North West London already"),
        ("payee", "key", "members", "duplicate"),
    ],
)  # fmt: skip
def test_what_would_break_a_review_is_refused(admin, harrow, national, key, field, typed, sentence):
    response = admin.post(national, sent(admin, national, **{f"{item(key)}-{field}": typed}))
    assert response.status_code == 200
    assert sentence in errors(response)
    assert not Event.objects.exists()


def rule(harrow, **typed):
    return {
        "body": harrow.committee.pk,
        "voting_members": "3",
        "offices": "1 chair\n2 lay member",
        "source": harrow.report.pk,
    } | typed


ADD = "/admin/governance/quorumrule/add/"


def test_a_quorum_rule_is_typed_in_words_and_told_in_the_history_of_its_commissioner(admin, harrow):
    assert admin.post(ADD, rule(harrow)).status_code == 302
    held = QuorumRule.objects.get()
    assert held.offices == [{"office": "chair", "at_least": 1}, {"office": "lay member", "at_least": 2}]
    event = Event.objects.get()
    assert (event.verb, event.commissioner) == ("added the quorum rule", harrow.ccg)
    address = f"/admin/governance/quorumrule/{held.pk}/change/"
    assert admin.get(address).context["adminform"].form["offices"].value() == "1 chair\n2 lay member"
    assert admin.post(address, sent(admin, address, voting_members="4", offices="1 chair")).status_code == 302
    assert Event.objects.latest("pk").changes["changed"] == [
        "Voting members at least: 3 → 4",
        "Offices: 1 chair, 2 lay member → 1 chair",
    ]
    held.refresh_from_db()
    assert str(held) == "at least 4 voting members, 1 chair"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"offices": "chair"}, "Begin with the number that is wanted: “chair”."),
        ({"offices": "0 chair"}, "Begin with the number that is wanted"),
        ({"voting_members": "0"}, "greater than or equal to 1"),
        ({"starts_on": "2019-05-01", "ends_on": "2019-05-01"}, "The end is not after the start."),
        ({"source": ""}, "This field is required."),
    ],
)
def test_a_wrong_quorum_rule_is_refused(admin, harrow, typed, sentence):
    response = admin.post(ADD, rule(harrow, **typed))
    assert response.status_code == 200
    assert sentence in errors(response)
    assert not QuorumRule.objects.exists()


def test_two_rules_of_a_body_do_not_hold_on_the_same_day(admin, harrow):
    make.QuorumRuleFactory.create(body=harrow.committee, ends_on=date(2020, 4, 1))
    refused = admin.post(ADD, rule(harrow, starts_on="2020-03-31"))
    assert "Another rule of this body holds then" in errors(refused)
    assert admin.post(ADD, rule(harrow, starts_on="2020-04-01")).status_code == 302


def test_a_source_is_added_and_stays_as_it_is(admin, harrow):
    typed = {"slug": "terms", "kind": "document", "title": "Terms of reference"}
    assert admin.post("/admin/history/source/add/", typed).status_code == 302
    assert Event.objects.get().verb == "added the source"
    held = Source.objects.get(slug="terms")
    address = f"/admin/history/source/{held.pk}/change/"
    assert admin.post(address, typed | {"title": "Other"}).status_code == 403


def test_a_source_that_somebody_attested_in_a_case_is_not_shown(admin, harrow):
    attested = make.SourceFactory.create(title="A letter", kind=Source.Kind.ATTESTED)
    assert "A letter" not in admin.get("/admin/history/source/").content.decode()
    assert admin.get(f"/admin/history/source/{attested.pk}/change/").status_code == 302
    assert "A letter" not in admin.get(ADD).content.decode()


@pytest.mark.parametrize("path", ["registry/checklist", "governance/quorumrule", "history/source"])
def test_nothing_is_deleted_and_nobody_else_comes_in(admin, harrow, path):
    make.QuorumRuleFactory.create(body=harrow.committee)
    model = path.split("/")[1]
    row = {"checklist": Checklist, "quorumrule": QuorumRule, "source": Source}[model]._default_manager.latest(
        "pk"
    )
    pk = row.pk
    assert admin.post(f"/admin/{path}/{pk}/delete/", {"post": "yes"}).status_code == 403
    for user in ("manager", "secretary", "auditor"):
        assert signed_in(harrow.user(user)).get(f"/admin/{path}/").status_code in (302, 403)
