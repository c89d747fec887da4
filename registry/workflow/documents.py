"""Files of a case: checked by name and by content, kept under our own name, never with bank details."""

import secrets

from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.pages.uploads import bare_name, check_size, media_type_of, sha256_of
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Document


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
    check_size(upload)
    name = bare_name(upload)
    media_type = media_type_of(name, upload.file)
    digest = sha256_of(upload)
    document = Document(
        case=case,
        kind=kind,
        name=name,
        token=secrets.token_hex(16),
        media_type=media_type,
        size=upload.size or 0,
        sha256=digest,
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
