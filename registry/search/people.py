"""People whom the register names, and whom the user's own registrations name; nobody else's."""

from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q

from pcnportal.pages.search import Asked, Found, Group, group, named, said
from pcnportal.people.models import Office, Person, User
from registry.models import ClinicalDirector, Condition, SubmittedDirector
from registry.models.facts import known_by
from registry.statuses import NOT_PLACING

from .addresses import CASES, place_of


def people(user: User, given: Asked, day: date) -> Group:
    """Each with what they are on `day`, else with what they were or are to be."""
    own = user.scope(CASES)
    posts = (
        ClinicalDirector.objects.standing()
        .filter(known_by(day))
        .select_related("pcn__organisation", "practice__organisation")
    )
    named_on = (
        SubmittedDirector.objects.filter(
            submission=F("submission__case__current"), submission__case__commissioner__in=own
        )
        .exclude(submission__case__status__in=NOT_PLACING)
        .select_related("submission__case__pcn__organisation", "practice__organisation")
    )
    owners = Condition.objects.filter(case__commissioner__in=own, result="")
    offices = Office.objects.filter(known_by(day)).select_related("organisation")
    rows = (
        Person.objects.filter(named(given, "name"))
        .filter(
            Q(pk__in=posts.values("person"))
            | Q(pk__in=named_on.values("person"))
            | Q(pk__in=owners.values("owner_person"))
            | Q(pk__in=offices.values("person"))
        )
        .prefetch_related(
            Prefetch("directorships", posts.order_by("starts_on", "pk"), to_attr="posts"),
            Prefetch("conditions_owned", owners.select_related("case__pcn__organisation"), to_attr="owned"),
            Prefetch("offices", offices.order_by("starts_on", "pk"), to_attr="held_offices"),
        )
        .order_by("name", "pk")[: given.most]
    )
    held = list(rows)
    proposed: dict[int, list[Any]] = {}
    for row in named_on.filter(person__in=[person.pk for person in held]):
        proposed.setdefault(row.person_id, []).append(row)
    return group("People", [_person(person, proposed.get(person.pk, []), day) for person in held], given)


def _person(person: Any, proposed: list[Any], day: date) -> Found:
    """What they are on the day comes before what is proposed, and that before what they were or are to be."""
    now = [post for post in person.posts if _is_in_force(post, day)]
    if now:
        return _post(person, now[0], day)
    if proposed:
        case = proposed[0].submission.case
        what = f"Named as clinical director in the registration of {case}"
        return Found(person.name, said(what, _practice(proposed[0])), case.get_absolute_url())
    offices = sorted(person.held_offices, key=lambda office: not _is_in_force(office, day))
    if offices and (_is_in_force(offices[0], day) or not (person.posts or person.owned)):
        office = offices[0]
        what = said(f"{office.title} of {office.organisation}", _when(office, day))
        return Found(person.name, what, place_of(office.organisation))
    if person.owned:
        condition = person.owned[0]
        what = f"Owner of condition {condition.number} of {condition.case}"
        return Found(person.name, what, condition.get_absolute_url())
    return _post(person, person.posts[-1], day)


def _post(person: Any, post: Any, day: date) -> Found:
    what = said(f"Clinical director of {post.pcn}", _practice(post), _when(post, day))
    return Found(person.name, what, post.pcn.get_absolute_url())


def _is_in_force(row: Any, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or day < row.ends_on)


def _when(row: Any, day: date) -> str:
    """Nothing of what is so on `day`."""
    if row.starts_on and day < row.starts_on:
        return f"from {row.starts_on:%-d %B %Y}"
    return f"until {row.ends_on:%-d %B %Y}" if row.ends_on and row.ends_on <= day else ""


def _practice(row: Any) -> str:
    return str(row.practice) if row.practice_id else "practice not held"
