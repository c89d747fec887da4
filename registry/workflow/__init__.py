"""The verbs of the registry. Views call these and assign no status themselves."""

# They declare guards and effects.
from . import agenda, deciding, forms, leaving, live, opening, replacing, reviewing  # noqa: F401
from .move import Choice, advance, available, missing, move
from .transitions import TRANSITIONS, Transition

__all__ = ["TRANSITIONS", "Choice", "Transition", "advance", "available", "missing", "move"]
