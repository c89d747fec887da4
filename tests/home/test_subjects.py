"""What events are about is named as the record names itself, in one query for all kinds together."""

import pytest
from django.db import transaction

from governance.models import AgendaItem
from pcnportal.history.models import Event
from pcnportal.history.record import record
from pcnportal.history_page import address_of
from pcnportal.subjects import KINDS, with_subjects
from tests import factories as make
from tests.crowd import crowd
from tests.governance.actions.rows import action_of
from tests.governance.interests.rows import interest
from tests.governance.records import add_actions_between


@pytest.fixture
def kept(harrow):
    """An event about each kind of record."""
    crowd(harrow, 1)
    interest()
    item = AgendaItem.objects.all()[0]
    action_of(item, harrow.user("secretary"))
    add_actions_between(item, harrow.user("secretary"), 1)
    with transaction.atomic():
        events = [
            record(harrow.user("officer"), "looked at", model._default_manager.all()[0]) for model in KINDS
        ]
    return Event.objects.filter(pk__in=[event.pk for event in events]).select_related(
        "subject_type", "whole_type"
    )


def test_each_is_named_and_addressed_as_it_names_itself(kept, django_assert_num_queries):
    events = list(kept)
    with django_assert_num_queries(1):
        with_subjects(events)
        made = [(str(e.subject), address_of(e), str(e.whole)) for e in events]
    assert {type(event.subject) for event in events} == set(KINDS)
    held = [type(event.subject).objects.get(pk=event.subject_id) for event in events]
    assert made == [(str(row), getattr(row, "get_absolute_url", str)(), str(row)) for row in held]


def test_a_kind_that_is_not_shown_has_no_name(harrow):
    rule = make.QuorumRuleFactory.create(body=harrow.committee)
    with transaction.atomic():
        event = record(harrow.user("officer"), "looked at", rule, commissioner=harrow.ccg)
    (found,) = with_subjects(list(Event.objects.filter(pk=event.pk)))
    assert found.subject is None
    assert found.whole is None
