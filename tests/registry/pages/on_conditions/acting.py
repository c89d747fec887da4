"""What is done to a condition on its pages, and what is handed in for it."""

from datetime import date

from registry.workflow.condition_agenda import put_on_agenda
from registry.workflow.conditions import submit_evidence
from tests import factories as make
from tests.reading import signed_in

TODAY = date(2019, 6, 3)
NAMED = {
    "held_source": "named",
    "source_title": "Minutes of the committee",
    "source_date_day": "20",
    "source_date_month": "5",
    "source_date_year": "2019",
    "source_page": "item 4",
}


def hand_in(harrow, condition):
    submit_evidence(condition, by=harrow.user("officer"), seen=condition.case.version, text="A letter")


def on_agenda(harrow, condition, day=TODAY):
    """Its item of a meeting of the committee."""
    meeting = make.MeetingFactory.create(body=harrow.committee, commissioner=harrow.ccg, held_on=day)
    condition.case.refresh_from_db()
    return put_on_agenda(condition, by=harrow.user("secretary"), seen=condition.case.version, meeting=meeting)


def send(harrow, user, condition, verb, **data):
    """POST what was typed to the verb's page, shown in the case's present version."""
    condition.case.refresh_from_db()
    address = f"{condition.get_absolute_url()}{verb}/"
    return signed_in(harrow.user(user)).post(address, {"seen": condition.case.version} | data)
