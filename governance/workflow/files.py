"""Files of meetings and bodies: checked, and kept under our own name."""

import secrets
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from reportlab.lib.utils import ImageReader

from governance.models import StoredFile
from pcnportal import clock
from pcnportal.pages.uploads import bare_name, check_size, media_type_of, pages_of, sha256_of
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused

ENDINGS = (".pdf", ".docx", ".png", ".jpg", ".jpeg")
ALLOWED = "Choose a PDF, Word document (.docx), PNG or JPEG image"
# What a pack can still show: a page scanned at 400 dots to the inch has 16 million.
MOST_PIXELS = 25_000_000


def keep_file(
    upload: File,
    *,
    by: User,
    commissioner: Organisation,
    endings: Collection[str] = ENDINGS,
    allowed: str = ALLOWED,
) -> StoredFile:
    """Keep an upload, for a row of the caller's own transaction to point at.

    The caller asks whether `by` may. Raises `Refused` at the field `file` where its name, content or size
    isn't as asked, or where it is a PDF that can't be read.
    """
    check_size(upload)
    name = bare_name(upload)
    media_type = media_type_of(name, upload.file, endings, allowed)
    pages = None
    if media_type == "application/pdf":
        pages = pages_of(upload.file)
    elif media_type.startswith("image/"):
        _check_image(upload.file)
    stored = StoredFile(
        commissioner=commissioner,
        name=name,
        token=secrets.token_hex(16),
        media_type=media_type,
        size=upload.size or 0,
        pages=pages,
        sha256=sha256_of(upload),
        uploaded_by=by,
        uploaded_on=clock.today_if_held(),
    )
    stored.file.save(PurePosixPath(name).name, upload, save=False)
    stored.save()
    return stored


def _check_image(content: Any) -> None:
    """The ground looks at the first bytes alone; here the image is going to be shown."""
    content.seek(0)
    try:
        width, height = ImageReader(content).getSize()
    except Exception as exc:
        # Each decoder fails in its own way.
        raise Refused("The image can't be read: it may be broken. Save it again.", "file") from exc
    finally:
        content.seek(0)
    if width * height > MOST_PIXELS:
        raise Refused(
            f"The image has more than {MOST_PIXELS // 10**6} million pixels. Save it smaller.", "file"
        )
