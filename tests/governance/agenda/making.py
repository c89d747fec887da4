"""Meetings with agendas and papers, as the verbs make them, and what their packs say."""

import io
import struct
import zipfile
import zlib
from datetime import time

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from governance.models import AgendaItem, Meeting
from governance.pack import pack_of
from governance.workflow import agenda, papers
from governance.workflow.meetings import add_item
from pcnportal.history.models import Event
from pcnportal.people.models import Person
from tests import factories as make

TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def pdf(*pages, size=(595, 842), rotate=0):
    """A PDF with a page for each text."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, invariant=1)
    for text in pages:
        canvas.setPageRotation(rotate)
        canvas.drawString(72, 400, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def docx():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<w:document/>")
    return held.getvalue()


def png(width=40, height=20):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    lines = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def upload(content, name="paper.pdf"):
    return SimpleUploadedFile(name, content)


def now(row):
    """The row as it is held."""
    return type(row)._default_manager.get(pk=row.pk)


def seen(meeting):
    return Meeting.objects.get(pk=meeting.pk).version


def meeting_of(harrow, **facts):
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    facts = {"starts_at": time(14), "ends_at": time(16), "place": "Committee Room 1"} | facts
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    return now(meeting)


def item_of(harrow, meeting, title, **facts):
    return add_item(now(meeting), by=harrow.user("secretary"), title=title, **facts)


def paper_of(harrow, item, title, content=None, name="paper.pdf", **facts):
    held = now(item)
    return papers.add_paper(
        held,
        by=harrow.user("secretary"),
        seen=seen(held.meeting),
        title=title,
        upload=upload(content, name) if content else None,
        **facts,
    )


def publish(harrow, meeting):
    agenda.publish_agenda(now(meeting), by=harrow.user("secretary"), seen=seen(meeting))


def order(meeting):
    return [str(item) for item in AgendaItem.objects.filter(meeting=meeting, is_taken_off=False)]


def member_called(harrow, name):
    """A member of the committee who may read private papers, and is somebody."""
    user = make.UserFactory.create(email=f"{name.split()[-1].lower()}@harrow.example", name=name)
    make.RoleFactory.create(user=user, organisation=harrow.ccg, role="member")
    user.person = Person.objects.filter(name=name).first() or make.PersonFactory.create(name=name)
    user.save()
    return user


def read(meeting, reader=None):
    """The pack, read back."""
    return PdfReader(io.BytesIO(pack_of(now(meeting), reader=reader)))


def text(pack):
    """All that it says, in one line."""
    return " ".join(" ".join(page.extract_text() for page in pack.pages).split())


def outline(pack, entries=None, depth=0):
    """(depth, title, page from 0) of each bookmark."""
    made = []
    for entry in pack.outline if entries is None else entries:
        if isinstance(entry, list):
            made += outline(pack, entry, depth + 1)
        else:
            made.append((depth, entry.title, pack.get_destination_page_number(entry)))
    return made


def stamped(pack):
    """What each page is stamped with: the last words that are drawn on it."""
    return [page.extract_text().split()[-1] for page in pack.pages]


def told():
    """All that events say."""
    return list(Event.objects.values_list("verb", "reason", "changes"))


def where(pack, words):
    """The labels of the pages on which the words stand."""
    return [
        label
        for label, page in zip(pack.page_labels, pack.pages, strict=True)
        if words in page.extract_text()
    ]
