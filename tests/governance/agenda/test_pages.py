"""The pages of an agenda: what each role sees and may do."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from governance.models import Meeting, Paper, StandingItem
from governance.pack import build
from tests.governance.agenda.making import (
    item_of,
    member_called,
    now,
)
from tests.governance.agenda.sending import agenda, paper_page, said
from tests.harrow import Harrow
from tests.reading import signed_in

SECRET = "Contract of Zain"


def test_the_secretary_sees_items_with_times_papers_and_verbs(harrow: Harrow, meeting, secretary):
    page = said(agenda(secretary, meeting))
    for words in ("1. Networks", "14:00 to 14:30", "To approve them.", "Paper 1: Report", "PDF, 2 pages"):
        assert words in page
    for verb in ("Move down", "Add a paper", "Publish the agenda", "Set up the agenda", SECRET):
        assert verb in page


def test_who_may_not_read_private_papers_sees_that_there_is_one_item_and_no_more(harrow: Harrow, meeting):
    page = said(agenda(signed_in(harrow.user("officer")), meeting))
    assert "An item in the private part" in page
    for gone in (SECRET, "To end it", "Legal advice", "private-pack", "Move up", "Add a paper", "Publish"):
        assert gone not in page
    assert SECRET not in said(signed_in(harrow.user("officer")).get(meeting.get_absolute_url()))
    assert "Legal advice" in said(agenda(signed_in(harrow.user("member")), meeting))


def test_who_withdrew_finds_no_private_paper_anywhere(harrow: Harrow, meeting):
    member = member_called(harrow, "Dr Amol Kelshiker")
    networks = meeting.items.get(title="Networks")
    client = signed_in(member)
    assert client.get(paper_page("Legal advice")).status_code == 200
    networks.withdrawals.create(person=member.person, reason="Partner.")
    assert client.get(paper_page("Legal advice")).status_code == 404
    assert b"".join(client.get(paper_page("Report"))).startswith(b"%PDF")
    page = said(agenda(client, meeting))
    assert "Legal advice" not in page
    assert "Paper 2: kept from you" in page
    pack = client.get(f"/governance/meetings/{meeting.pk}/private-pack.pdf")
    assert "Kept." not in "".join(p.extract_text() for p in PdfReader(io.BytesIO(pack.content)).pages)


@pytest.mark.parametrize(
    ("name", "paper", "pack", "private"),
    [("member", 200, 200, 200), ("officer", 404, 200, 403), ("finance", 404, 200, 403)],
)
def test_papers_and_packs_are_handed_out_by_role(harrow: Harrow, meeting, name, paper, pack, private):
    client = signed_in(harrow.user(name))
    assert client.get(paper_page("Legal advice")).status_code == paper
    assert client.get(f"/governance/meetings/{meeting.pk}/pack.pdf").status_code == pack
    assert client.get(f"/governance/meetings/{meeting.pk}/private-pack.pdf").status_code == private


def test_another_commissioners_agenda_is_not_there(harrow: Harrow, meeting):
    client = signed_in(harrow.user("officer@havering.example"))
    for address in ("agenda/", "pack.pdf", "private-pack.pdf", "agenda/add/", "publish-agenda/"):
        assert client.get(f"/governance/meetings/{meeting.pk}/{address}").status_code == 404
    assert client.get(paper_page("Report")).status_code == 404


def test_files_are_to_keep_and_never_shown_on_our_address(harrow: Harrow, meeting, secretary):
    for address in (paper_page("Report"), f"/governance/meetings/{meeting.pk}/pack.pdf"):
        answer = secretary.get(address)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"] == "application/pdf"
        b"".join(answer)


def test_a_pack_that_is_too_large_says_so(harrow: Harrow, meeting, secretary, monkeypatch):
    monkeypatch.setattr(build, "MOST_PAGES", 2)
    answer = secretary.get(f"/governance/meetings/{meeting.pk}/pack.pdf")
    assert answer.status_code == 422
    assert "The largest is “Report”" in said(answer)


def test_standing_items_have_a_page_with_their_verbs(harrow: Harrow, secretary):
    address = f"/governance/bodies/{harrow.committee.slug}/standing/"
    assert "This body has no standing items." in said(secretary.get(address))
    body = {"seen": now(harrow.committee).version}
    typed = {"title": "Welcome", "purpose": "note", "minutes": "5", "presenter": "Chair"}
    secretary.post(f"{address}add/", body | typed)
    row = StandingItem.objects.get()
    assert (row.title, row.minutes, row.is_last) == ("Welcome", 5, False)
    page = said(secretary.get(address))
    assert "5 minutes" in page
    assert "Move up" in page
    assert "Move up" not in said(signed_in(harrow.user("member")).get(address))
    body = {"seen": now(harrow.committee).version, "reason": "Said by the chair."}
    secretary.post(f"/governance/standing-items/{row.pk}/end/", body)
    assert "Welcome, until" in said(secretary.get(address))


def test_a_long_agenda_asks_the_database_as_often_as_a_short_one(harrow: Harrow, meeting, secretary):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            agenda(secretary, meeting)
        return len(asked)

    queries()
    before = queries()
    for number in range(12):
        made = item_of(harrow, meeting, f"Item {number}", subject=harrow.committee)
        Paper.objects.create(item=made, enclosure=1, title="Paper", cover="Words.")
    assert queries() <= before + 1  # what the items are about is of one kind
    assert before <= 16


def test_a_meeting_without_date_or_time_has_an_agenda(harrow: Harrow, meeting, secretary):
    Meeting.objects.filter(pk=meeting.pk).update(held_on=None, starts_at=None, ends_at=None)
    assert agenda(secretary, meeting).status_code == 200
    assert secretary.get(f"/governance/meetings/{meeting.pk}/pack.pdf").status_code == 200
