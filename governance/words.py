"""Governance's events in words, for the pages that show history."""

from governance.models import Action, Body, Conflict

# What a verb did is its own name, in words; these need other ones.
VERBS: dict[str, str] = {}
VALUES = {
    "status": {**dict(Body.Status.choices), **dict(Action.Status.choices)},
    "kind": dict(Body.Kind.choices),
    "side": dict(Body.Side.choices),
    "tier": dict(Body.Tier.choices),
    "chair_rule": dict(Body.ChairRule.choices),
    "handling": dict(Conflict.Handling.choices),
}
FIELDS: dict[str, str] = {"held_on": "Date", "partner": "Chair", "paper": "Paper", "items": "Items"}
