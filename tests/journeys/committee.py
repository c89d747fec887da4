"""What the journeys of a committee share: its meetings, who came to them, and the day that the demo plays."""

from datetime import date
from typing import Any

from playwright.sync_api import Locator, expect

from governance.models import AgendaItem, Body, Meeting
from governance.workflow.meetings import record_attendance
from pcnportal.models import PlayedDay
from pcnportal.people.models import Person
from tests.journeys.base import Journey
from tests.journeys.told import user

SLUG = "harrow-primary-care-commissioning-committee"
CHAIR, MEMBER = "Harrow committee chair", "Harrow committee member"


def committee() -> Body:
    found: Body = Body.objects.get(slug=SLUG)
    return found


def todays() -> Meeting:
    """The committee's meeting on the morning that the demo plays."""
    return Meeting.objects.get(body=committee(), held_on=date(2019, 5, 20))


def attended(meeting: Meeting, *names: str, apologies: tuple[str, ...] = ()) -> None:
    """They were there, or sent apologies; each has a vote."""
    came = {**dict.fromkeys(names, "present"), **dict.fromkeys(apologies, "apologies")}
    people = {person.name: person for person in Person.objects.filter(name__in=came)}
    present: list[dict[str, Any]] = [
        {"person": people[name], "office": "", "is_voting": True, "presence": presence}
        for name, presence in came.items()
    ]
    record_attendance(meeting, by=user("secretary"), seen=meeting.version, present=present)


class OfTheCommittee(Journey):
    def on(self, day: date) -> None:
        PlayedDay.objects.update(day=day)

    def follow(self, name: str, within: Locator | None = None) -> None:
        self.press((within or self.page.get_by_role("main")).get_by_role("link", name=name).first)

    def send(self, button: str) -> None:
        self.press(self.page.get_by_role("button", name=button, exact=True))

    def date_in(self, group: str, day: date, within: Locator | None = None) -> None:
        fields = (within or self.page).get_by_role("group", name=group)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            fields.get_by_label(part, exact=True).fill(str(value))

    def item(self, title: str) -> AgendaItem:
        return AgendaItem.objects.filter(title__contains=title).order_by("-pk")[0]

    def then_the_page_says(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_role("main")).to_contain_text(sentence)

    and_the_page_says = then_the_page_says
