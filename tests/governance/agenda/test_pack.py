"""The pack: one PDF, contents first, every page numbered, nothing private in the public one."""

import io

import pytest
from pypdf import PdfReader

from governance.models import Meeting, Withdrawal
from governance.pack import TooLarge, build, pack_of
from governance.workflow.agenda import take_off
from pcnportal.history.models import Event
from tests.claims import not_allowed
from tests.governance.agenda.making import (
    docx,
    item_of,
    meeting_of,
    member_called,
    now,
    outline,
    paper_of,
    pdf,
    png,
    publish,
    read,
    seen,
    stamped,
    text,
    where,
)
from tests.harrow import Harrow

SECRET = "Contract of Zain"


@pytest.fixture
def meeting(harrow: Harrow):
    """Three items in public, the second with papers of each kind, and one in private."""
    meeting = meeting_of(harrow)
    item_of(harrow, meeting, "Apologies", duration=5)
    registration = item_of(
        harrow,
        meeting,
        "Primary Care Networks",
        duration=30,
        asked="To approve six registrations.",
        if_not="They miss 31 May.",
    )
    paper_of(harrow, registration, "Report", pdf("Report one", "Report two"), author="Javina Sehgal")
    paper_of(harrow, registration, "Map", png(), "map.png")
    paper_of(harrow, registration, "Draft letter", docx(), "letter.docx", cover="Below is a letter.")
    paper_of(harrow, registration, "Legal advice", pdf("Advice kept in private"), is_private=True)
    item_of(harrow, meeting, "Close")
    private = item_of(harrow, meeting, SECRET, is_private=True, asked="To end it.")
    paper_of(harrow, private, "Terms of ending", pdf("The terms"), cover="Read the terms.")
    paper_of(harrow, private, "Draft notice", docx(), "notice.docx")
    return meeting


def item(meeting, title):
    return meeting.items.get(title=title)


def test_it_begins_with_cover_and_contents_and_is_in_the_agendas_order(harrow: Harrow, meeting):
    pack = read(meeting)
    pages = [" ".join(page.extract_text().split()) for page in pack.pages]
    assert "Primary Care Commissioning Committee" in pages[0]
    assert "Monday 20 May 2019" in pages[0]
    assert "14:00 to 16:00" in pages[0]
    assert "Committee Room 1" in pages[0]
    assert pages[1].startswith("Contents")
    assert "2. Primary Care Networks (14:05 to 14:35)" in pages[1]
    assert "To approve six registrations." in pages[3]
    assert "They miss 31 May." in pages[3]
    assert "Report one" in pages[4]
    assert "Report two" in pages[5]
    assert len(pack.pages[6].images) == 1
    assert "Below is a letter." in pages[7]
    assert "can't be shown here" in pages[7]
    assert "3. Close" in pages[8]
    assert len(pages) == 9


def test_every_page_is_stamped_with_its_label_and_the_contents_are_roman(harrow: Harrow, meeting):
    pack = read(meeting)
    assert pack.page_labels == ["i", "ii", "1", "2", "3", "4", "5", "6", "7"]
    assert stamped(pack) == pack.page_labels


def test_bookmarks_lead_to_items_and_their_papers(harrow: Harrow, meeting):
    assert outline(read(meeting)) == [
        (0, "Contents", 1),
        (0, "1. Apologies", 2),
        (0, "2. Primary Care Networks", 3),
        (1, "Paper 1: Report", 4),
        (1, "Paper 2: Map", 6),
        (1, "Paper 3: Draft letter", 7),
        (0, "3. Close", 8),
    ]


