"""The pages of the register of interests."""

from datetime import date

import pytest

from governance.models import Interest
from tests.governance.interests.rows import interest, text
from tests.reading import rows, signed_in

SECRET = "My brother’s practice"


def listed(client, **asked):
    return rows(client.get("/governance/interests/", asked | {"_export": "csv"}))


TYPED = {
    "kind": "financial",
    "organisation": "E84039",
    "role": "partner",
    "nature": "Partner of the practice.",
    "starts_on_day": "1",
    "starts_on_month": "May",
    "starts_on_year": "2019",
}


def test_a_member_declares_and_reads_it_in_the_register(harrow, practice, member):
    sent = TYPED | {"commissioner": harrow.ccg.pk}
    page = member.post("/governance/interests/declare/", sent, follow=True)
    assert "The interest is declared today." in text(page)
    (row,) = listed(member)
    assert (row["person"], row["organisation"]) == ("Dr Meena Thakur", "Honeypot Medical Centre")
    assert (row["starts_on"], row["declared_on"]) == ("2019-05-01", "2019-05-20")
    assert (row["declared_late"], row["status"]) == ("In time", "In force")


def test_wrong_input_keeps_what_was_typed_and_names_the_field(harrow, practice, member):
    sent = TYPED | {"commissioner": harrow.ccg.pk, "organisation": "", "nature": SECRET}
    page = text(member.post("/governance/interests/declare/", sent))
    assert "Say in which organisation the interest is." in page
    assert SECRET in page
    assert 'href="#id_organisation"' in page


def test_who_is_no_person_is_told_whom_to_ask(officer):
    assert "ask the secretary" in text(officer.get("/governance/interests/declare/"))


def test_the_form_says_that_no_relative_is_named(member):
    assert "do not name the relative" in text(member.get("/governance/interests/declare/"))


@pytest.mark.parametrize(
    ("who", "reads"),
    [("secretary", True), ("auditor", True), ("member", True), ("officer", False), ("chair", False)],
)
def test_of_an_indirect_interest_the_published_register_says_only_that_and_where(
    harrow, practice, thakur, member, who, reads
):
    held = interest(kind="indirect", role="employee", nature=SECRET, organisation=practice, person=thakur)
    client = signed_in(harrow.user(who))
    (row,) = listed(client)
    assert (row["kind"], row["organisation"]) == ("Indirect", "Honeypot Medical Centre")
    assert (row["nature"], row["held_as"]) == (
        (SECRET, "Employee") if reads else ("Not published", "Not published")
    )
    assert (SECRET in text(client.get(held.get_absolute_url()))) is reads
    assert len(listed(client, q="brother")) == (1 if reads and who != "member" else 0)


@pytest.mark.parametrize(("who", "reads"), [("secretary", True), ("auditor", True), ("officer", False)])
def test_what_is_published_no_longer_is_read_by_few(harrow, practice, who, reads):
    held = interest(organisation=practice, ends_on=date(2018, 11, 20))
    client = signed_in(harrow.user(who))
    assert listed(client) == []
    assert len(listed(client, status="all")) == reads
    page = text(client.get(held.get_absolute_url()))
    assert ("Honeypot" in page) is reads
    assert ("Dr Meena Thakur" in page) is reads


def test_the_register_is_filtered_and_searched(secretary, practice, thakur):
    interest(person=thakur, organisation=practice, starts_on=date(2019, 1, 1), declared_on=date(2019, 5, 1))
    interest(kind="personal", nature="A patient group.", ends_on=date(2019, 5, 1))
    for asked, count in (
        ({}, 2),
        ({"kind": "personal"}, 1),
        ({"late": "yes"}, 1),
        ({"late": "unknown"}, 1),
        ({"late": "no"}, 0),
        ({"status": "ended"}, 1),
        ({"status": "held"}, 1),
        ({"organisation": "E84039"}, 1),
        ({"q": "patient group"}, 1),
        ({"person": "patel"}, 0),
        ({"whose": "mine"}, 0),
    ):
        assert len(listed(secretary, **asked)) == count, asked


def test_an_entry_is_ended_corrected_and_withdrawn_from_its_page(secretary, practice):
    held = interest(organisation=practice)
    address = held.get_absolute_url()
    assert "End the interest" in text(secretary.get(address))
    day = {"ends_on_day": "1", "ends_on_month": "5", "ends_on_year": "2019"}
    assert secretary.post(f"{address}end/", {"seen": 1} | day).status_code == 302
    sent = TYPED | {"seen": 2, "reason": "Wrong role.", "role": "employee"} | day
    sent |= {"starts_on_month": "4"}
    assert secretary.post(f"{address}correct/", sent).status_code == 302
    made = Interest.objects.get(supersedes=held)
    page = text(secretary.get(made.get_absolute_url()))
    assert "Wrong role." in page
    assert str(held) in page
    assert (
        secretary.post(f"{made.get_absolute_url()}withdraw/", {"seen": 1, "reason": "No."}).status_code == 302
    )
    assert "Withdraw the entry" not in text(secretary.get(made.get_absolute_url()))


def test_who_changed_it_meanwhile_is_said_and_nothing_typed_is_lost(secretary, practice):
    held = interest(organisation=practice, version=3)
    page = secretary.post(f"{held.get_absolute_url()}withdraw/", {"seen": 2, "reason": "Not so, I hear."})
    assert page.status_code == 409
    assert "Not so, I hear." in page.content.decode()


def test_nobody_else_changes_a_member_s_entry(officer, practice):
    held = interest(organisation=practice)
    assert "End the interest" not in text(officer.get(held.get_absolute_url()))
    page = officer.post(f"{held.get_absolute_url()}withdraw/", {"seen": 1, "reason": "No."})
    assert "by whose interest it is, or by the secretary" in text(page)
    held.refresh_from_db()
    assert held.withdrawn_on is None
