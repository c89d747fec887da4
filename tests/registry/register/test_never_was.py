"""A practice that never was is withdrawn where nothing stands on it: it counts on no day."""

import re
from datetime import date
from functools import partial
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.findings.models import Finding
from pcnportal.history.record import events_of
from pcnportal.people.models import Organisation, Succession
from pcnportal.refusals import NotAllowed, Refused
from registry.models import (
    ClinicalDirector,
    FileStatement,
    ImportRun,
    ListSize,
    Membership,
    NominatedPayee,
    Practice,
)
from registry.workflow import register as verbs
from registry.workflow.importing import undo
from tests import factories as make
from tests.claims import everything
from tests.reading import rows, signed_in
from tests.registry.imports.importing import ods
from tests.registry.pages.reading import words
from tests.registry.register.test_practices import refused

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2019, 11, 1), date(2019, 12, 1)
CODE = "E84999"
SENT = {"reason": "Typed twice.", "held_source": "named", "source_title": "Letter"}


@pytest.fixture(autouse=True)
def _december():
    with clock.at(DECEMBER):
        yield


@pytest.fixture
def opened(harrow, why):
    said: dict[str, Any] = {"code": CODE, "name": "Ghost Surgery", "on": OCTOBER, "postcode": "HA1 1AA"}
    return verbs.open_practice(commissioner=harrow.ccg, contract_type="GMS", **said, **why)


@pytest.fixture
def client(harrow):
    return signed_in(harrow.user("officer"))


def seen(client: Any) -> list[bool]:
    """Whether lists, counts, searches, files and a comparison know of it."""
    pages = [
        client.get(path, follow=True)
        for path in ("/practices/?q=ghost", f"/search/?q={CODE}", "/search/?q=gohst")
    ]
    files = [
        CODE in {row["ods_code"] for row in rows(client.get(f"/practices/?{asked}&_export=csv"))}
        for asked in ("", "q=ghost", "sort=pcn", f"as_at={NOVEMBER}", "as_at=2030-01-01", "status=open")
    ]
    compared = "Ghost" in words(client.get(f"/register/compare/?from={JULY}&to={DECEMBER}"))
    return ["Ghost Surgery" in words(page) for page in pages] + files + [compared]


def counted(client: Any) -> list[str]:
    asked = ("", f"?as_at={NOVEMBER}", "?status=open")
    return [re.findall(r"(\d+) practices", words(client.get(f"/practices/{one}")))[0] for one in asked]


def test_it_counts_on_no_day_and_stands_in_no_list_search_or_file(harrow, client, east, why):
    before = counted(client)
    made = verbs.open_practice(commissioner=harrow.ccg, code=CODE, name="Ghost Surgery", on=OCTOBER, **why)
    assert counted(client) != before
    assert all(seen(client))
    verbs.withdraw_opening(made, **why)
    assert not any(seen(client))
    assert counted(client) == before
    assert not Practice.objects.filter(pk=made.pk).exists()
    assert not Organisation.objects.filter(pk=made.pk).exists()


def test_its_address_says_that_it_was_withdrawn_and_what_was_said(opened, client, why):
    verbs.withdraw_opening(opened, **why)
    page = words(client.get(f"/practices/{CODE}/"))
    for told in ("Ghost Surgery", "Withdrawn", "1 December 2019", "never was", CODE, "HA1 1AA", "GMS"):
        assert told in page
    assert "recorded that the practice opened" in page.lower()
    assert why["reason"] in page
    assert client.get(f"/practices/{CODE}/close/").status_code == 404
    assert client.get("/practices/E84998/").status_code == 404
    assert client.get("/practices/E84%00/").status_code == 404
    event = events_of(opened).get(verb="withdraw_opening")
    assert (event.by, event.reason, event.changes["code"]) == (why["by"], why["reason"], CODE)


def test_the_history_leads_to_it_still(opened, harrow, why):
    verbs.withdraw_opening(opened, **why)
    page = signed_in(harrow.user("auditor")).get("/history/").content.decode()
    assert 'href="/practices/e84999-withdrawn/">Ghost Surgery' in page
    reader = signed_in(harrow.user("auditor"))
    assert "never was" in words(reader.get("/practices/e84999-withdrawn/"))


def test_who_may_not_read_the_history_reads_that_it_was_withdrawn(opened, harrow, why):
    verbs.withdraw_opening(opened, **why)
    page = words(signed_in(harrow.user("officer@havering.example")).get(f"/practices/{CODE}/"))
    assert "never was" in page
    assert why["reason"] not in page


def test_its_code_is_free_again(opened, harrow, client, why):
    verbs.withdraw_opening(opened, **why)
    again = verbs.open_practice(commissioner=harrow.ccg, code=CODE, name="Real Surgery", on=NOVEMBER, **why)
    assert again.pk != opened.pk
    assert "Real Surgery" in words(client.get(f"/practices/{CODE}/"))
    assert "Ghost Surgery" in words(client.get("/practices/e84999-withdrawn/"))
    verbs.withdraw_opening(again, **why)
    assert "Real Surgery" in words(client.get(f"/practices/{CODE}/"))
    assert "Ghost Surgery" in words(client.get("/practices/e84999-withdrawn/"))


