"""What somebody recorded of what a file wrote: the same file, read again, takes nothing of it back."""

from datetime import date

import pytest

from pcnportal.people.models import Organisation
from registry.models import PCN, FileStatement, Membership, PCNPeriod, Practice
from registry.workflow.register import members, networks, practices
from tests.registry.imports.importing import december, members_on, ods

pytestmark = pytest.mark.django_db
ON, AFTER = date(2019, 12, 20), date(2019, 12, 31)


@pytest.fixture
def said(harrow):
    """Who says so, since when, and why."""
    ods()
    december()
    return {"by": harrow.user("officer"), "on": ON, "source": harrow.report, "reason": "The practice wrote."}


def practice(code: str) -> Practice:
    return Practice.objects.get(organisation__code=code)


def pcn(code: str) -> PCN:
    return PCN.objects.get(organisation__code=code)


def beside() -> set[tuple[str | None, str]]:
    december()
    ods()
    return set(FileStatement.objects.standing().values_list("organisation__code", "what"))


def test_a_practice_that_left_has_left(said):
    members.leave_pcn(practice("E84058"), **said)
    assert beside() == {("E84058", "membership")}
    assert members_on(AFTER, practice__organisation__code="E84058") == set()
    assert Membership.objects.on(date(2019, 12, 1)).filter(practice=practice("E84058")).exists()


def test_a_practice_that_moved_has_moved(said):
    members.leave_pcn(practice("E84058"), **said)
    members.join_pcn(practice("E84058"), pcn=pcn("U51050"), **said)
    assert beside() == {("E84058", "membership")}
    assert members_on(AFTER, practice__organisation__code="E84058") == {("E84058", "U51050")}


def test_a_practice_that_closed_is_closed(said):
    practices.close_practice(practice("E84058"), **said)
    assert beside() == {("E84058", "closed_on"), ("E84058", "membership")}
    assert Organisation.objects.get(code="E84058").closed_on == ON


def test_a_practice_that_merged_is_merged(said):
    practices.merge_practice(practice("E84058"), into=practice("E84039"), **said)
    assert ("E84058", "closed_on") in beside()
    assert Organisation.objects.get(code="E84058").closed_on == ON


def test_a_pcn_that_was_renamed_keeps_its_name(said):
    networks.rename_pcn(pcn("U51050"), name="Harrow North East PCN", **said)
    assert beside() == {("U51050", "name")}
    assert Organisation.objects.get(code="U51050").name == "Harrow North East PCN"


def test_a_pcn_that_closed_is_closed(said):
    networks.close_pcn(pcn("U51050"), **said)
    assert ("U51050", "closed_on") in beside()
    assert PCNPeriod.objects.on(AFTER).get(pcn=pcn("U51050")).status == "closed"
    assert members_on(AFTER, pcn=pcn("U51050")) == set()
