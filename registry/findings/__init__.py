"""What the registry doubts: small rules over set-wise questions, each group in its own file."""

from . import memberships, sizes

RULES = (*memberships.RULES, *sizes.RULES)
