"""The verbs of the registry. Views call these and assign no status themselves."""

from . import deciding, forms, live, opening, replacing, reviewing  # noqa: F401  (they declare guards and effects)
from .move import Choice, advance, available, missing, move
from .transitions import TRANSITIONS, Transition

__all__ = ["TRANSITIONS", "Choice", "Transition", "advance", "available", "missing", "move"]
