"""The pages of the conflicts of an item, and of breaches."""

from django.urls import reverse

from governance.models import Breach, Conflict, Seat
from tests import factories as make
from tests.governance.interests.rows import text
from tests.reading import rows, signed_in


def conflict(item, person, **facts):
    facts = {"rule": "of-a-member-practice", "because": "Honeypot Medical Centre.", "key": "k"} | facts
    return Conflict.objects.create(item=item, person=person, **facts)


def test_the_page_of_an_item_says_its_rule_and_what_to_do_next(secretary, item, thakur):
    conflict(item, thakur)
    page = text(secretary.get(reverse("governance:conflicts", args=[item.pk])))
    assert "Of a member practice" in page
    assert "The secretary confirms it or sets it aside with a reason." in page
    assert "Quorum of the item as it stands" in page


def test_a_conflict_is_confirmed_by_the_secretary_and_handled_by_the_chair(harrow, secretary, item, thakur):
    held = conflict(item, thakur)
    chair = signed_in(harrow.user("chair"))
    assert "has not confirmed it yet" in text(chair.get(f"/governance/conflicts/{held.pk}/handle/"))
    secretary.post(f"/governance/conflicts/{held.pk}/judge/", {"seen": 1, "judgement": "confirmed"})
    offered = text(chair.get(f"/governance/conflicts/{held.pk}/handle/"))
    assert "the vice-chair takes the chair" not in offered
    chair.post(f"/governance/conflicts/{held.pk}/handle/", {"seen": 2, "handling": "leaves"})
    page = text(secretary.get(reverse("governance:conflicts", args=[item.pk])))
    assert "Leaves for the item" in page
    assert "1 handled" in text(secretary.get(item.meeting.get_absolute_url()))


def test_setting_aside_without_a_reason_names_the_field(secretary, item, thakur):
    held = conflict(item, thakur)
    page = text(
        secretary.post(f"/governance/conflicts/{held.pk}/judge/", {"seen": 1, "judgement": "set_aside"})
    )
    assert "Say why it is set aside." in page


def test_others_read_only_what_is_confirmed(officer, item, thakur):
    conflict(item, thakur)
    page = text(officer.get(reverse("governance:conflicts", args=[item.pk])))
    assert "Dr Meena Thakur" not in page
    assert "No conflict of interest is confirmed" in page


def test_of_a_private_item_nothing_is_told_to_who_reads_nothing_private(officer, item, thakur, secretary):
    held = conflict(item, thakur)
    secretary.post(f"/governance/conflicts/{held.pk}/judge/", {"seen": 1, "judgement": "confirmed"})
    address = reverse("governance:conflicts", args=[item.pk])
    assert "Honeypot" in text(officer.get(address))
    type(item).objects.filter(pk=item.pk).update(is_private=True)
    page = text(officer.get(address))
    assert "Honeypot" not in page
    assert "Harrow East PCN" not in page
    assert "Honeypot" in text(secretary.get(address))


def test_one_that_was_declared_at_the_meeting_is_added_by_hand(secretary, item):
    sent = {"seen": 1, "name": "Dr Dilip Patel", "because": "Shares in the payee."}
    page = secretary.post(reverse("governance:add_conflict", args=[item.pk]), sent, follow=True)
    assert "Declared, not proposed by a rule" in text(page)


def test_the_secretary_looks_again(harrow, secretary, practice):
    case = make.CaseFactory.create()
    form = make.SubmissionFactory.create(case=case, is_submitted=True)
    make.SubmittedMemberFactory.create(submission=form, practice=practice.practice)
    case.current = form
    case.save()
    item = make.AgendaItemFactory.create(meeting__body=harrow.committee, subject=case)
    Seat.objects.create(body=harrow.committee, person=make.PersonFactory.create(organisation=practice))
    page = secretary.post(reverse("governance:look_again", args=[item.pk]), {"seen": 1}, follow=True)
    assert "Honeypot Medical Centre, a member practice" in text(page)


def test_the_rules_are_listed(officer):
    assert 'id="not-declared"' in text(officer.get("/governance/conflicts/rules/"))


def test_a_breach_goes_from_recorded_to_closed(harrow, secretary):
    day = {"found_on_day": "20", "found_on_month": "5", "found_on_year": "2019"}
    sent = {"commissioner": harrow.ccg.pk, "what": "Declared too late."} | day
    secretary.post("/governance/breaches/new/", sent)
    held = Breach.objects.get()
    assert "Say first what was found." in text(secretary.get(held.get_absolute_url()))
    secretary.post(f"{held.get_absolute_url()}findings/", {"seen": 1, "findings": "So it was."})
    secretary.post(f"{held.get_absolute_url()}close/", {"seen": 2, "done": "Training."})
    (row,) = rows(secretary.get("/governance/breaches/?status=closed&_export=csv"))
    assert (row["what"], row["findings"], row["done"]) == ("Declared too late.", "So it was.", "Training.")
    assert rows(secretary.get("/governance/breaches/?status=open&_export=csv")) == []
