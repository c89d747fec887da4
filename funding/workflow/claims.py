"""Staff: the baseline, posts that are filled, and claims for their cost. Each verb is one transaction."""

import calendar
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from funding.claims import Role, roles_of
from funding.entitlement import next_month
from funding.models import Baseline, Claim, FinancialYear, Payment, Post
from pcnportal import clock
from pcnportal.history.models import Event, Source
from pcnportal.history.record import events_of, record
from pcnportal.pages.spreadsheets import KINDS as SPREADSHEETS
from pcnportal.pages.uploads import KINDS, bare_name, check_size, media_type_of, sha256_of
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused, Stale
from registry.models import PCN

PERMISSIONS = {
    "record_baseline": "funding.judge_claim",
    "fill_post": "funding.submit_claim",
    "vacate_post": "funding.submit_claim",
    "submit_claim": "funding.submit_claim",
    "judge_claim": "funding.judge_claim",
    "withdraw_claim": "funding.judge_claim",
}
# What shows a cost, by the ending of its name. A map does not.
EVIDENCE = {ending: kind for ending, kind in KINDS.items() if ending != ".geojson"} | SPREADSHEETS
ALLOWED = (
    "Choose a PDF, Word document (.docx or .doc), spreadsheet without macros and commands (.xlsx, .ods or "
    ".csv), or PNG or JPEG image"
)
HUNDREDTH = Decimal("0.01")
OWN = "You submitted this claim, so someone else judges it."


@transaction.atomic
def record_baseline(
    pcn: PCN, *, by: User, payment: Payment, wte: Decimal, source: Source | None, reason: str = ""
) -> Baseline:
    """Record the staff of a role in post on the day of the payment’s baseline, as the PCN agreed it.

    Where one is held it is replaced, and `reason` says why. Raises `Refused`.
    """
    allow(by, PERMISSIONS["record_baseline"], pcn.commissioner)
    if payment.baseline_on is None:
        raise Refused("This payment has no baseline.", "payment")
    if source is None:
        raise Refused("Say where you read it.", "source_title")
    if wte < 0:
        raise Refused("Enter nothing or more.", "wte")
    PCN.objects.select_for_update().get(pk=pcn.pk)
    held = Baseline.objects.filter(pcn=pcn, payment=payment, superseded_by__isnull=True).first()
    if held and not reason.strip():
        raise Refused(f"A baseline of {held.wte} WTE is held. Say why it is replaced.", "reason")
    if held and held.wte == wte:
        raise Refused("Nothing differs from the baseline that is held.", "wte")
    made = Baseline.objects.create(
        pcn=pcn, payment=payment, as_at=payment.baseline_on, wte=wte, source=source, supersedes=held
    )
    wtes = [str(held.wte), str(wte)] if held else str(wte)
    record(by, "recorded a baseline", made, reason, whole=pcn, role=payment.name, wte=wtes)
    return made


@transaction.atomic
def fill_post(pcn: PCN, *, by: User, payment: Payment, source: Source | None, **facts: Any) -> Post:
    """Record that a post of a role is filled: `title`, `wte` up to one, and `starts_on`.

    Staff of before count too: those in post on the day of the baseline are recorded from the day they began.
    """
    allow(by, PERMISSIONS["fill_post"], pcn.commissioner)
    if not payment.is_staff or payment.baseline_on is None:
        raise Refused("Choose a role that is reimbursed.", "payment")
    if source is None:
        raise Refused("Say where you read it.", "source_title")
    if not facts["title"].strip():
        raise Refused("Say which post it is.", "title")
    if not 0 < facts["wte"] <= 1:
        raise Refused("A post is 1 WTE at most: record two posts where there are two.", "wte")
    if facts["starts_on"] > clock.today():
        raise Refused("Record a post once it is filled.", "starts_on")
    post = Post.objects.create(pcn=pcn, payment=payment, source=source, **facts)
    record(by, "filled a post", post, role=payment.name, starts_on=post.starts_on, wte=str(post.wte))
    return post


@transaction.atomic
def vacate_post(post: Post, *, by: User, ends_on: date) -> None:
    """Record the first day on which nobody is in the post, where no later month is claimed for it."""
    allow(by, PERMISSIONS["vacate_post"], post.commissioner)
    held = Post.objects.select_for_update().get(pk=post.pk)
    if held.ends_on:
        raise Refused(f"The post is vacant from {held.ends_on:%-d %B %Y} already.")
    if ends_on <= held.starts_on:
        raise Refused(f"Choose a day after {held.starts_on:%-d %B %Y}, when it was filled.", "ends_on")
    later = held.claims.filter(month__gte=ends_on).exclude(status__in=Claim.GONE).first()
    if later:
        raise Refused(f"{later.month:%B %Y} is claimed for it.", "ends_on")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    record(by, "vacated a post", held, ends_on=ends_on)


