"""Papers: what may be kept, who reads what, and what is replaced or withdrawn."""

import pytest

from governance.agenda import may_read_paper
from governance.models import Conflict, Paper, Withdrawal
from governance.workflow.papers import replace_paper, withdraw_paper
from tests.claims import one_event, refused
from tests.governance.agenda.making import (
    docx,
    item_of,
    meeting_of,
    member_called,
    now,
    paper_of,
    pdf,
    png,
    publish,
    read,
    seen,
    text,
    told,
    upload,
    where,
)
from tests.governance.agenda.uploads import encrypted, pageless
from tests.harrow import Harrow


@pytest.fixture
def meeting(harrow: Harrow):
    return meeting_of(harrow)


@pytest.fixture
def item(harrow: Harrow, meeting):
    return item_of(harrow, meeting, "Primary Care Networks")


def replace(harrow, paper, content=None, name="paper.pdf", reason="A figure was wrong.", **facts):
    held = Paper.objects.select_related("item__meeting").get(pk=paper.pk)
    facts = {"title": held.title} | facts
    file = upload(content, name) if content else None
    return replace_paper(
        held, by=harrow.user("secretary"), seen=held.item.meeting.version, upload=file, reason=reason, **facts
    )


def withdraw(harrow, paper, reason="It names a patient."):
    held = Paper.objects.select_related("item__meeting").get(pk=paper.pk)
    withdraw_paper(held, by=harrow.user("secretary"), seen=held.item.meeting.version, reason=reason)


def test_a_paper_is_a_file_or_words_or_both(harrow: Harrow, meeting, item):
    with one_event(meeting, "added a paper", harrow.user("secretary"), paper=1):
        first = paper_of(harrow, item, "Report", pdf("One", "Two"))
    second = paper_of(harrow, item, "Note", cover="Words alone.")
    third = paper_of(harrow, item, "Letter", docx(), "letter.docx", cover="A letter.")
    assert [paper.enclosure for paper in (first, second, third)] == [1, 2, 3]
    assert (first.file.pages, first.file.media_type, first.file.name) == (2, "application/pdf", "paper.pdf")
    assert (third.file.pages, second.file) == (None, None)
    assert not first.is_late
    with refused("Write what the paper says, or choose its file.", "cover"):
        paper_of(harrow, item, "Nothing", cover=" ")
    with refused("Say what the paper is called.", "title"):
        paper_of(harrow, item, " ", cover="Words.")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (encrypted(pdf("x")), "paper.pdf", "The PDF is encrypted, so its pages can't be put into a pack."),
        (encrypted(pdf("x"), password=""), "paper.pdf", "The PDF is encrypted"),
        (pdf("x")[:300], "paper.pdf", "The PDF can't be read: it may be broken."),
        (pageless(), "paper.pdf", "The PDF has no pages."),
        (png()[:60], "map.png", "The pages of the file can't be put into a pack: it may be broken."),
        (docx(), "paper.pdf", "The file's content is not what its name says (.pdf)."),
        (b"MZ\x90", "run.exe", "Choose a PDF, Word document (.docx), PNG or JPEG image."),
        (b"{}", "area.geojson", "Choose a PDF, Word document (.docx), PNG or JPEG image."),
    ],
)
def test_what_a_pack_could_not_hold_is_refused(harrow: Harrow, item, content, name, sentence):
    with refused(sentence, "file"):
        paper_of(harrow, item, "Report", content, name)


def test_private_papers_are_for_who_may_read_them_and_did_not_withdraw(harrow: Harrow, item):
    open_paper = paper_of(harrow, item, "Report", cover="Open.")
    private = paper_of(harrow, item, "Advice", cover="Closed.", is_private=True)
    readers = ["secretary", "manager", "chair", "member", "auditor", "officer", "finance"]
    assert [name for name in readers if may_read_paper(harrow.user(name), open_paper)] == readers
    assert [name for name in readers if may_read_paper(harrow.user(name), private)] == readers[:5]
    partner = member_called(harrow, "Dr Amol Kelshiker")
    assert may_read_paper(partner, private)
    Withdrawal.objects.create(item=item, person=partner.person, reason="Partner.")
    assert may_read_paper(partner, open_paper)
    assert not may_read_paper(partner, private)


