"""What the registry doubts: small rules over set-wise questions, each group in its own file."""

from . import (
    beside,
    directors,
    documents,
    figures,
    memberships,
    names,
    ods,
    places,
    promises,
    sizes,
    stated,
    totals,
)

GROUPS = (
    memberships,
    sizes,
    directors,
    stated,
    totals,
    documents,
    figures,
    beside,
    ods,
    names,
    places,
    promises,
)
RULES = tuple(rule for group in GROUPS for rule in group.RULES)
