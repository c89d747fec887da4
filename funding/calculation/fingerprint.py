"""A fingerprint of what a year’s lines are reckoned from: the same as long as nothing of it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.db.models import Model

from funding.claims import Claimed
from funding.rates import TermRates

from .inputs import Inputs, Network
from .lines import Basis


def fingerprint(basis: Basis, *more: object) -> str:
    """64 hexadecimal digits over all that `basis` holds, and `more`."""
    digest = sha256()
    for part in (*_inputs(basis.inputs), *_rates(basis.rates), *_claims(basis.claims), *more):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _inputs(inputs: Inputs) -> Iterator[object]:
    yield _row(inputs.year)
    yield inputs.day
    yield list(map(_network, inputs.networks))
    for kind, lists in sorted(inputs.lists.items()):
        yield kind, [(owner, one.patients, one.pk, one.source) for owner, one in lists.items()]
    yield sorted(inputs.elsewhere.items())
    yield sorted(inputs.taken_on.items())
    yield sorted(inputs.opened_later)
    yield sorted(inputs.names.items())


def _network(network: Network) -> tuple[object, ...]:
    members = list(map(tuple, network.members))
    return network.pk, network.commissioner, network.live_from, network.closed_on, network.payee, members


def _rates(rates: dict[int, list[TermRates]]) -> Iterator[object]:
    for commissioner, terms in sorted(rates.items()):
        for of in terms:
            yield commissioner, _row(of.term), _row(of.term.payment), list(map(_row, of.rates))
            yield of.lacking, of.state


def _claims(claims: dict[tuple[int, int], Claimed]) -> Iterable[object]:
    for key, claimed in claims.items():
        role = claimed.role
        yield key, role.baseline, role.patients, list(map(tuple, role.posts)), claimed.costs


def _row(record: Model) -> list[Any]:
    return [field.value_from_object(record) for field in record._meta.concrete_fields]
