"""What a floor's `search` module finds: groups of records, each with what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

MOST = 10


@dataclass(frozen=True)
class Found:
    """`what` says what the record is; one without a page of its own has no `href`."""

    text: str
    what: str
    href: str = ""


@dataclass(frozen=True)
class Group:
    """At most ten records of a kind; `more` leads to all of them where there are more."""

    title: str
    found: Sequence[Found]
    has_more: bool = False
    more: str = ""


def group(title: str, found: Sequence[Found], more: str = "") -> Group:
    """A group of the first ten of `found`, of which eleven were looked for."""
    return Group(title, found[:MOST], has_more=len(found) > MOST, more=more)


def named(text: str, *fields: str) -> Q:
    """Rows in which every word of `text` stands in one of `fields`, in any order and case."""
    wanted = Q()
    for word in text.split():
        here = Q()
        for field in fields:
            here |= Q(**{f"{field}__icontains": word})
        wanted &= here
    return wanted


def postcode(text: str) -> str:
    """HA3 9AA of "ha39aa"; anything else as it is, in capitals."""
    joined = text.replace(" ", "").upper()
    is_whole = (
        5 <= len(joined) <= 7 and joined[-3].isdigit() and joined[-2:].isalpha() and joined[0].isalpha()
    )
    return f"{joined[:-3]} {joined[-3:]}" if is_whole else text.upper()
