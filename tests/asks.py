"""What an address asks of who opens it, as the tables of permissions say it."""

from typing import NamedTuple

SIGNED_IN = ""


class Asks(NamedTuple):
    """The permissions that GET and POST ask for, and of which record; `posts` is None where nothing is sent.

    `answers` is what who may gets of a GET.
    """

    gets: str
    record: str = ""
    posts: str | None = None
    answers: int = 200


def reads(permission: str, record: str = "") -> Asks:
    return Asks(permission, record)


def does(permission: str, record: str = "", *, reading: str = "") -> Asks:
    """A page with a form; `reading` is what opening it asks for, where that is less."""
    return Asks(reading or permission, record, permission)
