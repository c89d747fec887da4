"""Steps of staff claims: fixtures and verbs with what they need."""

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.core.files.base import ContentFile

from funding.claims import Key, agreed_claims
from funding.models import Baseline, Claim, FinancialYear, Post
from funding.workflow.claims import (
    fill_post,
    judge_claim,
    record_baseline,
    submit_claim,
)
from pcnportal.history.models import Source
from pcnportal.people.models import User
from registry.models import PCN
from tests.funding.money import role

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JULY = date(2019, 7, 1)


class Acting(Protocol):
    """Who has accounts, and a document to read things in."""

    @property
    def report(self) -> Source: ...

    def user(self, name: str) -> User: ...


def baseline(harrow: Acting, pcn: PCN, wte: str = "0", by: str = "finance", **facts: Any) -> Baseline:
    facts = {"payment": role(), "source": harrow.report} | facts
    return record_baseline(pcn, by=harrow.user(by), wte=Decimal(wte), **facts)


def fill(harrow: Acting, pcn: PCN, by: str = "officer", **facts: Any) -> Post:
    given: dict[str, Any] = {
        "payment": role(),
        "source": harrow.report,
        "title": "Pharmacist",
        "wte": Decimal(1),
        "starts_on": date(2019, 7, 15),
    } | facts
    return fill_post(pcn, by=harrow.user(by), **given)


def claim(harrow: Acting, post: Post, by: str = "officer", **facts: Any) -> Claim:
    given: dict[str, Any] = {
        "month": JULY,
        "cost": Decimal("4000.00"),
        "upload": ContentFile(PDF, "payslip.pdf"),
        "holds_private_details": False,
    } | facts
    return submit_claim(post, by=harrow.user(by), **given)


def judge(harrow: Acting, of: Claim, by: str = "finance", **facts: Any) -> None:
    given: dict[str, Any] = {"seen": of.version, "status": "agreed"} | facts
    judge_claim(of, by=harrow.user(by), **given)
    of.refresh_from_db()


def reimbursed(
    year: FinancialYear, pcns: list[int] | None, day: date | None = None
) -> dict[Key, dict[date, Decimal]]:
    """By PCN and payment the pounds of each month with an agreed claim."""
    return {key: one.months for key, one in agreed_claims(year, pcns, day).items()}
