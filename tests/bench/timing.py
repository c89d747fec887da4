"""How long something takes in a transaction of its own, of which nothing stays."""

import time
from collections.abc import Callable

from django.db import connection, transaction


class TakenBack(Exception):
    """Ends a measurement: nothing of it stays."""


def timed(do: Callable[[], None], then: Callable[[], None] = lambda: None) -> float:
    """The seconds that `do` takes, with the checks that its end brings."""
    try:
        with transaction.atomic():
            begun = time.perf_counter()
            do()
            if connection.vendor == "postgresql":
                connection.check_constraints()
            taken = time.perf_counter() - begun
            then()
            raise TakenBack
    except TakenBack:
        return taken
