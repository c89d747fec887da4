"""What a step of the story is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pcnportal.people.models import User


@dataclass(frozen=True)
class Step:
    """Something that happened on `day`; when the demo plays, in the morning, it has if `by_morning`."""

    day: date
    play: Callable[[dict[str, User]], None]
    by_morning: bool = False
    dated: bool = True
