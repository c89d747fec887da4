"""Funding's events in words, for the pages that show history."""

from funding.models import Claim, PaymentRun, Rate

# What a verb did is its own name, in words; these need other ones.
VERBS: dict[str, str] = {}
VALUES = {
    "status": {**dict(Claim.Status.choices), **dict(PaymentRun.Status.choices)},
    "per": dict(Rate.Per.choices),
}
FIELDS = {"wte": "WTE", "per": "Counted by", "replaced": ""}
