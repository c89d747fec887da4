"""The user's own registrations, what was asked and promised in them, and the PCNs that wait for a code."""

from dataclasses import replace
from typing import Any

from django.utils.text import Truncator

from pcnportal.pages.search import Asked, Found, Group, coded, group, named, said
from pcnportal.people.models import User
from registry.filters.imports import SAID
from registry.matching import of_pcn
from registry.models import Case, Commitment, Condition, PCNMatch
from registry.workflow.matching import IMPORTS

from .addresses import CASES, all_of

WORDS = 30  # of a long text


def registrations(user: User, given: Asked) -> Group:
    cases = (
        Case.objects.filter(of_pcn(given), commissioner__in=user.scope(CASES))
        .select_related("pcn__organisation", "round", "commissioner")
        .order_by("-round__year", "pcn__organisation__name", "pk")[: given.most]
    )
    found = [
        Found(
            str(case),
            said(case.get_kind_display(), case.round.year, str(case.commissioner), case.get_status_display()),
            case.get_absolute_url(),
        )
        for case in cases
    ]
    return group("Registrations", found, given, all_of("registry:registrations", name=given.typed))


def asked_and_promised(user: User, given: Asked) -> Group:
    """Conditions and what was promised in answer, by what they say. A name with a slip is no such text."""
    if not given.text:
        return Group("Conditions and agreements", [])
    own = user.scope(CASES)
    conditions = (
        Condition.objects.filter(named(given, "text", "evidence_wanted"), case__commissioner__in=own)
        .select_related("case__pcn__organisation")
        .order_by("case__pcn__organisation__name", "number", "pk")[: given.most]
    )
    promised = (
        Commitment.objects.filter(
            named(given, "text", "services", "promised_by", "other_parties"), case__commissioner__in=own
        )
        .select_related("case__pcn__organisation", "condition__case__pcn__organisation")
        .order_by("case__pcn__organisation__name", "pk")[: given.most]
    )
    found = [Found(str(one), _short(one.text), one.get_absolute_url()) for one in conditions]
    found += [_promise(one) for one in promised]
    return replace(group("Conditions and agreements", found, given), by_text=True)


def _promise(one: Any) -> Found:
    about = one.condition or one.case
    said_of = (
        f"in answer to condition {about.number} of {about.case}"
        if one.condition
        else f"in the registration of {about}"
    )
    return Found(f"{one.get_kind_display()}, {said_of}", _short(one.text), about.get_absolute_url())


def matches(user: User, given: Asked) -> Group:
    """PCNs without a code, by the name or the code that a file gives for what may be they."""
    waiting = (
        PCNMatch.objects.filter(named(given, "name") | coded(given), SAID["waiting"])
        .select_related("pcn__organisation", "run")
        .defer("run__report", "run__undo")
        .order_by("pcn__organisation__name", "-shared", "code", "pk")
    )
    if not user.can(IMPORTS):
        waiting = waiting.filter(pcn__commissioner__in=user.scope("registry.view_import"))
    found = [
        Found(
            f"{match.code} {match.name}",
            f"May be {match.pcn}, which is held without an ODS code · {match.run.file_name}",
            match.get_absolute_url(),
        )
        for match in waiting[: given.most]
    ]
    return group("PCNs to match", found, given, all_of("registry:matches", said="waiting"))


def _short(text: str) -> str:
    return Truncator(text).words(WORDS)
