"""What the registry doubts: small rules over set-wise questions, each group in its own file."""

from dataclasses import replace

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
# Who read what a registration claims, or the memberships, posts and sizes that its going live writes.
OF_CASES = (memberships, sizes, directors, stated, totals, figures, beside, promises)
RULES = tuple(
    replace(rule, after={*rule.after, "case"} if group in OF_CASES else rule.after)
    for group in GROUPS
    for rule in group.RULES
)
# Verbs on a draft: no rule reads a form before it was submitted.
DRAFTING = frozenset({"started", "filled in the form"})
