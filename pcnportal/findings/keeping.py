"""Findings kept true: after what somebody did is written, the rules that read such records are asked anew.

Every verb writes its event in the transaction of its change, so the event is where all of them meet.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from pcnportal.history.models import Event

from .refresh import refresh
from .rules import Rule


class Due(threading.local):
    """The kinds of records that were changed and of which the rules were not asked yet."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()


def keep_up(rules: Callable[[], Iterable[Rule]], *, unread: Collection[str] = ()) -> None:
    """From now on each event has the rules asked anew that read its subject's kind, once a transaction.

    `unread` are verbs that write nothing that any rule reads. What the rules find is written after the
    transaction: where a rule fails, what was done stays done, and the failure is logged.
    """
    due = Due()

    def happened(instance: Event, *, created: bool, **_: Any) -> None:
        if created and instance.verb not in unread:
            due.kinds.add(instance.subject_type.model)
            transaction.on_commit(ask, robust=True)

    def ask() -> None:
        # Of several events in one transaction the first asks for all.
        kinds, due.kinds = due.kinds, set()
        if wanted := [rule for rule in rules() if kinds & set(rule.after)]:
            refresh(wanted)

    post_save.connect(happened, sender=Event, weak=False, dispatch_uid="findings are kept up")
