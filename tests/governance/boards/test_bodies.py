"""What is held of a body, its status and its terms of reference: changed by who keeps it, saying why."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile

from governance.models import Body, StoredFile
from governance.workflow.bodies import add_body, change_body, change_status, may_change
from governance.workflow.terms import add_terms
from pcnportal.history.models import Event
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests import factories as make
from tests.governance.boards.making import board
from tests.governance.records import pdf


def change(harrow, body, who="secretary", **facts):
    change_body(body, by=harrow.user(who), seen=body.version, **{"reason": "As its minutes say."} | facts)


def test_what_is_changed_is_written_with_what_stood_before(harrow):
    body = board(harrow, "Joint Management Board", purpose="")
    change(harrow, body, purpose="Steering direction", side="joint", name=body.name)
    body.refresh_from_db()
    assert (body.purpose, body.side, body.version) == ("Steering direction", "joint", 2)
    event = Event.objects.latest("pk")
    assert (event.verb, event.reason, event.commissioner) == (
        "changed the body", "As its minutes say.", harrow.ccg,
    )  # fmt: skip
    changes = {name: value for name, value in event.changes.items() if not name.startswith("_")}
    assert changes == {"side": ["", "joint"], "purpose": ["", "Steering direction"]}


def test_nothing_is_changed_without_a_reason_a_change_or_a_name(harrow):
    body = board(harrow, "Joint Management Board")
    board(harrow, "Clinical Group")
    for facts, field in (
        ({"purpose": "New", "reason": " "}, "reason"),
        ({"name": body.name}, ""),
        ({"name": " "}, "name"),
        ({"name": "clinical group"}, "name"),
    ):
        with pytest.raises(Refused) as refused:
            change(harrow, body, **facts)
        assert refused.value.field == field
        body.refresh_from_db()


def test_who_saw_an_older_version_is_told_who_changed_it(harrow):
    body = board(harrow, "Joint Management Board")
    change(harrow, body, "manager", tier="system")
    body.version = 1
    with pytest.raises(Stale) as stale:
        change(harrow, body, tier="locality")
    latest: Any = stale.value.latest
    assert latest.by == harrow.user("manager")


def test_a_body_is_kept_by_its_commissioner_or_by_those_that_a_partnership_serves(harrow):
    own, foreign = board(harrow, "Own"), board(harrow, "Foreign", organisation=harrow.havering)
    foreign.serves.add(harrow.ccg)
    assert may_change(own, harrow.user("secretary"))
    assert may_change(harrow.panel, harrow.user("secretary"))
    assert not may_change(foreign, harrow.user("secretary"))
    for who in ("officer", "chair", "member", "finance", "auditor"):
        assert not may_change(own, harrow.user(who))
    with pytest.raises(NotAllowed):
        change(harrow, foreign, purpose="Taken over")
    change(harrow, harrow.panel, purpose="Endorses registrations")
    assert Event.objects.latest("pk").commissioner == harrow.ccg


def test_a_status_moves_with_a_reason_to_another_one(harrow):
    body, by = board(harrow, "Joint Management Board", status="draft"), harrow.user("secretary")
    for status, reason, field in (("", "So", "status"), ("working", "", "reason"), ("draft", "So", "status")):
        with pytest.raises(Refused) as refused:
            change_status(body, by=by, seen=body.version, status=status, reason=reason)
        assert refused.value.field == field
        body.refresh_from_db()
    change_status(body, by=by, seen=body.version, status="working", reason="Agreed to be good enough")
    body.refresh_from_db()
    assert body.get_status_display() == "Working model"


def test_a_body_is_not_closed_while_it_still_meets(harrow):
    harrow.meeting(harrow.committee, date(2019, 7, 15))
    with pytest.raises(Refused, match="still meets on 15 July 2019"):
        change_status(harrow.committee, by=harrow.user("secretary"), seen=1, status="closed", reason="Merged")


def test_a_new_body_is_a_draft_with_an_address_of_its_own(harrow):
    by = harrow.user("secretary")
    made = add_body(by=by, organisation=harrow.ccg, name="  Quality   and Risk ", kind="group")
    other = add_body(
        by=harrow.user("manager"), organisation=harrow.ccg, name="Quality & and Risk", kind="group"
    )
    assert (made.name, made.slug, made.status) == ("Quality and Risk", "quality-and-risk", "draft")
    assert other.slug == "quality-and-risk-2"
    assert add_body(by=by, organisation=harrow.ccg, name="New", kind="group").slug != "new"
    with pytest.raises(Refused, match="already has a body of that name"):
        add_body(by=by, organisation=harrow.ccg, name="QUALITY AND RISK", kind="group")
    with pytest.raises(NotAllowed):
        add_body(by=by, organisation=harrow.havering, name="Other", kind="group")


def add(harrow, body: Body, number: str, **facts):
    body.refresh_from_db()
    return add_terms(body, by=harrow.user("secretary"), seen=body.version, number=number, **facts)


def test_a_new_version_replaces_the_one_before_which_stays(harrow):
    first = add(harrow, harrow.committee, "1", text="The committee decides.", adopted_on=date(2019, 4, 1))
    second = add(harrow, harrow.committee, "2", upload=ContentFile(pdf(), "Terms 2.pdf"))
    assert (second.supersedes, second.file.name, second.file.pages) == (first, "Terms 2.pdf", 1)
    assert list(harrow.committee.terms.all()) == [second, first]
    assert StoredFile.objects.get().commissioner == harrow.ccg


def test_terms_say_something_once_in_a_file_that_is_what_its_name_says(harrow):
    add(harrow, harrow.committee, "1", text="The committee decides.")
    day = make.COMMITTEE_DAY
    for number, facts, field in (
        ("2", {}, "text"),
        ("", {"text": "It decides."}, "number"),
        ("1", {"text": "Again."}, "number"),
        ("2", {"text": "Reviewed.", "adopted_on": day, "review_on": day}, "review_on"),
        ("2", {"upload": ContentFile(b"MZ", "terms.pdf")}, "file"),
    ):
        with pytest.raises(Refused) as refused:
            add(harrow, harrow.committee, number, **facts)
        assert refused.value.field == field
    assert harrow.committee.terms.count() == 1
