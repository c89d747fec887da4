"""Stored files, handed out to be kept and never shown on our address."""

import re

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

# Whatever a file holds, a browser neither runs nor shows anything of it on our address.
CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def safe_name(name: str) -> str:
    """A file name without a path or control characters."""
    return re.sub(r"[\x00-\x1f\x7f/\\]+", "_", name).strip(". ") or "document"


def attachment(file: FieldFile, name: str, media_type: str) -> FileResponse:
    """A stored file to keep, never to be shown on our address. Raises `Http404` where it is lost."""
    try:
        content = file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=safe_name(name), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["Cache-Control"] = "private, no-store"
    return response