def test_who_is_to_leave_for_a_conflict_reads_no_private_paper_before_the_meeting(harrow: Harrow, item):
    private = paper_of(harrow, item, "Advice", cover="Closed.", is_private=True)
    partner = member_called(harrow, "Dr Amol Kelshiker")
    conflict = Conflict.objects.create(
        item=item,
        person=partner.person,
        because="Partner.",
        judgement="confirmed",
        judged_by=harrow.user("secretary"),
        handling="stays",
        handled_by=harrow.user("chair"),
    )
    assert may_read_paper(partner, private)
    Conflict.objects.filter(pk=conflict.pk).update(handling="no_paper")
    assert not may_read_paper(partner, private)


def test_papers_of_a_private_item_are_private(harrow: Harrow, meeting):
    paper = paper_of(harrow, item_of(harrow, meeting, "Contract", is_private=True), "Terms", cover="Kept.")
    assert not may_read_paper(harrow.user("officer"), paper)


def test_a_replaced_paper_stays_readable_and_leaves_the_pack(harrow: Harrow, meeting, item):
    old = paper_of(harrow, item, "Report", pdf("First version"))
    with refused("Say why it is replaced.", "reason"):
        replace(harrow, old, pdf("Second version"), reason=" ")
    with one_event(meeting, "replaced a paper", harrow.user("secretary"), paper=1):
        new = replace(harrow, old, pdf("Second version"))
    assert (new.supersedes, new.enclosure, new.reason) == (old, 1, "A figure was wrong.")
    assert may_read_paper(harrow.user("officer"), now(old))
    assert "Second version" in text(read(meeting))
    assert "First version" not in text(read(meeting))
    with refused("This paper is replaced already."):
        replace(harrow, old, pdf("Third version"))


def test_a_longer_replacement_after_publishing_renumbers_nothing(harrow: Harrow, meeting, item):
    old = paper_of(harrow, item, "Report", pdf("Old one", "Old two"))
    paper_of(harrow, item, "Map", pdf("The map"))
    publish(harrow, meeting)
    replace(harrow, old, pdf("New one", "New two", "New three"))
    pack = read(meeting)
    assert pack.page_labels == ["i", "ii", "1", "2", "3", "3a", "4"]
    assert where(pack, "New three") == ["3a"]
    assert where(pack, "The map") == ["4"]


def test_a_shorter_replacement_leaves_numbers_out(harrow: Harrow, meeting, item):
    old = paper_of(harrow, item, "Report", pdf("Old one", "Old two"))
    paper_of(harrow, item, "Map", pdf("The map"))
    publish(harrow, meeting)
    replace(harrow, old, pdf("New one"))
    assert read(meeting).page_labels == ["i", "ii", "1", "2", "4"]


def test_what_turns_out_to_be_private_was_private_before(harrow: Harrow, item):
    old = paper_of(harrow, item, "Report", cover="It names a patient.")
    replace(harrow, old, cover="It names nobody.", is_private=True)
    assert not may_read_paper(harrow.user("officer"), now(old))


def test_a_withdrawn_paper_is_its_secretarys_alone_and_so_is_what_it_replaced(harrow: Harrow, meeting, item):
    old = paper_of(harrow, item, "Report", cover="First.")
    new = replace(harrow, old, cover="Second.")
    with refused("Say why it is withdrawn.", "reason"):
        withdraw(harrow, new, reason="")
    with one_event(meeting, "withdrew a paper", harrow.user("secretary"), paper=1):
        withdraw(harrow, new)
    for paper in (now(old), now(new)):
        assert not may_read_paper(harrow.user("member"), paper)
        assert may_read_paper(harrow.user("secretary"), paper)
    assert "Report" not in text(read(meeting))
    with refused("This paper is withdrawn already."):
        withdraw(harrow, new)


def test_no_event_tells_the_title_of_a_paper(harrow: Harrow, item):
    paper = paper_of(harrow, item, "Advice on Zain", cover="Words.", is_private=True)
    replace(harrow, paper, title="Advice on Zain again", cover="Other words.")
    assert "Zain" not in str(told())


def test_an_item_off_the_agenda_takes_no_paper(harrow: Harrow, item):
    type(item).objects.filter(pk=item.pk).update(is_taken_off=True)
    with refused("The item is off the agenda."):
        paper_of(harrow, item, "Report", cover="Words.")


def test_each_paper_is_of_the_version_that_was_seen(harrow: Harrow, meeting, item):
    before = seen(meeting)
    paper_of(harrow, item, "Report", cover="Words.")
    assert seen(meeting) == before + 1
