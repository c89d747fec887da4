"""Steps of staff claims: fixtures and verbs with what they need."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from funding.models import Baseline, Claim, Post
from funding.workflow.claims import (
    fill_post,
    judge_claim,
    record_baseline,
    submit_claim,
)
from registry.models import PCN
from tests.funding.money import role
from tests.harrow import Harrow

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JULY = date(2019, 7, 1)


def baseline(harrow: Harrow, pcn: PCN, wte: str = "0", by: str = "finance", **facts: Any) -> Baseline:
    facts = {"payment": role(), "source": harrow.report} | facts
    return record_baseline(pcn, by=harrow.user(by), wte=Decimal(wte), **facts)


def fill(harrow: Harrow, pcn: PCN, by: str = "officer", **facts: Any) -> Post:
    given: dict[str, Any] = {
        "payment": role(),
        "source": harrow.report,
        "title": "Pharmacist",
        "wte": Decimal(1),
        "starts_on": date(2019, 7, 15),
    } | facts
    return fill_post(pcn, by=harrow.user(by), **given)


def claim(harrow: Harrow, post: Post, by: str = "officer", **facts: Any) -> Claim:
    given: dict[str, Any] = {
        "month": JULY,
        "cost": Decimal("4000.00"),
        "upload": ContentFile(PDF, "payslip.pdf"),
        "holds_private_details": False,
    } | facts
    return submit_claim(post, by=harrow.user(by), **given)


def judge(harrow: Harrow, of: Claim, by: str = "finance", **facts: Any) -> None:
    given: dict[str, Any] = {"seen": of.version, "status": "agreed"} | facts
    judge_claim(of, by=harrow.user(by), **given)
    of.refresh_from_db()
