"""What changed in the register between two days: what stands on the second and did not on the first.

A fact that began and ended in between is no difference. Each kind is asked for in a constant number of
queries, and at most `MOST` rows of it are read.
"""

from collections.abc import Callable, Iterable

from . import details, facts
from .days import MOST, Between, Change

__all__ = ["KINDS", "MOST", "Between", "Change", "compare"]

# In the order of the page: how a kind is headed, and how its differences are found.
KINDS: dict[str, tuple[str, Callable[[Between], Iterable[Change]]]] = {
    "opened": ("Practices that opened", facts.opened),
    "closed": ("Practices that closed", facts.closed),
    "taken_over": ("Practices that were taken over", facts.taken_over),
    "joined": ("Joined a PCN", facts.joined),
    "left": ("Left a PCN", facts.left),
    "status": ("PCNs: status", facts.status),
    "coded": ("ODS codes", details.coded),
    "renamed": ("Names", details.renamed),
    "directors": ("Clinical directors", facts.directors),
    "payees": ("Nominated payees", facts.payees),
    "commissioner": ("Commissioners", details.commissioners),
    "other": ("Postcodes, contracts, dormancy", details.other),
    "sizes": ("List sizes", details.sizes),
}


def compare(between: Between, kind: str = "") -> dict[str, list[Change]]:
    """The differences by kind, of one kind or of all."""
    return {name: list(find(between)) for name, (_, find) in KINDS.items() if kind in ("", name)}
