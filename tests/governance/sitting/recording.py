"""What the tests of a sitting record."""

from datetime import date

from governance.models import AgendaItem, Meeting, Resolution
from governance.workflow.meetings import add_item, record_attendance
from governance.workflow.standing_over import stand_over
from pcnportal.people.models import Person

JUNE, JULY = date(2019, 6, 17), date(2019, 7, 15)


def row(name, presence="present", office="", is_voting=True, **other):
    return {"name": name, "office": office, "is_voting": is_voting, "presence": presence} | other


def attend(harrow, meeting, *rows, by="secretary", **other):
    held = Meeting.objects.get(pk=meeting.pk)
    record_attendance(held, by=harrow.user(by), seen=held.version, present=rows, **other)
    return held


def person(name):
    return Person.objects.get(name=name)


def add(harrow, meeting, title="Primary Care Networks", **facts):
    return add_item(meeting, by=harrow.user("secretary"), title=title, **facts)


def over(harrow, item, by="secretary", because="No time was left.", to=None, seen=None):
    held = AgendaItem.objects.select_related("meeting__body", "meeting__commissioner").get(pk=item.pk)
    return stand_over(held, by=harrow.user(by), seen=seen or held.meeting.version, because=because, to=to)


def resolve(item, outcome="agreed", **facts):
    return Resolution.objects.create(item=item, outcome=outcome, text="it be ratified", **facts)
