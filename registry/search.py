"""Practices, PCNs, people, organisations and the user's own registrations, by name, ODS code or postcode."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case as When_
from django.db.models import F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.lookups import StartsWith
from django.urls import reverse

from pcnportal.pages.search import Asked, Found, Group, Plain, code_of, coded, group, named, plain
from pcnportal.people.models import FormerDetail, Organisation, Person, User
from registry.matching import matching, of_pcn, otherwise_known
from registry.models import Case, ClinicalDirector, Condition, SubmittedDirector
from registry.register import BY_NAME, PCN_ROW, PRACTICE_ROW, known_on, pcn_status, pcns_on, practices_on
from registry.register_rows import practice_rows
from registry.statuses import NOT_PLACING

OF_REGISTER = (Organisation.Kind.PRACTICE, Organisation.Kind.PCN)
CASES = "registry.view_case"


def names() -> list[tuple["QuerySet[Any]", str]]:
    """Where to look for words that are nearly the typed ones."""
    former = FormerDetail.objects.filter(what=FormerDetail.What.NAME)
    return [(Organisation.objects.all(), "name"), (former, "value"), (Person.objects.all(), "name")]


def page_of_code(text: str) -> str:
    """The address of the practice or the PCN that has exactly that ODS code, or had it; or nothing."""
    register = Organisation.objects.filter(kind__in=OF_REGISTER).select_related("practice", "pcn")
    code = code_of(text)
    if not code:
        return ""
    had = FormerDetail.objects.filter(what=FormerDetail.What.CODE, value=code).values("organisation")
    held = register.filter(code=code).first() or register.filter(pk__in=had).first()
    return _page_of(held) if held else ""


def _page_of(organisation: Organisation) -> str:
    if organisation.kind == Organisation.Kind.PRACTICE:
        return reverse("registry:practice", args=[organisation.code or organisation.slug])
    return reverse("registry:pcn", args=[organisation.slug])


def search_of(user: User, given: Asked, day: date) -> list[Group]:
    """What the user may see of what matches, as it stands on `day`. Nine queries at most."""
    if not user.can("registry.view_register"):
        return []
    others = otherwise_known(given)
    return [
        _practices(user, given, day, others),
        _pcns(given, day, others),
        _registrations(user, given),
        _people(user, given, day),
        _organisations(given),
    ]


def _all(page: str, /, **asked: str) -> str:
    return f"{reverse(page)}?{urlencode(asked)}"


def likely(given: Asked, day: date) -> list[Any]:
    """Open ones first, of these the ones that begin as was typed, then by name."""
    closed = When(organisation__closed_on__lte=day, then=Value(1))
    begins = When(StartsWith(Plain(F("organisation__name")), Value(plain(given.typed))), then=Value(0))
    number = IntegerField()
    return [
        When_(closed, default=Value(0), output_field=number),
        When_(begins, default=Value(1), output_field=number),
        BY_NAME,
        "pk",
    ]


def _practices(user: User, given: Asked, day: date, others: dict[int, str]) -> Group:
    rows = practices_on(day).filter(matching(given, others)).order_by(*likely(given, day))
    found = [
        Found(
            row["organisation__name"],
            _said(
                row["organisation__code"],
                others.get(row["pk"]),
                row["organisation__postcode"],
                row["commissioner__name"],
                row["pcn"] or (row["proposed"] and f"proposed for {row['proposed']}") or "in no PCN",
                _unless("Open", row["status"]),
            ),
            reverse("registry:practice", args=[row["organisation__code"] or row["organisation__slug"]]),
        )
        for row in practice_rows(
            list(rows.values(*PRACTICE_ROW, "organisation__slug")[: given.most]), day, user.scope(CASES)
        )
    ]
    return group("Practices", found, given, _all("registry:practices", q=given.typed))


def _pcns(given: Asked, day: date, others: dict[int, str]) -> Group:
    rows = pcns_on(day).filter(known_on(day), matching(given, others)).order_by(*likely(given, day))
    found = [
        Found(
            row["organisation__name"],
            _said(
                row["organisation__code"] or "no ODS code yet",
                others.get(row["pk"]),
                row["commissioner__name"],
                pcn_status(row["period"], row["organisation__closed_on"], day),
            ),
            reverse("registry:pcn", args=[row["organisation__slug"]]),
        )
        for row in rows.values(*PCN_ROW)[: given.most]
    ]
    return group("Primary Care Networks", found, given, _all("registry:pcns", q=given.typed))


def _registrations(user: User, given: Asked) -> Group:
    cases = (
        Case.objects.filter(of_pcn(given), commissioner__in=user.scope(CASES))
        .select_related("pcn__organisation", "round", "commissioner")
        .order_by("-round__year", "pcn__organisation__name", "pk")[: given.most]
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
    return group("Registrations", found, given, _all("registry:registrations", name=given.typed))


def _people(user: User, given: Asked, day: date) -> Group:
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
        Person.objects.filter(named(given, "name"))
        .filter(
            Q(pk__in=posts.values("person"))
            | Q(pk__in=named_on.values("person"))
            | Q(pk__in=owners.values("owner_person"))
        )
        .prefetch_related(
            Prefetch("directorships", posts, to_attr="posts"),
            Prefetch("conditions_owned", owners.select_related("case__pcn__organisation"), to_attr="owned"),
        )
        .order_by("name", "pk")[: given.most]
    )
    held = list(people)
    proposed: dict[int, list[Any]] = {}
    for row in named_on.filter(person__in=[person.pk for person in held]):
        proposed.setdefault(row.person_id, []).append(row)
    found = [_person(person, proposed.get(person.pk, [])) for person in held]
    return group("People", found, given)


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


def _organisations(given: Asked) -> Group:
    matching = named(given, "name") | coded(given)
    rows = Organisation.objects.exclude(kind__in=OF_REGISTER).filter(matching).order_by("name", "pk")
    found = [
        Found(
            row.name,
            _said(row.get_kind_display(), row.code or "no ODS code held", row.postcode),
            _all("registry:practices", commissioner=row.name)
            if row.kind == Organisation.Kind.COMMISSIONER
            else "",
        )
        for row in rows[: given.most]
    ]
    return group("Organisations", found, given)


def _said(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _unless(usual: str, word: str) -> str:
    return "" if word == usual else word
