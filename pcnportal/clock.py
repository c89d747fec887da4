"""What day it is.

Real use reads the machine's clock. A demo database holds one row that pins the day it plays; tests and the
replay of the demo's story pin it for a block with `at`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.core.signals import request_started
from django.utils import timezone


@dataclass(frozen=True)
class Pin:
    """A day that is played, and whether a document gives that day."""

    moment: datetime
    dated: bool = True


_block: ContextVar[Pin | None] = ContextVar("pinned by a block", default=None)
_request: ContextVar[Pin | str | None] = ContextVar("read for this request", default=None)


def forget(**_kwargs: object) -> None:
    """Read the pin of the database again from the next question on."""
    _request.set(None)


request_started.connect(forget)


def _pin() -> Pin | None:
    if pinned := _block.get():
        return pinned
    if not settings.DEMO:
        return None
    if _request.get() is None:
        from pcnportal.models import PlayedDay

        day = PlayedDay.objects.values_list("day", flat=True).first()
        _request.set(Pin(_moment(day)) if day else "none")
    held = _request.get()
    return held if isinstance(held, Pin) else None


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def now() -> datetime:
    """This moment, or 9 in the morning of the day that is played."""
    pinned = _pin()
    return pinned.moment if pinned else timezone.now()


def today() -> date:
    """The day in London."""
    return timezone.localdate(now())


def is_dated() -> bool:
    """False while the demo replays a step to which no document gives a date."""
    pinned = _pin()
    return pinned.dated if pinned else True


def today_if_held() -> date | None:
    """The day, or None while a step is replayed to which no document gives a date."""
    return today() if is_dated() else None


def played_day() -> date | None:
    """The day that a demo database plays, else None."""
    return today() if settings.DEMO and _pin() else None


@contextmanager
def at(day: date, *, dated: bool = True) -> Iterator[None]:
    """Within the block it is `day`."""
    token = _block.set(Pin(_moment(day), dated))
    try:
        yield
    finally:
        _block.reset(token)
