"""A condition that the committee set, and the verbs that act on it as held in the database."""

from datetime import date

from registry.models import Condition
from registry.workflow.conditions import extend, judge, submit_evidence, waive
from tests import factories as make
from tests import steps
from tests.remembered import remembered

DUE = date(2019, 6, 30)
JUNE = date(2019, 6, 10)  # a later meeting of the committee


@remembered
def condition(harrow, **other):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow, **other)])
    return case.conditions.get()


def act(harrow, verb, condition, by, seen=None, **facts):
    held = Condition.objects.select_related("case__commissioner").get(pk=condition.pk)
    return verb(held, by=harrow.user(by), seen=seen or held.case.version, **facts)


def hand_in(harrow, condition, by="officer", text="The assurance document.", **facts):
    return act(harrow, submit_evidence, condition, by, text=text, **facts)


def say(harrow, condition, judgement="met", by="chair", note="It convinces.", **facts):
    return act(harrow, judge, condition, by, judgement=judgement, note=note, **facts)


def move_date(harrow, condition, by="secretary", due_on=date(2019, 9, 30), reason="Summer.", **facts):
    return act(harrow, extend, condition, by, due_on=due_on, reason=reason, **facts)


def let_go(harrow, condition, by="secretary", item=None, reason="No longer needed.", **facts):
    return act(harrow, waive, condition, by, item=item, reason=reason, **(harrow.quorum | facts))


def item(harrow, condition, body, day=make.COMMITTEE_DAY, commissioner=None, **facts):
    """An item about the condition on an agenda of `body`."""
    meeting = make.MeetingFactory.create(
        body=body, commissioner=commissioner or harrow.ccg, held_on=day, starts_at="18:00"
    )
    return make.AgendaItemFactory.create(meeting=meeting, **({"subject": condition} | facts))


def status(condition):
    return Condition.objects.get(pk=condition.pk).status