def test_a_file_that_names_the_code_opens_another_and_may_be_undone(harrow, why):
    made = verbs.open_practice(commissioner=harrow.ccg, code="E84004", name="Ghost", on=OCTOBER, **why)
    verbs.withdraw_opening(made, **why)
    before = everything()["people.Organisation"]
    run = ods()[0]
    assert run is not None
    own = Practice.objects.get(organisation__code="E84004")
    assert (own.pk == made.pk, Practice.every.get(pk=made.pk).organisation.name) == (False, "Ghost")
    undo(run, by=harrow.user("admin"), seen=run.version, reason="Another file.")
    assert everything()["people.Organisation"] == before


STANDING = {
    "1 membership": lambda own, east, _: Membership.objects.create(practice=own, pcn=east, starts_on=OCTOBER),
    "1 list size": lambda own, _, source: ListSize.objects.create(
        organisation=own.organisation, kind="registered", as_at=OCTOBER, patients=1, source=source
    ),
    "1 clinical director": lambda own, east, _: ClinicalDirector.objects.create(
        pcn=east, practice=own, person=make.PersonFactory.create(name="Dr Ghost")
    ),
    "1 nominated payee": lambda own, east, _: NominatedPayee.objects.create(
        pcn=east, organisation=own.organisation
    ),
    "1 person": lambda own, *_: make.PersonFactory.create(name="Dr Ghost", organisation=own.organisation),
    "1 succession": lambda own, east, _: Succession.objects.create(
        predecessor=east.memberships.first().practice.organisation,
        successor=own.organisation,
        kind="merged",
    ),
    "1 submitted member": lambda own, east, _: make.SubmittedMemberFactory.create(
        practice=own, submission__case__pcn=east
    ),
    "1 file statement": lambda own, *_: FileStatement.objects.create(
        organisation=own.organisation,
        what="name",
        value="Ghost",
        run=ImportRun.objects.create(
            kind="ods", stated_on=OCTOBER, file_name="e.csv", sha256="0", size=1, read_at=clock.now()
        ),
    ),
}


@pytest.mark.parametrize("what", STANDING)
def test_what_stands_on_it_is_said_and_it_stays(opened, east, why, asked, what):
    STANDING[what](opened, east, why["source"])
    refused(f"withdrawn: {what} stands on it", asked(verbs.withdraw_opening, opened))


def test_what_no_longer_stands_does_not_hold_it(opened, east, why):
    post = verbs.appoint_director(east, name="Dr Ghost", on=OCTOBER, **why)
    ClinicalDirector.objects.filter(pk=post.pk).update(practice=opened)
    verbs.withdraw_post(post, by=why["by"], reason="Nobody.")
    verbs.withdraw_opening(opened, **why)


def test_what_a_file_wrote_or_closed_is_not_withdrawn_here(opened, harrow, why, asked):
    verbs.close_practice(opened, on=NOVEMBER, **why)
    refused("closed on 1 November 2019. Withdraw first", asked(verbs.withdraw_opening, opened))
    verbs.reopen_practice(opened, **why)
    file = make.SourceFactory.create(title="epraccur", kind="file")
    Organisation.objects.filter(pk=opened.pk).update(source=file)
    refused("epraccur", asked(verbs.withdraw_opening, opened))


def test_it_needs_a_reason_a_source_and_the_right(opened, harrow, why, asked):
    refused("Say why", asked(verbs.withdraw_opening, opened, reason=" "), "reason")
    refused("where you read it", asked(verbs.withdraw_opening, opened, source=None), "held_source")
    for name in ("member", "officer@havering.example"):
        with pytest.raises(NotAllowed):
            verbs.withdraw_opening(opened, **(why | {"by": harrow.user(name)}))


def test_whoever_still_has_its_page_open_builds_nothing_on_it(opened, east, why):
    stale = Practice.objects.select_related("organisation").get(pk=opened.pk)
    verbs.withdraw_opening(opened, **why)
    for call in (
        partial(verbs.withdraw_opening, stale),
        partial(verbs.join_pcn, stale, pcn=east, on=NOVEMBER),
        partial(verbs.close_practice, stale, on=NOVEMBER),
    ):
        with pytest.raises(Refused, match="recorded by mistake and is withdrawn"):
            call(**why)


@pytest.mark.django_db(transaction=True)
def test_a_doubt_about_it_is_none_any_more(harrow, east, why):
    made = verbs.open_practice(commissioner=harrow.ccg, code=CODE, name="Ghost Surgery", on=OCTOBER, **why)
    about = Finding.objects.filter(about__contains="Ghost")
    assert any(finding.gone_on is None for finding in about)
    verbs.withdraw_opening(made, **why)
    assert all(finding.gone_on for finding in about.all())


def test_the_page_withdraws_it(opened, client):
    path = f"/practices/{CODE}/opening/withdraw/"
    assert f'href="{path}"' in client.get(f"/practices/{CODE}/").content.decode()
    assert client.post(path, SENT | {"reason": ""}).status_code == 200
    done = client.post(path, SENT, follow=True)
    assert "It is withdrawn." in words(done)
    assert "never was" in words(done)


def test_a_file_is_not_undone_where_a_pcn_is_paid_through_a_practice_of_it(harrow, east):
    run = ods()[0]
    assert run is not None
    payee = Practice.objects.get(organisation__code="E84004").organisation
    NominatedPayee.objects.create(pcn=east, organisation=payee, source=harrow.report)
    with pytest.raises(Refused, match="nominated payees"):
        undo(run, by=harrow.user("admin"), seen=run.version, reason="Another file.")
