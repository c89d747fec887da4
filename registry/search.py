"""Practices, PCNs, people, organisations and the user's own registrations, by name, ODS code or postcode."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from pcnportal.pages.search import MOST, Found, Group, group, named, postcode
from pcnportal.people.models import Organisation, Person, User
from registry.models import Case, ClinicalDirector, Condition, SubmittedDirector
from registry.register import (
    PCN_ROW,
    PRACTICE_ROW,
    matching,
    pcn_status,
    pcns_on,
    practice_status,
    practices_on,
    with_pcn,
)
from registry.statuses import NOT_PLACING

OF_REGISTER = (Organisation.Kind.PRACTICE, Organisation.Kind.PCN)
CASES = "registry.view_case"


def page_of_code(text: str) -> str:
    """The address of the practice or the PCN with exactly that ODS code, or nothing."""
    held = (
        Organisation.objects.filter(code=text.upper(), kind__in=OF_REGISTER)
        .select_related("practice__organisation", "pcn__organisation")
        .first()
    )
    record = (getattr(held, "practice", None) or getattr(held, "pcn", None)) if held else None
    return str(record.get_absolute_url()) if record else ""


def search_of(user: User, text: str, day: date) -> list[Group]:
    """What the user may see of what matches `text`, as it stands on `day`. Seven queries."""
    if not user.can("registry.view_register"):
        return []
    return [
        _practices(user, text, day),
        _pcns(text, day),
        _registrations(user, text),
        _people(user, text, day),
        _organisations(text),
    ]


def _all(page: str, /, **asked: str) -> str:
    return f"{reverse(page)}?{urlencode(asked)}"


def _practices(user: User, text: str, day: date) -> Group:
    own = user.scope(CASES)
    practices = with_pcn(practices_on(day), day, own).filter(matching(text))
    rows = practices.values(*PRACTICE_ROW, "pcn", "proposed")[: MOST + 1]
    found = [
        Found(
            row["organisation__name"],
            _said(
                row["organisation__code"],
                row["organisation__postcode"],
                row["commissioner__name"],
                row["pcn"] or (row["proposed"] and f"proposed for {row['proposed']}") or "in no PCN",
                _unless(
                    "Open",
                    practice_status(row["organisation__opened_on"], row["organisation__closed_on"], day),
                ),
            ),
            reverse("registry:practice", args=[row["organisation__code"]]),
        )
        for row in rows
    ]
    return group("Practices", found, _all("registry:practices", q=text))


def _pcns(text: str, day: date) -> Group:
    rows = pcns_on(day).filter(matching(text)).values(*PCN_ROW)[: MOST + 1]
    found = [
        Found(
            row["organisation__name"],
            _said(
                row["organisation__code"] or "no ODS code yet",
                row["commissioner__name"],
                pcn_status(row["period"], row["organisation__closed_on"], day),
            ),
            reverse("registry:pcn", args=[row["organisation__slug"]]),
        )
        for row in rows
    ]
    return group("Primary Care Networks", found, _all("registry:pcns", q=text))


def _registrations(user: User, text: str) -> Group:
    matching = named(text, "pcn__organisation__name") | Q(pcn__organisation__code__istartswith=text)
    cases = (
        Case.objects.filter(matching, commissioner__in=user.scope(CASES))
        .select_related("pcn__organisation", "round", "commissioner")
        .order_by("-round__year", "pcn__organisation__name", "pk")[: MOST + 1]
    )
    found = [
        Found(
            str(case),
            _said(
                case.get_kind_display(), case.round.year, str(case.commissioner), case.get_status_display()
            ),
            case.get_absolute_url(),
        )
        for case in cases
    ]
    return group("Registrations", found, _all("registry:registrations", name=text))


def _people(user: User, text: str, day: date) -> Group:
    """Directors in force, and whom the user's own registrations name; nobody else's."""
    own = user.scope(CASES)
    posts = ClinicalDirector.objects.on(day).select_related("pcn__organisation", "practice__organisation")
    named_on = (
        SubmittedDirector.objects.filter(
            submission=F("submission__case__current"), submission__case__commissioner__in=own
        )
        .exclude(submission__case__status__in=NOT_PLACING)
        .select_related("submission__case__pcn__organisation", "practice__organisation")
    )
    owners = Condition.objects.filter(case__commissioner__in=own, result="")
    people = (
        Person.objects.filter(named(text, "name"))
        .filter(
            Q(pk__in=posts.values("person"))
            | Q(pk__in=named_on.values("person"))
            | Q(pk__in=owners.values("owner_person"))
        )
        .prefetch_related(
            Prefetch("directorships", posts, to_attr="posts"),
            Prefetch("conditions_owned", owners.select_related("case__pcn__organisation"), to_attr="owned"),
        )
        .order_by("name", "pk")[: MOST + 1]
    )
    held = list(people)
    proposed: dict[int, list[Any]] = {}
    for row in named_on.filter(person__in=[person.pk for person in held]):
        proposed.setdefault(row.person_id, []).append(row)
    found = [_person(person, proposed.get(person.pk, [])) for person in held]
    return group("People", found)


def _person(person: Any, proposed: list[Any]) -> Found:
    """In the post now, else named on a registration, else the owner of a condition."""
    if person.posts:
        post = person.posts[0]
        what = f"Clinical director of {post.pcn}"
        return Found(person.name, _said(what, _practice(post)), post.pcn.get_absolute_url())
    if proposed:
        case = proposed[0].submission.case
        what = f"Named as clinical director in the registration of {case}"
        return Found(person.name, _said(what, _practice(proposed[0])), case.get_absolute_url())
    condition = person.owned[0]
    return Found(
        person.name,
        f"Owner of condition {condition.number} of {condition.case}",
        condition.get_absolute_url(),
    )


def _practice(row: Any) -> str:
    return str(row.practice) if row.practice_id else "practice not held"


def _organisations(text: str) -> Group:
    matching = named(text, "name") | Q(code__istartswith=text) | Q(postcode__istartswith=postcode(text))
    rows = Organisation.objects.exclude(kind__in=OF_REGISTER).filter(matching).order_by("name", "pk")
    found = [
        Found(
            row.name,
            _said(row.get_kind_display(), row.code or "no ODS code held", row.postcode),
            _all("registry:practices", commissioner=row.name)
            if row.kind == Organisation.Kind.COMMISSIONER
            else "",
        )
        for row in rows[: MOST + 1]
    ]
    return group("Organisations", found)


def _said(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _unless(usual: str, word: str) -> str:
    return "" if word == usual else word
