"""The strategic partnership meeting of 18 June 2019, as its slides and the board report tell of it.

The agenda prints no purpose: an item on which the report records an agreement was to be decided, the others
to be discussed; the opening and the close to be noted. The report gives the chairs and how many came, neither
who they were nor who had a vote. It is a report about the meeting, and not its minutes.
"""

from datetime import date
from typing import Any

from governance.models import AgendaItem, Body, Meeting
from governance.workflow.actions import record_action
from governance.workflow.meetings import add_item, plan_meeting, record_attendance
from governance.workflow.minutes import publish_minutes, write_minute
from governance.workflow.resolutions import resolve
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.naming import person_called

from .harrow_partnership_facts import AGENDA, AGREED, ATTENDED, CHAIRS, CLOSE, CONTEXT, DAY, QUORUM

BODY, BOARD = "harrow-executive-to-executive", "harrow-icp-commissioning-board"
SLIDES, REPORT = "harrow-integrated-care-2019-06-18", "harrow-board-report-2019-06-partnership"


def plan_partnership_meeting(users: dict[str, User]) -> None:
    """Its agenda, as the slides print it."""
    secretary = users["secretary@harrow.example"]
    meeting = plan_meeting(
        Body.objects.get(slug=BODY),
        by=secretary,
        commissioner=Organisation.objects.get(code="08E"),
        held_on=DAY,
        starts_at=AGENDA[0][2],
        ends_at=AGENDA[-1][3],
        place="Harrow Council",
        source=Source.objects.get(slug=SLIDES),
    )
    for number, title, starts_at, ends_at, lead, purpose in AGENDA:
        add_item(
            meeting,
            by=secretary,
            number=number,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            presenter=lead,
            purpose=purpose,
            asked=CONTEXT if title == "Context" else "",
        )


def _meeting() -> Meeting:
    return Meeting.objects.get(body__slug=BODY, held_on=DAY)


def _item(position: int) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner").get(
        meeting=_meeting(), position=position
    )


def agree(users: dict[str, User]) -> None:
    """Who chaired, how many came, the five agreements and the actions."""
    secretary, report = users["secretary@harrow.example"], Source.objects.get(slug=REPORT)
    meeting = _meeting()
    record_attendance(
        meeting,
        by=secretary,
        seen=meeting.version,
        present=[
            {
                "person": Person.objects.get(slug=slug),
                "organisation": Organisation.objects.get_by_natural_key(organisation),
                "office": office,
                "is_voting": False,
                "took_the_chair": True,
                "presence": "present",
            }
            for slug, organisation, office in CHAIRS
        ],
        stated_attendance=ATTENDED,
    )
    for number, position, text in AGREED:
        item = _item(position)
        resolve(
            item,
            by=secretary,
            seen=item.meeting.version,
            outcome="agreed",
            number=number,
            text=text,
            quorum_note=QUORUM,
            source=report,
        )
    for position, facts in _actions(report):
        item = _item(position)
        meeting = item.meeting
        record_action(
            by=secretary,
            body=meeting.body,
            commissioner=meeting.commissioner,
            item=item,
            source=report,
            **facts,
        )


def _named(name: str, source: Source) -> Person:
    person = person_called(name)
    person.source = source
    person.save(update_fields=["source"])
    return person


def _actions(report: Source) -> list[tuple[int, dict[str, Any]]]:
    """By the place of their item. Where the report names nobody who does it, nobody is given.

    Comments go back to two persons whom the report names, and to nobody else: they have that action.
    """
    board, ours = Body.objects.get(slug=BOARD), Body.objects.get(slug=BODY)
    july, september = {"due_month": date(2019, 7, 1)}, {"due_month": date(2019, 9, 1), "due_body": ours}
    providers = ["All providers"]
    return [
        (
            4,
            {
                "text": "Present to the ICP Commissioning Board the Population / Roadmap priorities for "
                "Harrow, having considered and having reached consensus on what would have the greatest "
                "impact in reducing the demand for acute non elective workload.",
                "owners": providers,
                **july,
                "due_body": board,
            },
        ),
        (
            4,
            {
                "text": "Present these Population / Roadmap priorities to a further Executive to Executive "
                "meeting.",
                "owners": providers,
                **september,
            },
        ),
        (
            5,
            {
                "text": "Any final amendments or comments on the Governance Structure to go back to Taff "
                "Moraga and Mo Girach.",
                "owners": [_named("Taff Moraga", report), _named("Mo Girach", report)],
                "due_on": date(2019, 7, 2),
            },
        ),
        (
            5,
            {
                "text": "Address key issues related to the work streams Digital Transformation, Comms and "
                "Engagement, Finance and Contracts, and Workforce, Education and Training.",
                "owners": [],
            },
        ),
        (
            7,
            {
                "text": "Develop a detailed resource plan with return on investment (ROI), to the September "
                "Executive to Executive meeting.",
                "owners": [],
                **september,
            },
        ),
        (
            8,
            {
                "text": "Bring a more detailed delivery plan, including the expected measures of the impact "
                "for partners, to the September Executive to Executive meeting.",
                "owners": [],
                **september,
            },
        ),
    ]


def tell(users: dict[str, User]) -> None:
    """What the board report says of the meeting is everybody's to read."""
    secretary, report = users["secretary@harrow.example"], Source.objects.get(slug=REPORT)
    item = _item(len(AGENDA))
    write_minute(item, by=secretary, seen=item.meeting.version, text=CLOSE, source=report)
    meeting = _meeting()
    publish_minutes(meeting, by=secretary, seen=meeting.version)
