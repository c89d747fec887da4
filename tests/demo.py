"""The demo in the test database, told once for all tests of a module and taken back after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from pcnportal import clock, story
from pcnportal.models import PlayedDay
from pcnportal.people.models import User
from tests.remembered import from_nothing

load = from_nothing(story.load)


@from_nothing
def tell(*, day: date) -> dict[str, User]:
    """The story until the morning of `day`; gives the accounts by their address."""
    load()
    PlayedDay.objects.create(pk=1, day=day)
    clock.forget()
    users = story.open_accounts()
    story.replay(users, day)
    return users


@contextmanager
def played(blocker: DjangoDbBlocker, day: date) -> Iterator[dict[str, User]]:
    """The demo as it stands on the morning of `day`; gives the accounts by their address."""
    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "DEMO", True)
        users = tell(day=day)
        clock.forget()
        yield users
        transaction.set_rollback(True)
    clock.forget()


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