def test_each_line_of_the_contents_leads_to_its_page(harrow: Harrow, meeting):
    pack = read(meeting)
    links = [mark.get_object() for mark in pack.pages[1]["/Annots"]]
    targets = [pack.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert targets == [2, 3, 4, 6, 7, 8]
    heights = [float(link["/Rect"][3]) for link in links]
    assert heights == sorted(heights, reverse=True)


def test_nothing_private_is_in_the_public_pack(harrow: Harrow, meeting):
    content = pack_of(meeting)
    pack = PdfReader(io.BytesIO(content))
    said = text(pack) + str(outline(pack))
    for words in (SECRET, "Advice", "Legal", "terms", "Terms", "To end it", "notice"):
        assert words not in said
    assert list(pack.attachments) == ["Item 2 (2) paper 3 letter.docx"]
    assert b"notice" not in content
    assert "What is taken in private is not in this pack." in said


def test_the_private_pack_goes_on_where_the_public_one_ends(harrow: Harrow, meeting):
    public, private = read(meeting), read(meeting, harrow.user("member"))
    assert private.page_labels[:9] == public.page_labels
    assert where(private, "Advice kept in private") == ["8"]
    assert where(private, "To end it.") == ["9"]
    assert where(private, "Read the terms.") == ["10"]
    assert where(private, "The terms") == ["11"]
    assert outline(private)[7:] == [
        (0, "Private part", 9),
        (1, "2. Primary Care Networks: private papers", 9),
        (2, "Paper 4: Legal advice", 9),
        (1, f"4. {SECRET}", 10),
        (2, "Paper 1: Terms of ending", 11),
        (2, "Paper 2: Draft notice", 13),
    ]
    assert len(private.attachments) == 2


def test_who_may_not_read_private_papers_gets_no_private_pack(harrow: Harrow, meeting):
    for name in ("officer", "finance"):
        with not_allowed():
            pack_of(meeting, reader=harrow.user(name))


def test_who_withdrew_gets_a_private_pack_without_that_items_papers(harrow: Harrow, meeting):
    reader = member_called(harrow, "Dr Amol Kelshiker")
    networks = item(meeting, "Primary Care Networks")
    Withdrawal.objects.create(item=networks, person=reader.person, reason="Partner")
    pack = read(meeting, reader)
    assert "Advice" not in text(pack)
    assert where(pack, "To end it.") == ["9"]
    assert "kept from you" in text(pack)
    assert "Report one" in text(pack)


def test_late_papers_come_after_their_item_and_renumber_nothing(harrow: Harrow, meeting):
    publish(harrow, meeting)
    before = read(meeting).page_labels
    first = paper_of(
        harrow, item(meeting, "Apologies"), "Letter", pdf("Late one", "Late two"), reason="It came today."
    )
    assert first.is_late
    networks = item(meeting, "Primary Care Networks")
    paper_of(harrow, networks, "Answer", pdf("Answer one"), reason="It came today.")
    pack = read(meeting)
    assert pack.page_labels == ["i", "ii", "1", "1a", "1b", "2", "3", "4", "5", "6", "6a", "7"]
    assert [label for label in pack.page_labels if label in before] == before
    assert stamped(pack) == pack.page_labels
    paper_of(harrow, item(meeting, "Apologies"), "Another", pdf("Later still"), reason="It came today.")
    assert where(read(meeting), "Late two") == ["1b"]
    assert where(read(meeting), "Later still") == ["1c"]
    assert "Letter, late paper" in text(read(meeting))


def test_a_private_late_paper_takes_no_number_of_a_public_one(harrow: Harrow, meeting):
    publish(harrow, meeting)
    member = harrow.user("member")
    close = item(meeting, "Close")
    paper_of(harrow, close, "Kept", pdf("Kept late"), is_private=True, reason="It came today.")
    paper_of(harrow, close, "Open", pdf("Open late"), reason="It came today.")
    private = read(meeting, member)
    assert where(private, "Open late") == where(read(meeting), "Open late") == ["7a"]
    assert len(set(private.page_labels)) == len(private.pages)


def test_the_same_agenda_gives_the_same_bytes(harrow: Harrow, meeting):
    assert pack_of(now(meeting)) == pack_of(now(meeting))


def test_making_a_pack_writes_nothing(harrow: Harrow, meeting, django_assert_max_num_queries):
    events, held = Event.objects.count(), Meeting.objects.values().get(pk=meeting.pk)
    reader = member_called(harrow, "Dr Amol Kelshiker")
    fresh = Meeting.objects.select_related("body", "commissioner").get(pk=meeting.pk)
    with django_assert_max_num_queries(6):
        pack_of(fresh, reader=reader)
    assert (Event.objects.count(), Meeting.objects.values().get(pk=meeting.pk)) == (events, held)


def test_papers_that_are_too_large_together_are_refused_with_the_largest(
    harrow: Harrow, meeting, monkeypatch
):
    monkeypatch.setattr(build, "MOST_PAGES", 6)
    with pytest.raises(TooLarge, match="a pack holds at most 100 MB and 6 pages"):
        pack_of(meeting)


def test_names_of_every_script_are_shown_as_far_as_the_fonts_go(harrow: Harrow):
    meeting = meeting_of(harrow, place="Kossuth tér")
    made = item_of(harrow, meeting, "Győző <Kovács> & דוד", presenter="Łukasz Žižek")
    paper_of(harrow, made, "文件", cover="Text")
    pack = read(meeting)
    said = text(pack)
    assert "Gyozo <Kovács> & ???" in said
    assert "Łukasz Žižek" in said
    assert "lack some letters" in said
    assert "latin small letter o with double acute (here o)" in said
    assert outline(pack)[1][1] == "1. Győző <Kovács> & דוד"


def test_an_item_taken_off_after_publishing_is_missed_by_its_number_alone(harrow: Harrow, meeting):
    publish(harrow, meeting)
    for title in ("Apologies", SECRET):
        take_off(item(meeting, title), by=harrow.user("secretary"), seen=seen(meeting), reason="It was done.")
    pack = read(meeting)
    assert pack.page_labels == ["i", "ii", "2", "3", "4", "5", "6", "7"]
    assert "1. Apologies: taken off the agenda" in text(pack)
    assert SECRET not in text(pack)
    assert SECRET in text(read(meeting, harrow.user("member")))


def test_what_the_registry_puts_on_a_published_agenda_says_that_it_is_late(harrow: Harrow, meeting):
    publish(harrow, meeting)
    late = item_of(harrow, meeting, "A new registration")
    assert Event.objects.latest("pk").reason == "It came after the agenda was published."
    assert str(late) == "5. A new registration"
    labels = read(meeting).page_labels
    paper_of(harrow, item(meeting, "Close"), "Late", pdf("Later"), reason="Today.")
    assert [label for label in read(meeting).page_labels if label in labels] == labels
