"""1 July 2019: six networks are live, Zain's condition is still open, and no date was made up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from governance.models import Meeting
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.history.record import is_genuine
from pcnportal.people.models import Organisation
from registry.coverage import coverage_of
from registry.models import (
    Case,
    ClinicalDirector,
    Condition,
    Letter,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Submission,
)
from tests.demo import played

DAY = date(2019, 7, 1)
# The dates that the report gives, the last day before 1 July, the end that is assumed and says so; of the two
# months in which actions are due their last day.
GIVEN = {
    date(2019, 1, 1),
    date(2019, 5, 15),
    date(2019, 5, 20),
    date(2019, 5, 24),
    date(2019, 6, 30),
    date(2019, 7, 1),
    date(2019, 11, 24),
    date(2019, 6, 18),
    date(2019, 7, 2),
    date(2019, 7, 31),
    date(2019, 9, 30),
}
REFERENCE = {"ListSize", "Round", "Checklist"}


@pytest.fixture(scope="module", autouse=True)
def story(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with played(django_db_blocker, DAY), clock.at(DAY):
        yield


def test_six_networks_are_live_since_1_july():
    assert [case.status for case in Case.objects.all()] == ["live"] * 6
    live = PCNPeriod.objects.on(DAY).filter(status="live", pcn__commissioner__code="08E")
    assert [period.starts_on for period in live] == [DAY] * 6
    ended = PCNPeriod.objects.standing().filter(status="approved")
    assert {(period.starts_on, period.ends_on) for period in ended} == {(date(2019, 5, 20), DAY)}


def test_the_register_holds_33_practices_in_six_pcns_and_269_801_patients():
    members = Membership.objects.on(DAY)
    assert (members.count(), members.values("practice").distinct().count()) == (33, 33)
    assert members.values("pcn").distinct().count() == 6
    assert sum(form.stated_list_size or 0 for form in Submission.objects.all()) == 269_801
    assert coverage_of(Organisation.objects.get(code="08E"), DAY).is_whole
    assert not Membership.objects.on(date(2019, 6, 30)).exists()


def test_seven_directors_lead_and_spheres_shares_are_not_held():
    directors = ClinicalDirector.objects.on(DAY)
    assert directors.count() == 7
    assert {director.share for director in directors} == {None}


def test_no_payee_is_held():
    assert not NominatedPayee.objects.exists()


def test_zains_condition_is_open_and_harrow_easts_met():
    states = {str(c.case): c.status for c in Condition.objects.select_related("case")}
    assert states == {"Harrow Collaborative PCN": "Open", "Harrow East PCN": "Met"}


def test_six_letters_were_issued_on_a_day_that_is_not_held():
    assert [letter.issued_on for letter in Letter.objects.all()] == [None] * 6


def test_no_date_was_made_up():
    held: dict[str, set[date]] = {}
    for app in ("registry", "governance"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateField) and model.__name__ not in REFERENCE:
                    days = set(model._default_manager.values_list(field.name, flat=True)) - {None}
                    held[f"{model.__name__}.{field.name}"] = days
    assert held["Decision.decided_on"] == {date(2019, 5, 20), date(2019, 5, 24)}
    # When minutes were published no document says, and the page doesn't either.
    del held["Meeting.minutes_published_at"]
    published = Meeting.objects.filter(minutes_published_at__isnull=False)
    assert set(published.values_list("is_publication_dated", flat=True)) == {False}
    assert {name: days - GIVEN for name, days in held.items() if days - GIVEN} == {}


def test_an_event_is_dated_only_where_the_report_gives_the_day():
    dated = {timezone.localdate(at) for at in Event.objects.filter(dated=True).values_list("at", flat=True)}
    assert dated == {date(2019, 5, 20), date(2019, 5, 24), date(2019, 6, 18), DAY}
    verbs = set(Event.objects.filter(dated=False).values_list("verb", flat=True))
    assert {"submit", "open_review", "recommend", "confirm", "planned the meeting"} <= verbs
    assert not verbs & {"approve", "endorse", "go_live"}


def test_the_history_is_whole_genuine_and_each_commissioners_own():
    events = list(Event.objects.select_related("commissioner", "by"))
    assert all(is_genuine(event) for event in events)
    assert {(str(e.commissioner), e.by.email.partition("@")[2]) for e in events if e.by} == {
        ("NHS Harrow CCG", "harrow.example"),
        ("NHS Hammersmith and Fulham CCG", "hammersmithfulham.example"),
    }
    assert [event.verb for event in events].count("go_live") == 6


def test_nobody_the_report_names_has_an_account():
    assert not Event.objects.filter(by__name__startswith="Dr").exists()
