"""Everything that happened in a commissioner: who, what, to what, why, and what changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.history.record import record
from registry.models import Case
from tests import steps
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

ADDRESS = "/history/"
OFFICER, SECRETARY = "Harrow primary care officer", "Harrow committee secretary"


def listed(harrow, user="auditor", **query):
    """The events that the filters leave, as the file has them."""
    return rows(signed_in(harrow.user(user)).get(ADDRESS, query | {"_export": "csv"}))


@pytest.fixture
def approved(harrow):
    return steps.approved(harrow)


@pytest.fixture
def forged(harrow, approved):
    """A row that somebody wrote past the portal."""
    kind = ContentType.objects.get_for_model(Case)
    about = {"subject_type": kind, "subject_id": approved.pk, "whole_type": kind, "whole_id": approved.pk}
    now = datetime.now(UTC)
    return Event.objects.create(
        at=now,
        recorded_at=now,
        by=harrow.user("chair"),
        verb="approve",
        commissioner=harrow.ccg,
        seal="0" * 64,
        **about,
    )


def test_the_newest_comes_first_with_who_what_to_what_and_what_changed(harrow, approved):
    page = words(signed_in(harrow.user("auditor")).get(ADDRESS)).partition("Reason and changes")[2]
    assert page.index("Recorded the approval") < page.index("Put it on the committee’s agenda")
    assert "Status: from Before committee to Approved" in page
    newest = listed(harrow)[0]
    assert list(newest) == [
        "when",
        "who",
        "what",
        "about",
        "reason",
        "changes",
        "commissioner",
        "recorded_at",
        "written_by_the_portal",
    ]
    assert (newest["when"], newest["who"], newest["what"], newest["about"]) == (
        "2019-05-20",
        SECRETARY,
        "recorded the approval",
        "GP Direct PCN",
    )
    assert newest["written_by_the_portal"] == "yes"


def test_what_happened_links_to_what_it_happened_to(harrow, approved):
    page = signed_in(harrow.user("auditor")).get(ADDRESS).content.decode()
    assert f'<a href="{approved.get_absolute_url()}">GP Direct PCN</a>' in page
    line = steps.line_of(approved, "contiguity")
    assert f'<a href="{line.get_absolute_url()}">Contiguity, GP Direct PCN</a>' in page


def test_another_commissioner_reads_nothing_of_it(harrow, approved):
    assert listed(harrow, "officer@havering.example") == []
    page = words(signed_in(harrow.user("officer@havering.example")).get(ADDRESS))
    assert "Nothing has happened yet." in page
    assert "approval" not in page


def test_an_administrator_of_accounts_may_not_read_history(harrow):
    assert signed_in(harrow.user("admin")).get(ADDRESS).status_code == 403


def test_an_event_without_a_date_says_so_and_is_left_out_between_dates(harrow, approved):
    with clock.at(date(2019, 5, 20), dated=False), transaction.atomic():
        record(harrow.user("officer"), "looked at", approved)
    assert listed(harrow)[0]["when"] == ""
    assert "date not held" in words(signed_in(harrow.user("auditor")).get(ADDRESS))
    found = listed(harrow, since="2019-05-20", until="2019-05-20")
    assert [row["what"] for row in found] == ["recorded the approval", "recorded a resolution"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"who": "secre"}, {SECRETARY}),
        ({"who": "nobody"}, set()),
        ({"since": "2019-05-18"}, {SECRETARY}),
        ({"until": "2019-05-15"}, {OFFICER}),
        ({"what": "recommend"}, {OFFICER}),
        ({"text": "DISCUSSED"}, {OFFICER}),
    ],
)
def test_it_is_filtered_by_who_what_when_and_reason(harrow, approved, query, left):
    assert {row["who"] for row in listed(harrow, **query)} == left


def test_a_wrong_date_is_named_instead_of_an_empty_list(harrow, approved):
    response = signed_in(harrow.user("auditor")).get(ADDRESS, {"since": "31.6.2019"})
    assert "There is a problem" in words(response)


def test_a_row_that_the_portal_did_not_write_is_marked(harrow, forged):
    page = words(signed_in(harrow.user("auditor")).get(ADDRESS))
    assert page.count("Not written by the portal") == 1
    assert [row["written_by_the_portal"] for row in listed(harrow)[:2]] == ["no", "yes"]


def test_an_event_written_long_after_it_happened_shows_both_days(harrow, approved, settings):
    page = words(signed_in(harrow.user("auditor")).get(ADDRESS))
    written = Event.objects.latest("pk").recorded_at
    assert f"20 May 2019 recorded {written:%-d %B %Y}" in page
    settings.DEMO = True
    page = words(signed_in(harrow.user("auditor")).get(ADDRESS))
    assert "20 May 2019 recorded" not in page


def test_it_takes_as_many_queries_for_2_events_as_for_200(harrow, approved, django_assert_num_queries):
    client = signed_in(harrow.user("auditor"))
    client.get(ADDRESS, {"per_page": "100"})  # renews the session, finds the kinds of rows
    # Session, user, roles, verbs, count, page, and what the events are about.
    with django_assert_num_queries(7):
        client.get(ADDRESS, {"per_page": "100"})
    meeting = approved.decisions.get().item.meeting
    with transaction.atomic():
        for _ in range(50):
            record(harrow.user("officer"), "looked at", approved)
            record(harrow.user("officer"), "looked at", steps.line_of(approved, "contiguity"), whole=approved)
            record(harrow.user("officer"), "looked at", meeting)
            record(harrow.user("officer"), "looked at", meeting.items.get(), whole=meeting)
    with django_assert_num_queries(7):
        page = client.get(ADDRESS, {"per_page": "100"})
    assert "1 to 100 shown" in words(page)


def test_days_are_london_days(harrow, approved):
    late = datetime(2019, 5, 20, 22, 59, tzinfo=UTC)  # 23:59 in London
    assert clock.today() == late.date()
    assert listed(harrow, until=str(late.date()))[0]["when"] == "2019-05-20"
    assert listed(harrow, since=str(late.date() + timedelta(days=1))) == []
