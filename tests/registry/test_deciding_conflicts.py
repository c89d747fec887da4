"""A registration is decided once the confirmed conflicts of who decides are handled."""

from pcnportal.people.models import Person
from tests.claims import refused
from tests.harrow import Harrow
from tests.registry.test_deciding import before, decide, present

__all__ = ["before"]


def test_a_confirmed_conflict_is_handled_before_it_is_decided(harrow: Harrow, before, client):
    item = present(harrow, before, "Dr Genevieve Small")
    row = item.conflicts.create(
        person=Person.objects.get(name="Dr Genevieve Small"), key="by-hand:1", because="A partner."
    )
    client.force_login(harrow.user("secretary"))
    page = f"/registrations/{before.pk}/approve/"
    said = client.get(page).content.decode()
    assert "Dr Genevieve Small, proposed: The secretary confirms it" in said
    assert f"/governance/items/{item.pk}/conflicts/" in said
    row.judgement, row.judged_by = "confirmed", harrow.user("secretary")
    row.save()
    with refused("Dr Genevieve Small has a conflict of interest with this item that is confirmed"):
        decide(harrow, before)
    assert "the chair records first what was done" in client.get(page).content.decode()
    row.handling, row.handled_by = "no_vote", harrow.user("chair")
    row.save()
    assert decide(harrow, before)
