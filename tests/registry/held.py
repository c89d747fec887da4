"""Facts for the rules of the checklist, without a database."""

from datetime import date
from decimal import Decimal
from typing import Any

from registry.checklist.facts import CaseFacts, DirectorFacts, MemberFacts
from tests import factories as make


def member(name: str = "Honeypot Medical Centre", code: str = "E84039", **facts: Any) -> MemberFacts:
    given: dict[str, Any] = {
        "is_in_register": True,
        "is_open": True,
        "other_pcn": "",
        "signed_on": date(2019, 5, 10),
        "has_withdrawn": False,
        "practice_id": int(code[1:]),
        "exact": None,
        "nearest": None,
        "nearest_dated": "",
    } | facts
    return MemberFacts(code=code, name=name, **given)


def director(
    name: str = "Dr Meena Thakur", share: Decimal | int | None = None, **facts: Any
) -> DirectorFacts:
    given: dict[str, Any] = {"practice": "Honeypot Medical Centre", "practice_id": 84039} | facts
    return DirectorFacts(name=name, share=None if share is None else Decimal(share), **given)


def facts(**given: Any) -> CaseFacts:
    every: dict[str, Any] = {
        "day": make.COMMITTEE_DAY,
        "in_london": True,
        "deadline": make.FORMS_DUE,
        "received_on": make.FORMS_DUE,
        "is_received_day_known": True,
        "stated_list_size": 34406,
        "stated_as_at": make.JANUARY,
        "payee": "Honeypot Medical Centre",
        "map_name": "map.pdf",
        "agreement_name": "agreement.pdf",
        "members": (member(), member("Mollison Way Surgery", "E84075")),
        "directors": (director(),),
    } | given
    return CaseFacts(**every)
