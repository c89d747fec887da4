"""What an event says, and that only the portal can have written it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import override_settings
from django.utils import timezone

from pcnportal import clock
from pcnportal.history.models import Event, Source
from pcnportal.history.record import events_of, is_genuine, record
from tests import factories as make


@pytest.fixture
def ccg(db: Any):
    return make.OrganisationFactory.create(code="08E")


def held(event):
    return Event.objects.get(pk=event.pk)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_in_the_transaction_of_its_change_or_not_at_all():
    ccg = make.OrganisationFactory.create(code="08E")
    with pytest.raises(RuntimeError, match="in the transaction of its change"):
        record(None, "opened", ccg)
    assert not Event.objects.exists()


def test_at_is_the_portals_clock_and_recorded_at_the_machines(ccg):
    with clock.at(date(2019, 5, 20)):
        event = record(None, "opened", ccg)
    assert timezone.localtime(event.at).isoformat() == "2019-05-20T09:00:00+01:00"
    assert abs(timezone.now() - event.recorded_at) < timedelta(minutes=1)
    assert event.dated


def test_a_step_without_a_date_is_not_dated(ccg):
    with clock.at(date(2019, 5, 16), dated=False):
        assert not record(None, "reviewed", ccg).dated


def test_an_event_belongs_to_the_commissioner_of_its_subject_or_of_the_whole(ccg):
    meeting = make.MeetingFactory.create()
    body = meeting.body
    assert record(None, "planned", meeting).commissioner == ccg
    assert record(None, "changed", body, whole=meeting).commissioner == ccg
    assert record(None, "changed", body).commissioner is None
    other = make.OrganisationFactory.create(name="NHS Havering CCG", code="08F")
    assert record(None, "changed", body, commissioner=other).commissioner == other


def test_a_record_shows_what_happened_to_its_parts_newest_first(ccg):
    meeting = make.MeetingFactory.create()
    item = make.AgendaItemFactory.create(meeting=meeting)
    record(None, "planned", meeting)
    record(None, "added", item, whole=meeting)
    record(None, "opened", ccg)
    assert [(event.verb, event.subject) for event in events_of(meeting)] == [
        ("added", item),
        ("planned", meeting),
    ]


def test_changes_keep_dates_and_rows_as_words(ccg):
    event = record(
        None, "extended", ccg, due_on=[None, date(2019, 6, 30)], source=make.SourceFactory.create()
    )
    kept = held(event).changes
    assert kept["due_on"] == [None, "2019-06-30"]
    assert kept["source"] == "Harrow board report on Primary Care Networks"


def test_two_events_that_say_the_same_are_two(ccg):
    with clock.at(date(2019, 5, 20)):
        first, second = (record(None, "opened", ccg) for _ in range(2))
    assert first.seal != second.seal


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"share": 33.333333333333336},
        {"words": "“Zain’s” — ü, 漢字"},
        {"nested": {"b": [1, None, {"a": True}], "a": 10**15}},
        {"day": date(2019, 5, 20)},
    ],
)
def test_what_the_portal_wrote_is_genuine_when_read_back(ccg, changes):
    user = make.UserFactory.create()
    assert is_genuine(held(record(user, "changed", ccg, "Because.", **changes)))


def other_day(event):
    return event.at + timedelta(seconds=1)


ALTERED = {
    "at": other_day,
    "dated": lambda event: not event.dated,
    "recorded_at": lambda event: event.recorded_at - timedelta(milliseconds=1),
    "by_id": lambda event: 4711,
    "verb": lambda event: "withdrawn",
    "subject_id": lambda event: event.subject_id + 1,
    "subject_type_id": lambda event: ContentType.objects.get_for_model(Source).pk,
    "whole_id": lambda event: event.whole_id + 1,
    "whole_type_id": lambda event: ContentType.objects.get_for_model(Source).pk,
    "commissioner_id": lambda event: None,
    "reason": lambda event: event.reason + " ",
    "changes": lambda event: event.changes | {"status": ["draft", "closed"]},
    "seal": lambda event: "0" * 64,
}


@pytest.mark.parametrize("column", ALTERED)
def test_an_event_of_which_anything_was_altered_is_not_genuine(ccg, column):
    event = held(record(make.UserFactory.create(), "approved", ccg, "As minuted.", commissioner=ccg))
    assert is_genuine(event)
    setattr(event, column, ALTERED[column](event))
    assert not is_genuine(event)


def test_every_column_that_says_something_is_sealed():
    said = {field.column for field in Event._meta.concrete_fields} - {"id"}
    assert ALTERED.keys() == said


def test_another_key_makes_no_genuine_event(ccg):
    with override_settings(SECRET_KEY="somebody else's"):
        forged = record(None, "approved", ccg)
        assert is_genuine(held(forged))
    assert not is_genuine(held(forged))


def test_history_that_an_earlier_key_sealed_stays_genuine(ccg):
    event = held(record(None, "approved", ccg))
    with override_settings(SECRET_KEY="the new key", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert is_genuine(event)


def test_an_event_reads_as_what_happened_and_when(ccg):
    with clock.at(date(2019, 5, 20)):
        assert str(record(None, "approve", ccg)) == "approve (20 May 2019)"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"title": "Report", "reference": "page 4", "published_on": date(2019, 6, 1)},
            "Report, page 4, 1 June 2019",
        ),
        ({"title": "Report", "reference": "", "published_on": None}, "Report"),
    ],
)
def test_a_source_names_its_page_and_its_date_where_they_are_held(facts, words):
    assert str(Source(**facts)) == words
