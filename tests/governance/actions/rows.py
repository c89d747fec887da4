"""Actions for tests, in a line each."""

from typing import Any

from django.core.files.base import ContentFile

from governance.models import Action, AgendaItem
from governance.workflow.actions import finish_action, record_action
from pcnportal.people.models import User
from tests import factories as make

TEXT = "Bring a detailed resource plan."
PNG = b"\x89PNG\r\n\x1a\n"


def action_of(item: AgendaItem, by: User, **facts: Any) -> Action:
    """An action that came of an item, of all providers where no other owner is given."""
    meeting = item.meeting
    return record_action(
        by=by,
        body=meeting.body,
        commissioner=meeting.commissioner,
        item=item,
        **({"text": TEXT, "owners": ["All providers"]} | facts),
    )


def add_actions(item: AgendaItem, by: User, how_many: int, content: bytes) -> None:
    """So many open actions of the item, each with a person and an organisation, and one that is done."""
    for number in range(how_many):
        owners = [make.PersonFactory.create(name=f"Dr Owner {number}"), item.meeting.commissioner]
        action_of(item, by, text=f"Action {number}", owners=owners, due_month=item.meeting.held_on)
    done = action_of(item, by)
    finish_action(done, by=by, seen=1, upload=ContentFile(content, "evidence.pdf"))
