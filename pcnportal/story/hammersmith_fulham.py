"""The item on Primary Care Networks of a board in Hammersmith & Fulham, as its published minutes tell it.

The copy that is held gives neither the day nor the name of the board, and no attendance. Persons are named as
the minutes name them. What somebody asked for or promised in the discussion is an action; the minutes give
none of them a date, and one of them no owner.
"""

from django.conf import settings
from django.core.management import call_command

from governance.models import AgendaItem, Body
from governance.workflow.actions import record_action
from governance.workflow.meetings import add_item, plan_meeting
from governance.workflow.minutes import publish_minutes, write_minute
from governance.workflow.resolutions import resolve
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.naming import person_called

FIXTURE, BODY = "hammersmith_fulham", "hammersmith-and-fulham-board"
SOURCE = "hammersmith-fulham-minutes-2019"
SECRETARY = "secretary@hammersmithfulham.example"
CCG = "08C"
QUORUM = "The minutes record the resolution. They give neither the attendance nor a quorum rule."
# Kind, words, and who does it: the CCG, a person of this name, or nobody who is named.
ASKED_AND_PROMISED = (
    ("commitment", "Recruit social prescribing link workers: the work was ongoing.", CCG),
    ("commitment", "Provide training to Patient and Public Involvement (PPI) groups.", CCG),
    (
        "commitment",
        "Consider further the patients of the GP At Hand network who do not meet the criteria of place based "
        "commissioning.",
        CCG,
    ),
    (
        "action",
        "Contact Bethany Golding, a key part of the work with PPI groups, about the involvement of "
        "Healthwatch.",
        "Keith Mallinson",
    ),
    (
        "scrutiny",
        "Discuss the PCNs in more detail at the forthcoming HISPAC meeting, after Councillor Richardson "
        "enquired if there would be an opportunity to scrutinise them.",
        "Janet Cree",
    ),
    (
        "scrutiny",
        "Articulate, at HISPAC, how the local authority could influence and shape the outputs required to "
        "facilitate delivery of the Long Term Plan.",
        "",
    ),
)


def note_the_report(users: dict[str, User]) -> None:
    """The item with its minutes, what was resolved, asked and promised."""
    call_command("loaddata", FIXTURE, verbosity=0)
    secretary, source = users[SECRETARY], Source.objects.get(slug=SOURCE)
    ccg = Organisation.objects.get(code=CCG)
    meeting = plan_meeting(
        Body.objects.get(slug=BODY), by=secretary, commissioner=ccg, held_on=None, source=source
    )
    item = add_item(
        meeting,
        by=secretary,
        title="Primary Care Network",
        purpose=AgendaItem.Purpose.NOTE,
        asked="The report provides an overview of Primary Care Networks and explains how they will be "
        "organised in Hammersmith and Fulham.",
    )
    text = (settings.BASE_DIR / "fixtures" / f"{FIXTURE}_minutes.txt").read_text()
    write_minute(item, by=secretary, seen=meeting.version, text=text, source=source)
    resolve(
        item,
        by=secretary,
        seen=item.meeting.version,
        outcome="noted",
        text="the Board noted the report",
        quorum_note=QUORUM,
        source=source,
    )
    for kind, words, owner in ASKED_AND_PROMISED:
        record_action(
            by=secretary,
            body=meeting.body,
            commissioner=ccg,
            item=item,
            kind=kind,
            text=words,
            owners=[ccg if owner == CCG else _named(owner, source)] if owner else [],
            source=source,
        )
    publish_minutes(item.meeting, by=secretary, seen=item.meeting.version, attendance_not_held=True)


def _named(name: str, source: Source) -> Person:
    person = person_called(name)
    person.source = source
    person.save(update_fields=["source"])
    return person
