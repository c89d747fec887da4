"""Who reads what: drafts their own people, the published public part everybody, the private part few."""

import pytest

from governance.models import Meeting
from governance.workflow.actions import record_action
from governance.workflow.meetings import record_withdrawal
from tests import factories as make
from tests.governance.actions.rows import action_of
from tests.governance.minutes.rows import came, minuted, published, resolved, seen
from tests.harrow import Harrow
from tests.reading import rows, signed_in

OPEN, SECRET = "They liked the budget.", "They quarrelled."


@pytest.fixture
def told(item, private, secretary):
    """A meeting with a public and a private item, minuted and resolved."""
    came(item.meeting, "Dr Genevieve Small")
    for about, words in ((item, OPEN), (private, SECRET)):
        minuted(about, secretary, words)
        resolved(about, secretary, text=f"{about.title.lower()} be settled")
    return item.meeting


@pytest.fixture
def stranger(harrow: Harrow):
    """A secretary of another commissioner."""
    user = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=user, organisation=harrow.havering, role="secretary")
    return signed_in(user)


def page(client, meeting, name="minutes", follow=False):
    return client.get(f"/governance/meetings/{meeting.pk}/{name}/".replace("//", "/"), follow=follow)


def text(response):
    return " ".join(response.content.decode().split())


def test_own_people_read_the_public_part_as_a_draft(harrow: Harrow, told):
    for role in ("secretary", "officer", "member", "auditor"):
        said = text(page(signed_in(harrow.user(role)), told))
        assert "Draft minutes, not published" in said
        assert OPEN in said
        assert "<strong>RESOLVED that</strong> the budget be settled" in said
        assert "Dr Genevieve Small" in said
        assert "2. An item in the private part" in said
        assert SECRET not in said
        assert "A dispute" not in said
        assert "a dispute be settled" not in said


def test_the_private_part_is_for_who_may_read_private_papers(harrow: Harrow, told):
    for role in ("secretary", "chair", "member", "auditor"):
        said = text(page(signed_in(harrow.user(role)), told, "private-minutes"))
        assert SECRET in said
        assert "a dispute be settled" in said
        assert "Private: not for the public" in said
    assert page(signed_in(harrow.user("officer")), told, "private-minutes").status_code == 403


def test_who_withdrew_reads_of_that_item_nothing(harrow: Harrow, told, private, secretary):
    member = harrow.user("member")
    member.person = told.attendances.get().person
    member.save()
    record_withdrawal(private, by=secretary, seen=seen(private), person=member.person, reason="A partner.")
    client = signed_in(member)
    assert SECRET not in text(page(client, told, "private-minutes"))
    assert "a dispute" not in text(client.get("/governance/decisions/"))
    assert "a dispute" in text(signed_in(harrow.user("chair")).get("/governance/decisions/"))
    assert "Dr Genevieve Small withdrew for this item." in text(
        page(signed_in(secretary), told, "private-minutes")
    )


def test_who_withdrew_reads_nothing_of_what_stood_over_either(harrow: Harrow, told, private, secretary):
    later = make.AgendaItemFactory.create(
        meeting=told, position=99, title="A dispute again", is_private=True, stands_over=private
    )
    resolved(later, secretary, text="the dispute be ended")
    action_of(later, secretary, text="Write to both")
    member = harrow.user("member")
    member.person = told.attendances.get().person
    member.save()
    client = signed_in(member)
    where = {"decisions": "the dispute be ended", "actions": "Write to both"}
    for name, words in where.items():
        assert words in text(client.get(f"/governance/{name}/"))
    record_withdrawal(private, by=secretary, seen=seen(private), person=member.person, reason="A partner.")
    for name, words in where.items():
        assert words not in text(client.get(f"/governance/{name}/"))
    for name in ("", "brief"):
        said = text(page(client, later.meeting, name))
        assert "the dispute be ended" not in said
        assert "Write to both" not in said


def test_the_published_public_part_is_everybody_s_and_nothing_else(harrow: Harrow, told, secretary, stranger):
    for name in ("", "minutes", "private-minutes", "agenda"):
        assert page(stranger, told, name).status_code == 404
    assert text(stranger.get("/governance/decisions/")).count("be settled") == 0
    published(told, secretary)
    said = text(page(stranger, told, "", follow=True))
    assert OPEN in said
    assert SECRET not in said
    assert "Published minutes" in said
    for forbidden in ("Write the minutes", "Correct the minutes", "Publish the minutes", "private part</a>"):
        assert forbidden not in said
    for name in ("private-minutes", "agenda", "attendance"):
        assert page(stranger, told, name).status_code == 404
    register = text(stranger.get("/governance/decisions/"))
    assert "the budget be settled" in register
    assert "a dispute be settled" not in register


def test_an_outsider_gets_no_link_that_is_closed_to_them(told, item, secretary, stranger):
    record_action(
        by=secretary,
        body=told.body,
        commissioner=told.commissioner,
        item=item,
        text="Count the money.",
        owners=["All providers"],
    )
    published(told, secretary)
    said = page(stranger, told).content.decode()
    assert "Count the money." in said
    for address in ("/governance/actions/", f"/governance/meetings/{told.pk}/agenda", "/governance/items/"):
        assert f'href="{address}' not in said.split("<main", 1)[1]


def test_the_meeting_shows_what_was_resolved_to_who_may_read_it(harrow: Harrow, told):
    officer, member = (text(page(signed_in(harrow.user(name)), told, "")) for name in ("officer", "member"))
    assert "the budget be settled" in officer
    assert "a dispute be settled" not in officer
    assert "a dispute be settled" in member


def test_the_register_finds_and_exports(harrow: Harrow, told, item, secretary):
    from governance.workflow.resolutions import replace_resolution

    (small,) = [row.person for row in told.attendances.all()]
    first = item.resolutions.get()
    held = Meeting.objects.get(pk=told.pk)
    replace_resolution(
        first,
        by=secretary,
        seen=held.version,
        outcome="not_agreed",
        text="the budget be refused",
        reason="The wrong way round.",
        quorum_note="The chair said so.",
        votes=[(small, "against")],
    )
    client = signed_in(secretary)

    def found(**asked):
        return {row["text"] for row in rows(client.get("/governance/decisions/", asked | {"_export": "csv"}))}

    budget, refused, dispute = "the budget be settled", "the budget be refused", "a dispute be settled"
    assert found() == {budget, refused, dispute}
    assert found(standing="replaced") == {budget}
    assert found(standing="standing") == {refused, dispute}
    assert found(q="REFUSED") == {refused}
    assert found(subject="dispute") == {dispute}
    assert found(outcome="agreed") == {budget, dispute}
    assert found(body="primary care") == {budget, refused, dispute}
    assert found(body="finance") == set()
    assert found(held_after="2019-05-21") == set()
    assert found(held_before="2019-05-20") == {budget, refused, dispute}
    listed = rows(client.get("/governance/decisions/?_export=csv&q=refused"))[0]
    assert (listed["votes"], listed["standing"], listed["held_on"]) == ("1 against", "Stands", "2019-05-20")
    said = text(client.get("/governance/decisions/"))
    assert "Replaced" in said
    minutes = text(page(client, told))
    assert "Replaced</strong> because The wrong way round." in minutes
    assert "1 against (Dr Genevieve Small)" in minutes
