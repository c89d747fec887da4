"""A membership that a person recorded by mistake is withdrawn and counts on no day; none of a file."""

from datetime import date, timedelta
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.findings.models import Finding
from pcnportal.history.models import Source
from pcnportal.history.record import events_of
from pcnportal.people.models import Organisation
from pcnportal.refusals import NotAllowed
from registry.models import FileStatement, ImportRun, Membership, Practice
from registry.workflow import register as verbs
from tests import factories as make
from tests.harrow import EAST
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words
from tests.registry.register.test_practices import refused

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2019, 11, 1), date(2019, 12, 1)
CODE = "E84995"
SENT = {"reason": "Typed twice.", "held_source": "named", "source_title": "Letter"}


@pytest.fixture(autouse=True)
def _december():
    with clock.at(DECEMBER):
        yield


@pytest.fixture
def client(harrow):
    return signed_in(harrow.user("officer"))


@pytest.fixture
def ghost(harrow, why) -> Practice:
    said: dict[str, Any] = {"code": CODE, "name": "Ghost Surgery", "on": JULY}
    return verbs.open_practice(commissioner=harrow.ccg, **said, **why)


@pytest.fixture
def joined(ghost, east, why) -> Membership:
    return verbs.join_pcn(ghost, pcn=east, on=OCTOBER, **why)


def run(kind: str = "epcn", **facts: Any) -> ImportRun:
    held = {"stated_on": DECEMBER, "file_name": "ePCN.xlsx", "sha256": "0", "size": 1, "read_at": clock.now()}
    return ImportRun.objects.create(kind=kind, **held, **facts)


def seen(client: Any) -> list[bool]:
    """Whether the PCN's page, lists, files and a comparison count it as a member."""
    pcn = client.get("/pcns/", follow=True)
    path = f"/pcns/{Organisation.objects.get(name='Harrow East PCN').slug}/"
    files = [
        {row["ods_code"]: row["pcn"] for row in rows(client.get(f"/practices/?{asked}&_export=csv"))}
        for asked in ("status=open", f"as_at={NOVEMBER}", "as_at=2020-01-01")
    ]
    members = [row for row in rows(client.get("/pcns/?_export=csv")) if row["name"] == "Harrow East PCN"]
    compared = words(client.get(f"/register/compare/?from={JULY}&to={DECEMBER}"))
    return [
        "Ghost" in words(client.get(path)),
        f"{len(EAST) + 1}" in members[0].values() and pcn.status_code == 200,
        *("Harrow East PCN" in file[CODE] for file in files),
        "Ghost" in compared,
    ]


def test_it_counts_on_no_day_and_then_the_practice_can_go(harrow, client, joined, ghost, asked, why):
    assert all(seen(client))
    refused("1 membership stands on it", asked(verbs.withdraw_opening, ghost))
    verbs.withdraw_membership(joined, **why)
    assert not any(seen(client))
    assert Membership.objects.get(pk=joined.pk).is_withdrawn
    event = events_of(ghost).get(verb="withdraw_membership")
    assert (event.by, event.reason, event.changes["pcn"]) == (why["by"], why["reason"], "Harrow East PCN")
    assert event.changes["source"] == str(why["source"])
    verbs.withdraw_opening(ghost, **why)
    assert not Practice.objects.filter(pk=ghost.pk).exists()


def test_what_it_corrected_stands_no_more_than_it(joined, east, sphere, why, asked):
    made = verbs.correct_membership(joined, pcn=sphere, starts_on=NOVEMBER, ends_on=None, **why)
    refused("corrected or withdrawn already", asked(verbs.withdraw_membership, joined))
    verbs.withdraw_membership(made, **why)
    assert not Membership.objects.standing().filter(practice=joined.practice).exists()
    refused("corrected or withdrawn already", asked(verbs.withdraw_membership, made))
    verbs.join_pcn(joined.practice, pcn=east, on=NOVEMBER, **why)


