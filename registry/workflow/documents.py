"""Files of a case: checked by name and by content, kept under our own name, never with bank details."""

import hashlib
import json
import secrets
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Document

LARGEST = 20 * 1024 * 1024
LARGEST_PART = 1024 * 1024
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a file may be, by the ending of its name; the content has to agree.
KINDS = {
    ".pdf": "application/pdf",
    ".docx": DOCX,
    ".doc": "application/msword",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".geojson": "application/geo+json",
}
SHAPES = ("FeatureCollection", "Feature", "Polygon", "MultiPolygon", "GeometryCollection")
ALLOWED = "Choose a PDF, Word document (.docx or .doc), PNG or JPEG image, or GeoJSON file"


def media_type_of(name: str, content: Any) -> str:
    """The media type of an upload, where its name and its content agree.

    Raises `Refused` with a sentence otherwise. `content` is an open binary file.
    """
    ending = PurePosixPath(name.lower().replace("\\", "/")).suffix
    wanted = KINDS.get(ending)
    if wanted is None:
        raise Refused(f"{ALLOWED}.", "file")
    content.seek(0)
    head = content.read(4096)
    content.seek(0)
    if not head:
        raise Refused("The file is empty.", "file")
    if not _agrees(ending, head, content):
        raise Refused(f"The file's content is not what its name says ({ending}). {ALLOWED}.", "file")
    return wanted


def _agrees(ending: str, head: bytes, content: Any) -> bool:
    if ending == ".geojson":
        return _is_geojson(content)
    if ending == ".docx":
        return _is_docx(content)
    if ending == ".doc":
        return _is_doc(content)
    try:
        found = {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return False
    same = {".pdf": {".pdf"}, ".png": {".png"}}.get(ending, {".jpg", ".jpeg", ".jfif"})
    return bool(found & same)


def _is_geojson(content: Any) -> bool:
    try:
        data = json.loads(content.read().decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError, RecursionError):
        return False
    finally:
        content.seek(0)
    return isinstance(data, dict) and data.get("type") in SHAPES


def _is_docx(content: Any) -> bool:
    """A Word document without macros, by its parts and not by what they are called alone."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            with archive.open("[Content_Types].xml") as part:
                types = part.read(LARGEST_PART).lower()
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, EOFError, OSError):
        return False
    finally:
        content.seek(0)
    has_macros = b"macroenabled" in types or b"vbaproject" in types
    return "word/document.xml" in names and not has_macros


def _is_doc(content: Any) -> bool:
    """A Word document of the old kind without macros: spreadsheets and installers begin as it does."""
    data = content.read()
    content.seek(0)
    streams = ("WordDocument", "_VBA_PROJECT")
    is_word, has_macros = (stream.encode("utf-16-le") in data for stream in streams)
    return data.startswith(OLE) and is_word and not has_macros


@transaction.atomic
def add_document(
    case: Case,
    *,
    by: User,
    kind: str,
    upload: File,
    holds_bank_details: bool,
    permission: str = "registry.submit_case",
) -> Document:
    """Keep a file with the case. Raises `Refused` where it may not be kept, with what to do instead."""
    allow(by, permission, case.commissioner)
    if holds_bank_details:
        raise Refused(
            "The portal holds no bank details. Ask for a copy in which they are blacked out, "
            "and upload that.",
            "holds_bank_details",
        )
    if kind not in Document.Kind.values:
        raise Refused("Choose what kind of document it is.", "kind")
    if (upload.size or 0) > LARGEST:
        raise Refused("The file is larger than 20 MB.", "file")
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name[:200]
    media_type = media_type_of(name, upload.file)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    document = Document(
        case=case,
        kind=kind,
        name=name,
        token=secrets.token_hex(16),
        media_type=media_type,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=by,
        uploaded_on=clock.today_if_held(),
    )
    document.file.save("unused", upload, save=False)
    document.save()
    # A map or an agreement changes the checklist: who holds an older page is told.
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
    case.version += 1
    record(by, "added a document", document, whole=case, kind=kind, sha256=document.sha256)
    return document
