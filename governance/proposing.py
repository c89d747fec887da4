"""What an upper floor gives that knows what agenda items are about: its rules, and how to look by them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from governance.models import AgendaItem, Body, Interest
from pcnportal.people.models import Organisation, Person, User


class ConflictRule(NamedTuple):
    """A rule by which conflicts are proposed: what it asks in a sentence, and where it is from."""

    slug: str
    title: str
    sentence: str
    source: str


class Proposal(NamedTuple):
    """A conflict that a rule names: of whom, with which organisation, why in a sentence.

    `interest` is the declared one that it rests on, if any. `is_warning` where nothing is known rather than
    something.
    """

    person: Person
    rule: str
    because: str
    organisation: Organisation | None = None
    interest: Interest | None = None
    is_warning: bool = False

    @property
    def key(self) -> str:
        """The same rule about the same organisation is the same conflict."""
        return f"{self.rule}:{self.organisation.pk if self.organisation else ''}"


class Proposing(NamedTuple):
    """The rules, and the verbs that look by them.

    `knows` says whether an item is about something that the rules speak of. `look` is called as look(item,
    by=user, seen=version of the meeting); `look_for` with a person of whom something changed, their
    commissioner and who changed it; `look_at` with a body on which others sit now, or to which others came.
    """

    rules: Sequence[ConflictRule]
    knows: Callable[[AgendaItem], bool]
    look: Callable[..., None]
    look_for: Callable[[Person, Organisation, User], None]
    look_at: Callable[[Body, User], None]


def nothing(*_: object) -> None:
    return None


NOBODY = Proposing((), lambda _item: False, nothing, nothing, nothing)
