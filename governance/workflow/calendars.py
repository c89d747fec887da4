"""The private address of one's own calendar: made, withdrawn, and found by its secret."""

import secrets
from hashlib import sha256

from django.db import transaction

from governance.models import CalendarFeed
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused

PERMISSION = "governance.view_meeting"
BYTES = 32


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_address(*, by: User) -> str:
    """The secret of a new address, in place of the one before, which stops. It is kept nowhere."""
    allow(by, PERMISSION, None)
    User.objects.select_for_update().get(pk=by.pk)
    _withdraw(by)
    secret = secrets.token_urlsafe(BYTES)
    CalendarFeed.objects.create(user=by, digest=digest_of(secret), made_at=clock.now())
    record(by, "made a private calendar address", by, commissioner=by.home_organisation)
    return secret


@transaction.atomic
def withdraw_address(*, by: User) -> None:
    """The address stops. Raises `Refused` where there is none."""
    User.objects.select_for_update().get(pk=by.pk)
    if not _withdraw(by):
        raise Refused("You have no calendar address.")
    record(by, "withdrew the private calendar address", by, commissioner=by.home_organisation)


def _withdraw(user: User) -> int:
    return user.calendar_feeds.filter(withdrawn_at__isnull=True).update(withdrawn_at=clock.now())


def user_of(secret: str) -> User | None:
    """Whose calendar it opens: nobody's where it was withdrawn, or they may no longer read meetings."""
    feed = (
        CalendarFeed.objects.filter(digest=digest_of(secret), withdrawn_at__isnull=True)
        .select_related("user")
        .first()
    )
    return feed.user if feed and feed.user.can(PERMISSION) else None
