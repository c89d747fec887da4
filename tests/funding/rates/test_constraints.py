"""What the database refuses of years, rates, posts and claims, past every form and verb."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import pytest
from django.apps import apps

from funding.models import Baseline, Claim, FinancialYear, Post, RateConfirmation, Term
from tests import factories as make
from tests.funding.money import payment, rate, role, term, year
from tests.nonsense import refuses

DAY = date(2019, 7, 1)
NIGHT = datetime(2019, 8, 1, tzinfo=UTC)
MODELS = ("FinancialYear", "Term", "Rate", "RateConfirmation", "Baseline", "Post", "Claim")
Write = Callable[[], Any]


class Rows:
    """Rows that are in order, but for the facts that a test gives."""

    @cached_property
    def pcn(self) -> Any:
        return make.PCNFactory.create()

    @cached_property
    def user(self) -> Any:
        return make.UserFactory.create()

    @cached_property
    def other(self) -> Any:
        return make.UserFactory.create(email="finance@harrow.example")

    @cached_property
    def of_core(self) -> Any:
        return term()

    @cached_property
    def held_post(self) -> Any:
        return self.post()()

    def year(self, **facts: Any) -> Write:
        days = {"starts_on": date(2030, 4, 1), "ends_on": date(2031, 4, 1), "list_size_on": date(2030, 1, 1)}
        return lambda: FinancialYear.objects.create(slug="2030-31", name="2030/31", **days | facts)

    def term(self, **facts: Any) -> Write:
        of: dict[str, Any] = {"starts_on": DAY, "ends_on": date(2020, 4, 1)} | facts
        held = {"year": year(), "payment": payment(), "source": make.SourceFactory.create()}
        return lambda: Term.objects.create(**held, **of)

    def rate(self, **facts: Any) -> Write:
        of = self.of_core
        return lambda: rate(of, **facts)

    def confirmation(self, **facts: Any) -> Write:
        of: dict[str, Any] = {"rate": rate(), "commissioner": make.OrganisationFactory.create(code="08E")}
        of |= {"by": self.user, "on": DAY, "reason": "Read."} | facts
        return lambda: RateConfirmation.objects.create(**of)

    def baseline(self, **facts: Any) -> Write:
        of: dict[str, Any] = {"pcn": self.pcn, "payment": role(), "as_at": DAY, "wte": Decimal(0)}
        of |= {"source": make.SourceFactory.create()} | facts
        return lambda: Baseline.objects.create(**of)

    def post(self, **facts: Any) -> Write:
        of: dict[str, Any] = {"pcn": self.pcn, "payment": role(), "title": "Pharmacist", "wte": Decimal(1)}
        of |= {"starts_on": DAY, "source": make.SourceFactory.create()} | facts
        return lambda: Post.objects.create(**of)

    def claim(self, **facts: Any) -> Write:
        of: dict[str, Any] = {"post": self.held_post, "month": DAY, "cost": Decimal(4000), "sha256": "0" * 64}
        of |= {"submitted_by": self.user, "submitted_at": NIGHT, "file": "a", "file_name": "a.pdf"} | facts
        return lambda: Claim.objects.create(**of)

    @property
    def judged(self) -> dict[str, Any]:
        return {"status": "agreed", "judged_by": self.other, "judged_at": NIGHT}

    @property
    def withdrawn(self) -> dict[str, Any]:
        taken = {"status": "withdrawn", "reason": "Mistyped.", "withdrawn_by": self.other}
        return self.judged | taken | {"withdrawn_at": NIGHT}


NONSENSE: dict[str, Callable[[Rows], list[Write]]] = {
    "year_ends_after_it_starts": lambda r: [r.year(ends_on=date(2030, 4, 1))],
    "payment_once_in_a_year": lambda r: [r.term()] * 2,
    "term_ends_after_it_starts": lambda r: [r.term(ends_on=DAY)],
    "rate_is_positive": lambda r: [r.rate(pounds="0")],
    "rate_ends_after_it_starts": lambda r: [r.rate(starts_on=DAY, ends_on=DAY)],
    "rate_of_a_post_says_its_part_and_number": lambda r: [
        r.rate(per="post", percent=70, posts=1),
        r.rate(per="post", at_most=True, pounds="2"),
        r.rate(per="post", percent=70),
    ],
    "entered_rate_waits": lambda r: [r.rate(entered_by=r.user, confidence="M"), r.rate(entered_by=r.user)],
    "withdrawn_rate_was_entered": lambda r: [
        r.rate(entered_by=r.user, confidence="M", is_withdrawn=True),
        r.rate(confidence="M", is_withdrawn=True),
    ],
    "rate_confirmed_once": lambda r: [r.confirmation()] * 2,
    "confirmation_has_a_reason": lambda r: [r.confirmation(reason="")],
    "baseline_not_negative": lambda r: [r.baseline(wte=Decimal("-0.01"))],
    "baseline_stated_once": lambda r: [r.baseline()] * 2,
    "post_ends_after_it_starts": lambda r: [r.post(ends_on=DAY)],
    "post_is_one_or_part_of_one": lambda r: [r.post(), r.post(wte=Decimal("1.01"))],
    "claim_is_of_some_cost": lambda r: [r.claim(cost=Decimal(0))],
    "claim_status_has_its_actor_and_time": lambda r: [
        r.claim(**r.judged),
        r.claim(**r.judged | {"judged_at": None}),
    ],
    "claim_is_judged_by_a_second_person": lambda r: [r.claim(**r.judged | {"judged_by": r.user})],
    "claim_is_withdrawn_by_a_second_person": lambda r: [
        r.claim(**r.withdrawn),
        r.claim(**r.withdrawn | {"withdrawn_by": r.user}),
    ],
    "month_of_a_post_claimed_once": lambda r: [
        r.claim(**r.judged | {"status": "refused", "reason": "Of June."}),
        r.claim(**r.withdrawn),
        r.claim(),
        r.claim(),
    ],
}


def test_each_constraint_is_tried():
    models = [apps.get_model("funding", name) for name in MODELS]
    assert NONSENSE.keys() == {held.name for model in models for held in model._meta.constraints}


@pytest.mark.parametrize(("name", "rows"), NONSENSE.items())
def test_nonsense_is_refused(db: Any, name: str, rows: Any):
    refuses("funding", name, rows(Rows()))


def test_a_refusal_without_a_reason_is_refused(db: Any):
    rows = Rows()
    refused = [rows.claim(**rows.judged | {"status": "refused"})]
    refuses("funding", "claim_status_has_its_actor_and_time", refused)
