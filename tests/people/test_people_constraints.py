"""What the database refuses of organisations, roles, the history's rows and the played day."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from pcnportal.history.models import Event
from pcnportal.history.record import record
from pcnportal.models import PlayedDay
from pcnportal.people.models import FormerDetail, Office, Organisation, Succession
from tests import factories as make
from tests.nonsense import constraints_of, refuses

DAY = date(2019, 5, 20)


def practice(**facts):
    return lambda: Organisation.objects.create(name="Civic Medical Centre", kind="practice", **facts)


def role(**facts):
    ccg, user = make.OrganisationFactory.create(code="08E"), make.UserFactory.create()
    return lambda: make.RoleFactory.create(user=user, organisation=ccg, **facts)


def formerly(**facts):
    joseph = make.OrganisationFactory.create(name="Dr Joseph", code="F82639", kind="practice")
    return lambda: FormerDetail.objects.create(organisation=joseph, **{"what": "name", "until": DAY} | facts)


def took_over(kind: str, successor: str = ""):
    joseph = make.OrganisationFactory.create(name="Dr Joseph", code="F82639", kind="practice")
    other = make.OrganisationFactory.create(name=successor, kind="practice") if successor else None
    return lambda: Succession.objects.create(predecessor=joseph, successor=other, kind=kind)


def chair(**facts):
    weaver = make.PersonFactory.create(name="Dr Dan Weaver")
    federation = make.OrganisationFactory.create(name="Havering Health Limited", kind="federation")
    return lambda: Office.objects.create(organisation=federation, person=weaver, title="Chair", **facts)


def unsealed():
    written = record(None, "opened", make.OrganisationFactory.create(code="08E"))
    columns = {field.attname: getattr(written, field.attname) for field in Event._meta.concrete_fields}
    return lambda: Event.objects.create(
        **columns | {"id": None, "seal": "short", "recorded_at": timezone.now()}
    )


NONSENSE: dict[str, dict[str, Any]] = {
    "people": {
        "organisation_code_not_blank": lambda: [practice(slug="civic", code="")],
        "organisation_closes_after_it_opens": lambda: [practice(slug="civic", opened_on=DAY, closed_on=DAY)],
        "former_detail_ends_once_on_a_day": lambda: [formerly(value="Dr J"), formerly(value="Dr Joseph")],
        "taken_over_once": lambda: [
            took_over("taken_on", "North Street"),
            took_over("merged", "North Street"),
        ],
        "only_a_dispersed_list_has_no_successor": lambda: [took_over("dispersed"), took_over("merged")],
        "nobody_succeeds_itself": lambda: [took_over("merged", "Dr Joseph")],
        "office_ends_after_it_starts": lambda: [chair(starts_on=DAY, ends_on=DAY)],
        "role_ends_after_it_starts": lambda: [role(starts_on=DAY, ends_on=DAY)],
        "role_held_once": lambda: [role()] * 2,
    },
    "history": {"event_is_sealed": lambda: [unsealed()]},
    "pcnportal": {"one_played_day": lambda: [lambda: PlayedDay.objects.create(pk=2, day=DAY)]},
}


@pytest.mark.parametrize("app", NONSENSE)
def test_every_constraint_is_tried(app):
    assert NONSENSE[app].keys() == constraints_of(app)


@pytest.mark.parametrize(("app", "name"), [(app, name) for app, held in NONSENSE.items() for name in held])
def test_nonsense_is_refused(db, app, name):
    refuses(app, name, NONSENSE[app][name]())


def test_many_organisations_have_no_code_yet(db):
    for number in range(3):
        practice(slug=f"civic-{number}")()
    assert Organisation.objects.filter(code=None).count() == 3


def test_a_role_may_be_held_again_after_it_ended(db):
    ended = role(ends_on=DAY)
    ended()
    ended()
    role()()
    assert make.UserFactory.create().roles.count() == 3