@transaction.atomic
def submit_claim(
    post: Post, *, by: User, month: date, cost: Decimal, upload: File | None, holds_private_details: bool
) -> Claim:
    """Claim what a post cost in a month, with its evidence.

    `month` is its first day, `cost` in pounds with what the employer pays on top. Raises `Refused` with the
    rule that stands against it.
    """
    allow(by, PERMISSIONS["submit_claim"], post.commissioner)
    held = (
        Post.objects.select_for_update(of=["self"])
        .select_related("payment", "pcn__organisation")
        .get(pk=post.pk)
    )
    if sentence := why_not_claim(held, month):
        raise Refused(sentence, "month")
    if cost <= 0 or cost != cost.quantize(HUNDREDTH):
        raise Refused("Enter what the post cost in pounds and pence.", "cost")
    if upload is None:
        raise Refused("Choose the file that shows the cost.", "file")
    if holds_private_details:
        raise Refused(
            "The portal holds no bank details and no patient information. Ask for a copy in which they are "
            "blacked out, and upload that.",
            "holds_private_details",
        )
    check_size(upload)
    name = bare_name(upload)
    media_type_of(name, upload.file, EVIDENCE, ALLOWED)
    digest = sha256_of(upload)
    claim = Claim(
        post=held,
        month=month,
        cost=cost,
        file_name=name,
        sha256=digest,
        submitted_by=by,
        submitted_at=clock.now(),
    )
    claim.file.save("unused", upload, save=False)
    claim.save()
    record(by, "submitted a claim", claim, cost=f"£{cost:,.2f}", sha256=claim.sha256)
    return claim


def why_not_claim(post: Post, month: date) -> str:
    """The sentence that says why the month can’t be claimed for the post; "" where it can.

    Source: Network Contract DES 2019/20, additional staff above the baseline, from when they are in post.
    """
    if month.day != 1:
        return "Choose a month."
    if post.claims.filter(month=month).exclude(status__in=Claim.GONE).exists():
        return f"{month:%B %Y} is claimed for this post already."
    if next_month(month) <= post.starts_on:
        return f"The post was filled on {post.starts_on:%-d %B %Y}: claim from that month on."
    if post.ends_on and post.ends_on <= month:
        return f"The post is vacant from {post.ends_on:%-d %B %Y}."
    if clock.today() < month.replace(day=calendar.monthrange(month.year, month.month)[1]):
        return "Claim a month when it is over: what is paid is its actual cost."
    year = FinancialYear.objects.filter(starts_on__lte=month, ends_on__gt=month).first()
    if year is None:
        return f"No year is held that {month:%B %Y} belongs to."
    return _why_not(roles_of(year, [post.pcn_id])[post.pcn_id, post.payment_id], post, month)


def _why_not(role: Role, post: Post, month: date) -> str:
    rate = role.rate_in(month)
    if rate is None:
        return f"No rate that pays is held for {post.payment.name} in {month:%B %Y}."
    if role.baseline is None:
        return (
            f"The PCN’s baseline of {post.payment.baseline_on:%-d %B %Y} is not held. "
            "Only what is above it is reimbursed, so it has to be recorded first."
        )
    if role.counted(month).get(post.pk):
        return ""
    before = [
        p for p in role.posts if p.starts_on < next_month(month) and (not p.ends_on or p.ends_on > month)
    ]
    reached = next(index for index, p in enumerate(before, 1) if p.pk == post.pk)
    if sum((p.wte for p in before[:reached]), Decimal(0)) <= role.baseline:
        return (
            f"The post is within the baseline of {role.baseline.normalize():f} WTE of "
            f"{post.payment.baseline_on:%-d %B %Y}: only staff above it are reimbursed."
        )
    return "The PCN’s other posts of this role take up what may be reimbursed."


@transaction.atomic
def judge_claim(claim: Claim, *, by: User, seen: int, status: str, reason: str = "") -> None:
    """Agree or refuse a claim; who submitted it may not. A refusal says why."""
    allow(by, PERMISSIONS["judge_claim"], claim.commissioner)
    if status not in (Claim.Status.AGREED, Claim.Status.REFUSED):
        raise Refused("Choose whether the claim is agreed.", "status")
    if status == Claim.Status.REFUSED and not reason.strip():
        raise Refused("Say why it is refused.", "reason")
    held = Claim.objects.get(pk=claim.pk)
    if held.submitted_by_id == by.pk:
        raise Refused(OWN)
    won = Claim.objects.filter(pk=claim.pk, version=seen, status=Claim.Status.SUBMITTED).update(
        status=status, judged_by=by, judged_at=clock.now(), reason=reason, version=F("version") + 1
    )
    if not won:
        raise Stale(held, _latest(held))
    verb = "agreed a claim" if status == Claim.Status.AGREED else "refused a claim"
    record(by, verb, held, reason, status=[held.status, status])


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: User, seen: int, reason: str) -> None:
    """Take back an agreed claim that was wrong; who submitted it may not.

    The month may be claimed again, and the next payment run takes back what was paid for it.
    """
    allow(by, PERMISSIONS["withdraw_claim"], claim.commissioner)
    if not reason.strip():
        raise Refused("Say why the claim is withdrawn.", "reason")
    held = Claim.objects.get(pk=claim.pk)
    if held.submitted_by_id == by.pk:
        raise Refused("You submitted this claim, so someone else withdraws it.")
    if held.status not in (Claim.Status.AGREED, Claim.Status.WITHDRAWN):
        raise Refused("Only a claim that is agreed is withdrawn.")
    won = Claim.objects.filter(pk=claim.pk, version=seen, status=Claim.Status.AGREED).update(
        status=Claim.Status.WITHDRAWN,
        withdrawn_by=by,
        withdrawn_at=clock.now(),
        reason=reason.strip(),
        version=F("version") + 1,
    )
    if not won:
        raise Stale(held, _latest(held))
    record(by, "withdrew a claim", held, reason.strip(), status=[held.status, Claim.Status.WITHDRAWN])


def _latest(claim: Claim) -> Event | None:
    return events_of(claim).order_by("-pk").first()
