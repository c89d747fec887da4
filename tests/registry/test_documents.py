"""Uploads: checked by name and by content, kept under our own name, never with bank details."""

import hashlib
import io
import json
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from pcnportal.history.models import Event
from pcnportal.pages.uploads import LARGEST, media_type_of
from pcnportal.refusals import Refused
from registry.models import Document
from registry.workflow import move
from registry.workflow.documents import add_document
from tests import steps
from tests.claims import not_allowed, one_event, refused
from tests.harrow import Harrow

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
DOC = OLE + "Root Entry".encode("utf-16-le") + "WordDocument".encode("utf-16-le")
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="{}.main+xml"/></Types>'
PLAIN = TYPES.format("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
MACROS = TYPES.format("application/vnd.ms-word.document.macroEnabled")
MAP = {"type": "Polygon", "coordinates": [[[-0.34, 51.58], [-0.33, 51.58], [-0.33, 51.59], [-0.34, 51.58]]]}


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


DOCX = zipped({"[Content_Types].xml": PLAIN, "word/document.xml": "<w:document/>"})
GEOJSON = json.dumps(MAP).encode()
GOOD = {
    "Registration form.pdf": (PDF, "application/pdf"),
    "FORM.PDF": (PDF, "application/pdf"),
    "form.docx": (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "form.doc": (DOC, "application/msword"),
    "map.png": (PNG, "image/png"),
    "map.jpg": (JPEG, "image/jpeg"),
    "map.jpeg": (JPEG, "image/jpeg"),
    "area.geojson": (GEOJSON, "application/geo+json"),
    "signed.geojson": (b"\xef\xbb\xbf" + GEOJSON, "application/geo+json"),
}
WRONG_CONTENT = {
    "a program called a form": ("form.pdf", EXE),
    "a program called a document": ("form.docx", EXE),
    "a program called a picture": ("map.png", EXE),
    "a page called a form": ("form.pdf", b"<html><script>alert(1)</script></html>"),
    "a picture called a form": ("form.pdf", PNG),
    "a form called a picture": ("map.jpg", PDF),
    "a drawing with scripts called a picture": ("map.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "an archive called a document": ("form.docx", zipped({"run.exe": EXE})),
    "a document with macros": (
        "form.docx",
        zipped({"[Content_Types].xml": MACROS, "word/document.xml": "", "word/vbaProject.bin": "x"}),
    ),
    "macros by another name": (
        "form.docx",
        zipped({"[Content_Types].xml": MACROS, "word/document.xml": "", "word/theme.bin": "x"}),
    ),
    "a document without its types": ("form.docx", zipped({"word/document.xml": "<w:document/>"})),
    "a broken document": ("form.docx", DOCX[:60]),
    "a document that lost its middle": ("form.docx", DOCX[:40] + DOCX[60:]),
    "a spreadsheet called an old document": ("form.doc", OLE + "Workbook".encode("utf-16-le")),
    "an old document with macros": ("form.doc", DOC + "_VBA_PROJECT".encode("utf-16-le")),
    "words called a map": ("area.geojson", b"Pinner Road"),
    "a list called a map": ("area.geojson", b"[1, 2]"),
    "other data called a map": ("area.geojson", b'{"type": "Invoice"}'),
    "a map cut in half": ("area.geojson", GEOJSON[:30]),
    "a map nested without end": ("area.geojson", b"[" * 100_000),
}


@pytest.fixture
def case(harrow: Harrow):
    return steps.drafted(harrow)


def add(harrow, case, name, content, by="officer", kind="form", bank=False, **facts):
    upload = SimpleUploadedFile(name, content)
    user = harrow.user(by)
    return add_document(case, by=user, kind=kind, upload=upload, holds_bank_details=bank, **facts)


@pytest.mark.parametrize("name", GOOD)
def test_what_the_form_asks_for_is_kept_as_it_came(harrow: Harrow, case, name):
    content, media_type = GOOD[name]
    made = add(harrow, case, name, content)
    assert (made.name, made.media_type, made.size) == (name, media_type, len(content))
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    with made.file.open() as kept:
        assert kept.read() == content


@pytest.mark.parametrize("what", WRONG_CONTENT)
def test_content_that_is_not_what_the_name_says_is_refused(harrow: Harrow, case, what):
    name, content = WRONG_CONTENT[what]
    with refused("The file's content is not what its name says", "file"):
        add(harrow, case, name, content)


@pytest.mark.parametrize(
    "name", ["run.exe", "form", "form.pdf.exe", "page.html", "form.docm", "map.svg", ".pdf"]
)
def test_any_other_kind_of_file_is_refused_by_its_name(harrow: Harrow, case, name):
    with refused("Choose a PDF, Word document (.docx or .doc), PNG or JPEG image, or GeoJSON file.", "file"):
        add(harrow, case, name, PDF)


def test_an_empty_file_is_refused(harrow: Harrow, case):
    with refused("The file is empty.", "file"):
        add(harrow, case, "form.pdf", b"")


def test_20_mb_are_kept_and_one_byte_more_is_not(harrow: Harrow, case):
    assert add(harrow, case, "form.pdf", PDF.ljust(LARGEST, b"\n")).size == 20 * 1024 * 1024
    with refused("The file is larger than 20 MB.", "file"):
        add(harrow, case, "form.pdf", PDF.ljust(LARGEST + 1, b"\n"))


def test_a_file_with_bank_details_is_refused_and_a_redacted_copy_asked_for(harrow: Harrow, case):
    with refused("Ask for a copy in which they are blacked out, and upload that.", "holds_bank_details"):
        add(harrow, case, "form.pdf", PDF, bank=True)


def test_the_senders_name_never_reaches_the_disk(harrow: Harrow, case):
    first = add(harrow, case, "../../etc/passwd.pdf", PDF)
    second = add(harrow, case, "C:\\forms\\passwd.pdf", PDF)
    assert (first.name, second.name) == ("passwd.pdf", "passwd.pdf")
    assert first.file.name == f"nhs-harrow-ccg/{first.token}"
    assert first.file.name != second.file.name


def test_what_kind_of_document_it_is_has_to_be_said(harrow: Harrow, case):
    with refused("Choose what kind of document it is.", "kind"):
        add(harrow, case, "form.pdf", PDF, kind="photo")


def test_who_may_not_submit_may_not_upload(harrow: Harrow, case):
    with not_allowed():
        add(harrow, case, "form.pdf", PDF, by="member")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        add(harrow, case, "form.pdf", PDF, by="officer@havering.example")


def test_evidence_may_be_uploaded_with_the_permission_of_its_verb(harrow: Harrow, case):
    made = add(harrow, case, "form.pdf", PDF, kind="evidence", permission="registry.submit_evidence")
    assert made.uploaded_by == harrow.user("officer")


def test_an_upload_is_in_the_history_without_its_name(harrow: Harrow, case):
    with one_event(case, "added a document", harrow.user("officer"), kind="map"):
        add(harrow, case, "Dr Patel.pdf", PDF, kind="map")
    assert "Patel" not in str(Event.objects.values_list("reason", "changes").first())


def test_what_was_uploaded_belongs_to_the_version_that_is_then_received(harrow: Harrow, case):
    add(harrow, case, "form.pdf", PDF)
    assert Document.objects.get().submission is None
    move(case, "submit", by=harrow.user("officer"), seen=case.version)
    assert Document.objects.get().submission == case.current
    add(harrow, case, "map.pdf", PDF, kind="map")
    assert Document.objects.get(kind="map").submission is None


@given(st.binary(max_size=300), st.sampled_from(["f.pdf", "f.docx", "f.doc", "f.png", "f.jpg", "f.geojson"]))
def test_no_content_upsets_the_check(content, name):
    for made in (content, DOCX[: len(content)] + content, PDF[:8] + content):
        with suppress(Refused):
            assert media_type_of(name, io.BytesIO(made))
