"""Practices, PCNs and other organisations, by name, ODS code or postcode."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case as When_
from django.db.models import F, IntegerField, Value, When
from django.db.models.lookups import StartsWith
from django.urls import reverse

from pcnportal.pages.search import (
    MOST_NEAR,
    Asked,
    Found,
    Group,
    Plain,
    code_of,
    coded,
    group,
    named,
    plain,
    said,
)
from pcnportal.people.models import FormerDetail, Organisation, User
from registry.matching import matching
from registry.register import BY_NAME, PCN_ROW, PRACTICE_ROW, known_on, pcn_status, pcns_on, practices_on
from registry.register_rows import practice_rows

from .addresses import CASES, all_of, place_of

OF_REGISTER = (Organisation.Kind.PRACTICE, Organisation.Kind.PCN)


def page_of_code(text: str) -> str:
    """The address of the practice or the PCN that has exactly that ODS code, or had it; or nothing."""
    register = Organisation.objects.filter(kind__in=OF_REGISTER).select_related("practice", "pcn")
    code = code_of(text)
    if not code:
        return ""
    had = FormerDetail.objects.filter(what=FormerDetail.What.CODE, value=code).values("organisation")
    held = register.filter(code=code).first() or register.filter(pk__in=had).first()
    return _page_of(held) if held else ""


def codes_held(codes: Collection[str]) -> list[str]:
    """Of some codes and postcodes those that an organisation has, or had. At most `MOST_NEAR`; one query."""
    rows = Organisation.objects.order_by()
    had = FormerDetail.objects.filter(
        what__in=(FormerDetail.What.CODE, FormerDetail.What.POSTCODE), value__in=codes
    ).order_by()
    found = rows.filter(code__in=codes).values_list("code")
    found = found.union(rows.filter(postcode__in=codes).values_list("postcode"), had.values_list("value"))
    return sorted(code for (code,) in found[:MOST_NEAR] if code)


def _page_of(organisation: Organisation) -> str:
    if organisation.kind == Organisation.Kind.PRACTICE:
        return reverse("registry:practice", args=[organisation.code or organisation.slug])
    return reverse("registry:pcn", args=[organisation.slug])


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


def practices(user: User, given: Asked, day: date, others: dict[int, str]) -> Group:
    rows = practices_on(day).filter(matching(given, others)).order_by(*likely(given, day))
    found = [
        Found(
            row["organisation__name"],
            said(
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
    return group("Practices", found, given, all_of("registry:practices", q=given.typed))


def pcns(given: Asked, day: date, others: dict[int, str]) -> Group:
    rows = pcns_on(day).filter(known_on(day), matching(given, others)).order_by(*likely(given, day))
    found = [
        Found(
            row["organisation__name"],
            said(
                row["organisation__code"] or "no ODS code yet",
                others.get(row["pk"]),
                row["commissioner__name"],
                pcn_status(row["period"], row["organisation__closed_on"], day),
            ),
            reverse("registry:pcn", args=[row["organisation__slug"]]),
        )
        for row in rows.values(*PCN_ROW)[: given.most]
    ]
    return group("Primary Care Networks", found, given, all_of("registry:pcns", q=given.typed))


def organisations(given: Asked) -> Group:
    matching = named(given, "name") | coded(given)
    rows = Organisation.objects.exclude(kind__in=OF_REGISTER).filter(matching).order_by("name", "pk")
    found = [
        Found(
            row.name,
            said(row.get_kind_display(), row.code or "no ODS code held", row.postcode),
            all_of("registry:practices", commissioner=row.name)
            if row.kind == Organisation.Kind.COMMISSIONER
            else place_of(row),
        )
        for row in rows[: given.most]
    ]
    return group("Organisations", found, given)


def _unless(usual: str, word: str) -> str:
    return "" if word == usual else word
