"""Codes and postcodes that may be meant by one with a slip: a few hundred at most, for any register."""

import re
from collections.abc import Iterator
from itertools import product

from .search import code_of, postcode

# An ODS code or a postcode has digits, and letters before or after them; a name seldom.
CODE = re.compile(r"[A-Z0-9]{4,8}")
WITH_A_DIGIT = re.compile(r"[0-9]")
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALIKE = {"O": "0", "0": "O", "I": "1", "L": "1", "1": "I"}
MOST_ALIKE = 6  # letters that look like a digit, or digits like a letter


def near_codes(text: str) -> Iterator[set[str]]:
    """What may be meant, the likeliest first: a letter for a digit, two swapped; then one other or missing.

    Nothing for a text that is no code.
    """
    code = code_of(text)
    if not CODE.fullmatch(code) or not WITH_A_DIGIT.search(code):
        return
    for found in ({*_alike(code), *_swapped(code)}, {*_replaced(code), *_missing(code), *_too_many(code)}):
        yield (found | {postcode(one) for one in found}) - {code, postcode(code)}


def _alike(code: str) -> Iterator[str]:
    places = [at for at, letter in enumerate(code) if letter in ALIKE][:MOST_ALIKE]
    for chosen in product((False, True), repeat=len(places)):
        other = {at for at, is_other in zip(places, chosen, strict=True) if is_other}
        yield "".join(ALIKE[letter] if at in other else letter for at, letter in enumerate(code))


def _swapped(code: str) -> Iterator[str]:
    for at in range(len(code) - 1):
        yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def _replaced(code: str) -> Iterator[str]:
    """A digit by a digit, a letter by a letter."""
    for at, letter in enumerate(code):
        for other in DIGITS if letter in DIGITS else LETTERS:
            yield code[:at] + other + code[at + 1 :]


def _missing(code: str) -> Iterator[str]:
    for at in range(len(code) + 1):
        for other in DIGITS + LETTERS:
            yield code[:at] + other + code[at:]


def _too_many(code: str) -> Iterator[str]:
    for at in range(len(code)):
        yield code[:at] + code[at + 1 :]
