"""From the agenda to published minutes and a correction, as the pages send it."""

import pytest

from governance.models import Action, Meeting, Minute, Resolution
from tests import factories as make
from tests.governance.minutes.rows import NOTE, came, resolved, seen
from tests.harrow import Harrow
from tests.reading import signed_in


@pytest.fixture
def client(secretary):
    return signed_in(secretary)


def send(client, address, item, **typed):
    return client.post(f"/governance/{address}/", {"seen": seen(item)} | typed, follow=True)


def given_out(*cards):
    data = {"actions-TOTAL_FORMS": str(len(cards)), "actions-INITIAL_FORMS": "0"}
    for number, card in enumerate(cards):
        data |= {f"actions-{number}-{name}": value for name, value in card.items()}
    return data


def text(response):
    return " ".join(response.content.decode().split())


CARD = {"kind": "scrutiny", "text": "Bring the full report to the next meeting.", "owners": "All providers"}


def test_from_the_agenda_to_published_minutes_to_a_correction(harrow: Harrow, item, client):
    at = f"meetings/{item.meeting_id}"
    small, sehgal = came(item.meeting, "Dr Genevieve Small", "Javina Sehgal")
    draft = client.get(f"/governance/{at}/minutes/")
    assert "Before they are published: Item 1 was to be decided" in text(draft)
    blocked = client.get(f"/governance/{at}/publish-minutes/")
    assert "Item 1 was to be decided" in text(blocked)
    said = send(
        client,
        f"items/{item.pk}/minute",
        item,
        text="The Chair asked why.\r\n\r\nNobody knew.",
        **given_out(CARD | {"owners": f"All providers; {harrow.ccg}; javina sehgal", "due_on_day": ""}),
    )
    assert "The minutes of the item are saved." in text(said)
    assert "Nobody knew." in text(said)
    action = Action.objects.get()
    assert (action.kind, action.item, action.text) == ("scrutiny", item, CARD["text"])
    assert [str(owner) for owner in action.owners.all()] == [
        "All providers",
        str(harrow.ccg),
        "Javina Sehgal",
    ]
    assert "due date not held" in text(said)
    done = send(
        client,
        f"items/{item.pk}/resolve",
        item,
        outcome="agreed",
        text="the budget be approved",
        number="12/19",
        quorum_note=NOTE,
        **{f"vote_{small.pk}": "for", f"vote_{sehgal.pk}": "abstained"},
    )
    assert "<strong>RESOLVED that</strong> the budget be approved" in text(done)
    assert "Votes: 1 for (Dr Genevieve Small); 1 abstained (Javina Sehgal)" in text(done)
    published = send(client, f"{at}/publish-minutes", item)
    assert "The minutes are published." in text(published)
    typed = {"text": "The Chair asked why.\n\nTwo members knew."}
    refused = send(client, f"items/{item.pk}/minute", item, **typed)
    assert "Fill in: Why the published minutes are corrected" in text(refused)
    assert "Two members knew." in text(refused)
    corrected = text(send(client, f"items/{item.pk}/minute", item, **typed, reason="Two did know."))
    for words in ("Two members knew.", "Nobody knew.", "Two did know.", "As it stood before the correction"):
        assert words in corrected


def test_what_is_typed_is_kept_where_it_is_refused_or_stale(item, client, secretary):
    (small,) = came(item.meeting, "Dr Genevieve Small")
    typed = {"outcome": "agreed", "text": "the lease be signed", "number": "7", f"vote_{small.pk}": "against"}
    refused = send(client, f"items/{item.pk}/resolve", item, **typed)
    assert "Fill in: How you know that the body could decide" in text(refused)
    old = seen(item)
    resolved(item, secretary)
    stale = client.post(
        f"/governance/items/{item.pk}/resolve/", {"seen": old, "quorum_note": NOTE} | typed, follow=True
    )
    assert stale.status_code == 409
    for said in (refused, stale):
        assert "the lease be signed</textarea>" in text(said)
        assert 'value="against" checked' in text(said).replace('type="radio" ', "")
    lost = client.post(
        f"/governance/items/{item.pk}/minute/",
        {"seen": old, "text": "What was said."} | given_out(CARD),
        follow=True,
    )
    assert lost.status_code == 409
    assert "What was said.</textarea>" in text(lost)
    assert CARD["text"] in text(lost)
    assert not Action.objects.exists()
    assert not Minute.objects.exists()


def test_another_card_is_added_without_saving(item, client):
    added = client.post(
        f"/governance/items/{item.pk}/minute/",
        {"seen": seen(item), "text": "Half a sen", "actions-add": "1"} | given_out(CARD),
    )
    assert "Half a sen</textarea>" in text(added)
    assert "Action 2" in text(added)
    assert not Minute.objects.exists()


def test_an_action_alone_needs_no_change_of_the_words(item, client):
    words = {"text": "What was said."}
    send(client, f"items/{item.pk}/minute", item, **words, **given_out())
    assert "Nothing was changed." in text(
        send(client, f"items/{item.pk}/minute", item, **words, **given_out())
    )
    send(client, f"items/{item.pk}/minute", item, **words, **given_out(CARD))
    assert Action.objects.get().text == CARD["text"]


def test_a_wrong_resolution_is_replaced_on_its_page(item, client, secretary):
    first = resolved(item, secretary, number="9")
    form = text(client.get(f"/governance/resolutions/{first.pk}/replace/"))
    assert "the budget be approved</textarea>" in form
    assert NOTE in form
    send(
        client,
        f"resolutions/{first.pk}/replace",
        item,
        outcome="not_agreed",
        text="the budget be refused",
        quorum_note=NOTE,
        reason="It was the other way round.",
    )
    assert Resolution.objects.get(supersedes=first).text == "the budget be refused"
    blocked = client.get(f"/governance/resolutions/{first.pk}/replace/")
    assert "It is replaced already." in text(blocked)


def test_a_form_that_can_t_be_used_says_why(harrow: Harrow, item, client, secretary):
    item.subject = harrow.panel
    item.save()
    said = text(client.get(f"/governance/items/{item.pk}/resolve/"))
    assert "What is decided on this item is recorded on the page of what it is about." in said
    assert harrow.panel.get_absolute_url() in said
    item.subject = None
    item.save()
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=3, offices=[])
    came(item.meeting, "Dr Genevieve Small")
    said = text(client.get(f"/governance/items/{item.pk}/resolve/"))
    assert "Not quorate: 2 more voting." in said
    assert "<textarea" not in said


def test_without_anybody_s_attendance_publishing_asks_for_it(item, client, secretary):
    resolved(item, secretary)
    asked = send(client, f"meetings/{item.meeting_id}/publish-minutes", item)
    assert "Nobody is recorded as present: record who was there, or say that it is not held." in text(asked)
    send(client, f"meetings/{item.meeting_id}/publish-minutes", item, attendance_not_held="on")
    assert Meeting.objects.get(pk=item.meeting_id).minutes_published_at
    assert "The attendance is not held." in text(
        client.get(f"/governance/meetings/{item.meeting_id}/minutes/")
    )


def test_who_withdrew_does_not_minute_the_private_item(harrow: Harrow, private, secretary, client):
    (person,) = came(private.meeting, "Harrow committee secretary")
    secretary.person = person
    secretary.save()
    private.withdrawals.create(person=person, reason="A partner.")
    for name in ("minute", "resolve"):
        assert client.get(f"/governance/items/{private.pk}/{name}/").status_code == 403
