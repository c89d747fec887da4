"""The one way to write an event."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from pcnportal import clock
from pcnportal.people.models import Organisation, User

from .models import Event

SALT = "pcnportal.history"
NONCE = "_nonce"


def record(
    by: User | None,
    verb: str,
    subject: models.Model,
    reason: str = "",
    *,
    whole: models.Model | None = None,
    commissioner: Organisation | None = None,
    **changes: Any,
) -> Event:
    """Write that `by` did `verb` to `subject`, in the transaction of the change itself.

    `changes` names fields, with [old, new] or one value; it points at rows and copies no personal values.
    `commissioner` defaults to that of the subject or of the whole, and scopes who may read the event.
    Raises `RuntimeError` outside a transaction: a change and its history are one.
    """
    event = compose(by, verb, subject, reason, whole=whole, commissioner=commissioner, **changes)
    event.save(force_insert=True)
    return event


def compose(
    by: User | None,
    verb: str,
    subject: models.Model,
    reason: str = "",
    *,
    whole: models.Model | None = None,
    commissioner: Organisation | None = None,
    **changes: Any,
) -> Event:
    """The sealed event of `record`, not written yet: for many at once, in the transaction of their change."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of its change.")
    whole = whole or subject
    commissioner = (
        commissioner or getattr(subject, "commissioner", None) or getattr(whole, "commissioner", None)
    )
    event = Event(
        at=clock.now(),
        dated=clock.is_dated(),
        recorded_at=timezone.now(),
        by=by,
        verb=verb,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        whole_type=ContentType.objects.get_for_model(whole),
        whole_id=whole.pk,
        commissioner=commissioner,
        reason=reason,
        changes=json.loads(json.dumps(changes, default=str)) | {NONCE: secrets.token_hex(8)},
    )
    event.seal = seal_of(event)
    return event


def seal_of(event: Event, key: str | None = None) -> str:
    """64 hexadecimal digits over everything that the event says, by the portal's secret key."""
    said = [
        event.at.timestamp(),
        event.dated,
        event.recorded_at.timestamp(),
        event.by_id,
        event.verb,
        [event.subject_type_id, event.subject_id, event.whole_type_id, event.whole_id],
        event.commissioner_id,
        event.reason,
        event.changes,
    ]
    return salted_hmac(SALT, json.dumps(said, sort_keys=True), secret=key, algorithm="sha256").hexdigest()


def is_genuine(event: Event) -> bool:
    """Whether the portal wrote the row as it stands, with its present key or an earlier one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(event.seal, seal_of(event, key)) for key in keys)


def events_of(whole: models.Model) -> "models.QuerySet[Event]":
    """Everything that happened to a record and its parts, newest first."""
    kind = ContentType.objects.get_for_model(whole)
    return Event.objects.filter(whole_type=kind, whole_id=whole.pk).select_related("by")