def test_it_needs_a_reason_a_source_and_the_right(harrow, joined, asked, why):
    refused("Say why", asked(verbs.withdraw_membership, joined, reason=" "), "reason")
    refused("where you read it", asked(verbs.withdraw_membership, joined, source=None), "held_source")
    for name in ("member", "officer@havering.example"):
        with pytest.raises(NotAllowed):
            verbs.withdraw_membership(joined, **(why | {"by": harrow.user(name)}))


def test_one_that_a_file_wrote_stays_also_where_a_person_corrected_it(harrow, east, why, asked):
    file = Source.objects.create(kind=Source.Kind.FILE, title="ePCN of December 2019")
    held = Membership.objects.filter(pcn=east)[0]
    Membership.objects.filter(pk=held.pk).update(source=file)
    held.refresh_from_db()
    sentence = "ePCN of December 2019.* states it: the next file would bring it back. Correct the membership"
    refused(sentence, asked(verbs.withdraw_membership, held))
    made = verbs.correct_membership(held, pcn=east, starts_on=OCTOBER, ends_on=None, **why)
    refused(sentence, asked(verbs.withdraw_membership, made))


def test_one_that_a_file_states_with_other_days_stays(joined, east, asked):
    Organisation.objects.filter(pk=east.pk).update(code="U60176")
    joined.refresh_from_db()
    said = {"organisation": joined.practice.organisation, "what": "membership", "value": "U60176"}
    FileStatement.objects.create(run=run(), starts_on=JULY, **said)
    refused("ePCN.xlsx states it too", asked(verbs.withdraw_membership, joined))


def test_one_that_a_later_file_may_have_agreed_with_stays(harrow, joined, east, asked, why):
    file = Source.objects.create(kind=Source.Kind.FILE, title="epraccur")
    Organisation.objects.filter(pk=east.pk).update(code="U60176")
    Organisation.objects.filter(pk=joined.practice_id).update(source=file)
    held = Membership.objects.select_related("practice__organisation", "pcn__organisation").get(pk=joined.pk)
    before = run(applied_at=clock.now() - timedelta(days=2))
    later = run(applied_at=clock.now() + timedelta(days=2), codes=["07P"])
    assert before.pk < later.pk
    verbs.withdraw_membership(held, **why)
    again = verbs.join_pcn(held.practice, pcn=held.pcn, on=OCTOBER, **why)
    ImportRun.objects.filter(pk=later.pk).update(codes=[])
    refused("ePCN.xlsx was imported since and says nothing else", asked(verbs.withdraw_membership, again))


def test_one_that_a_registration_made_stays(joined, asked):
    case = make.CaseFactory.create(pcn=joined.pcn)
    Membership.objects.filter(pk=joined.pk).update(case=case)
    joined.refresh_from_db()
    refused("made it. Correct the membership", asked(verbs.withdraw_membership, joined))


@pytest.mark.django_db(transaction=True)
def test_a_doubt_about_it_is_none_any_more(harrow, east, why):
    made = verbs.open_practice(commissioner=harrow.ccg, code=CODE, name="Ghost Surgery", on=JULY, **why)
    held = verbs.join_pcn(made, pcn=east, on=OCTOBER, **why)
    before = Finding.objects.filter(about__contains="Ghost", gone_on=None).count()
    verbs.withdraw_membership(held, **why)
    assert Finding.objects.filter(about__contains="Ghost", gone_on=None).count() > before


def test_the_page_withdraws_it(joined, client):
    path = f"/register/memberships/{joined.pk}/withdraw/"
    assert f'href="{path}"' in client.get(path.replace("withdraw", "correct")).content.decode()
    assert client.post(path, SENT | {"reason": ""}).status_code == 200
    assert not Membership.objects.get(pk=joined.pk).is_withdrawn
    assert "It is withdrawn." in words(client.post(path, SENT, follow=True))
    assert Membership.objects.get(pk=joined.pk).is_withdrawn
