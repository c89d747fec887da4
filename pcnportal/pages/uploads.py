"""Files that people upload: checked by name, by content and by size, whatever they are kept for."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.core.files.base import File
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from pcnportal.refusals import Refused

from .spreadsheets import KINDS as SPREADSHEETS
from .spreadsheets import has_commands, is_spreadsheet

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
LARGEST_PART = MEGABYTE
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
VALUES = "Save it with the values alone, and choose it again."
ALLOWED = "Choose a PDF, Word document (.docx or .doc), PNG or JPEG image, or GeoJSON file"


def media_type_of(
    name: str, content: Any, endings: Collection[str] = tuple(KINDS), allowed: str = ALLOWED
) -> str:
    """The media type of an upload, where its name and its content agree.

    Raises `Refused` with a sentence otherwise. `content` is an open binary file; `endings` are those that
    are taken, and `allowed` says so.
    """
    ending = PurePosixPath(name.lower().replace("\\", "/")).suffix
    wanted = (KINDS | SPREADSHEETS).get(ending)
    if wanted is None or ending not in endings:
        raise Refused(f"{allowed}.", "file")
    content.seek(0)
    head = content.read(4096)
    content.seek(0)
    if not head:
        raise Refused("The file is empty.", "file")
    if not _agrees(ending, head, content):
        raise Refused(f"The file's content is not what its name says ({ending}). {allowed}.", "file")
    if has_commands(ending, content):
        raise Refused(f"A cell of the file holds a formula or a command. {VALUES}", "file")
    return wanted


def _agrees(ending: str, head: bytes, content: Any) -> bool:
    if ending in SPREADSHEETS:
        return is_spreadsheet(ending, content)
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


def bare_name(upload: File) -> str:
    """What the sender calls the file, without a path."""
    return PurePosixPath((upload.name or "").replace("\\", "/")).name[:200]


def check_size(upload: File) -> None:
    if (upload.size or 0) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // MEGABYTE} MB.", "file")


def sha256_of(upload: File) -> str:
    """64 hexadecimal digits; the file is at its beginning again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def pages_of(content: Any) -> int:
    """How many pages an open PDF has. Raises `Refused` where it is encrypted, broken or empty."""
    content.seek(0)
    try:
        reader = PdfReader(content)
        if reader.is_encrypted:
            raise Refused(
                "The PDF is encrypted, so its pages can't be put into a pack. Save it again without a "
                "password and without protection, and upload that.",
                "file",
            )
        pages = len(reader.pages)
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError) as exc:
        raise Refused("The PDF can't be read: it may be broken. Save it as PDF again.", "file") from exc
    finally:
        content.seek(0)
    if not pages:
        raise Refused("The PDF has no pages.", "file")
    return pages
