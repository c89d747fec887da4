"""A rate, a post and a claim of a PCN, to be opened by each account."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from funding.models import Claim, Payment, Post, Rate
from pcnportal.history.models import Source
from pcnportal.people.models import User
from registry.models import PCN

NIGHT = datetime(2019, 8, 1, tzinfo=UTC)


def claim_of(post: Post, month: date, by: User) -> Claim:
    """It waits; its evidence is stored."""
    claim = Claim(
        post=post,
        month=month,
        cost=Decimal("4000.00"),
        file_name="payslip.pdf",
        sha256="0" * 64,
        submitted_by=by,
        submitted_at=NIGHT,
    )
    claim.file.save("unused", ContentFile(b"%PDF-1.4\n"), save=False)
    claim.save()
    return claim


def staff_of(pcn: PCN, by: User) -> dict[str, dict[str, Any]]:
    """What names them in an address; the claim waits."""
    post = Post.objects.create(
        pcn=pcn,
        payment=Payment.objects.filter(baseline_on__isnull=False)[0],
        title="Clinical pharmacist",
        wte=Decimal(1),
        starts_on=date(2019, 5, 1),
        source=Source.objects.all()[0],
    )
    claim = claim_of(post, date(2019, 7, 1), by)
    rate = Rate.objects.filter(at_most=False).exclude(per="not_held").order_by("-confidence", "pk")[0]
    return {"rate": {"pk": rate.pk}, "post": {"pk": post.pk}, "claim": {"pk": claim.pk}}
