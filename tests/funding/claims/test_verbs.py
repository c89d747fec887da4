"""Staff: the baseline, posts, claims with evidence; a second person agrees."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from funding.claims import agreed_claims
from funding.models import Baseline, Claim, Post
from funding.workflow.claims import (
    fill_post,
    judge_claim,
    record_baseline,
    submit_claim,
    vacate_post,
    withdraw_claim,
)
from pcnportal import clock
from registry.models import PCN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.funding.money import pharmacist, role, year
from tests.harrow import Harrow, settle

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JULY = date(2019, 7, 1)


@pytest.fixture(autouse=True)
def autumn(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.at(date(2019, 9, 30)):
        yield


@pytest.fixture
def harrow(db: Any) -> Harrow:
    settled = settle()
    pharmacist()
    return settled


@pytest.fixture
def east(harrow: Harrow) -> PCN:
    return make.PCNFactory.create()


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


def test_a_claim_that_a_second_person_agrees_is_reimbursed(harrow: Harrow, east: PCN):
    with one_event(east, "recorded a baseline", harrow.user("finance")):
        baseline(harrow, east)
    post = fill(harrow, east)
    made = claim(harrow, post)
    assert (made.status, made.submitted_by, len(made.sha256)) == ("submitted", harrow.user("officer"), 64)
    assert agreed_claims(year(), [east.pk]) == {}
    with one_event(made, "agreed a claim", harrow.user("finance")):
        judge(harrow, made)
    assert agreed_claims(year(), None) == {(east.pk, role().pk): {JULY: Decimal("2800.00")}}
    assert agreed_claims(year(2020), None) == {}
    agreed_on = timezone.localdate(made.judged_at)
    assert agreed_claims(year(), None, agreed_on) == agreed_claims(year(), None)
    assert agreed_claims(year(), None, agreed_on - timedelta(days=1)) == {}


def test_nothing_is_claimed_while_the_baseline_is_not_held(harrow: Harrow, east: PCN):
    post = fill(harrow, east)
    with refused("The PCN’s baseline of 31 March 2019 is not held.", "month"):
        claim(harrow, post)


def test_a_post_within_the_baseline_is_not_claimed(harrow: Harrow, east: PCN):
    baseline(harrow, east, "1")
    before = fill(harrow, east, starts_on=date(2018, 3, 5))
    with refused("The post is within the baseline of 1 WTE of 31 March 2019", "month"):
        claim(harrow, before)
    claim(harrow, fill(harrow, east, title="Second pharmacist"))


def test_a_second_post_needs_a_large_list(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    fill(harrow, east)
    second = fill(harrow, east, title="Second pharmacist", starts_on=date(2019, 7, 22))
    with refused("The PCN’s other posts of this role take up what may be reimbursed.", "month"):
        claim(harrow, second)
    make.ListSizeFactory.create(organisation=east.organisation, patients=Decimal(100_001))
    claim(harrow, second)


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        (
            {"month": date(2019, 6, 1)},
            "The post was filled on 15 July 2019: claim from that month on.",
            "month",
        ),
        ({"month": date(2019, 10, 1)}, "Claim a month when it is over", "month"),
        ({"month": date(2019, 7, 15)}, "Choose a month.", "month"),
        ({"cost": Decimal(0)}, "Enter what the post cost in pounds and pence.", "cost"),
        ({"cost": Decimal("1.005")}, "Enter what the post cost in pounds and pence.", "cost"),
        ({"upload": None}, "Choose the file that shows the cost.", "file"),
        ({"upload": ContentFile(b"MZ" + bytes(200), "a.pdf")}, "The file's content is not what", "file"),
        (
            {"holds_private_details": True},
            "no bank details and no patient information",
            "holds_private_details",
        ),
    ],
)
def test_what_is_wrong_with_a_claim_is_named(harrow: Harrow, east: PCN, facts, sentence, field):
    baseline(harrow, east)
    post = fill(harrow, east)
    with refused(sentence, field):
        claim(harrow, post, **facts)


def test_a_month_is_claimed_once_and_again_where_it_was_refused(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    first = claim(harrow, post)
    with refused("July 2019 is claimed for this post already.", "month"):
        claim(harrow, post)
    with refused("Say why it is refused.", "reason"):
        judge(harrow, first, status="refused")
    judge(harrow, first, status="refused", reason="The payslip is of June.")
    claim(harrow, post)


def test_who_submitted_a_claim_does_not_judge_it_and_it_is_judged_once(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    made = claim(harrow, fill(harrow, east), by="finance")
    with refused("You submitted this claim, so someone else judges it."):
        judge(harrow, made)
    judge(harrow, made, by="approver")
    with stale():
        judge(harrow, made, by="approver", seen=0)


def test_a_post_within_the_baseline_is_told_so_though_others_are_above_it(harrow: Harrow, east: PCN):
    baseline(harrow, east, "1")
    before = fill(harrow, east, starts_on=date(2018, 3, 5))
    fill(harrow, east, title="Second pharmacist")
    with refused("The post is within the baseline of 1 WTE of 31 March 2019", "month"):
        claim(harrow, before)
    third = fill(harrow, east, title="Third pharmacist", starts_on=date(2019, 7, 20))
    with refused("The PCN’s other posts of this role take up what may be reimbursed.", "month"):
        claim(harrow, third)


def test_an_agreed_claim_that_was_wrong_is_withdrawn_and_the_month_claimed_again(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    made = claim(harrow, post, cost=Decimal("400.00"), by="finance")
    given = {"by": harrow.user("approver"), "reason": "A nought was missing."}
    with refused("Only a claim that is agreed is withdrawn."):
        withdraw_claim(made, seen=made.version, **given)
    judge(harrow, made, by="approver")
    with refused("Say why the claim is withdrawn.", "reason"):
        withdraw_claim(made, seen=made.version, **given | {"reason": " "})
    with refused("You submitted this claim, so someone else withdraws it."):
        withdraw_claim(made, seen=made.version, **given | {"by": harrow.user("finance")})
    with not_allowed():
        withdraw_claim(made, seen=made.version, **given | {"by": harrow.user("officer")})
    with one_event(made, "withdrew a claim", harrow.user("approver")):
        withdraw_claim(made, seen=made.version, **given)
    with stale():
        withdraw_claim(made, seen=made.version, **given)
    made.refresh_from_db()
    assert (made.status, made.withdrawn_by, made.reason) == (
        "withdrawn",
        harrow.user("approver"),
        "A nought was missing.",
    )
    assert agreed_claims(year(), None) == {}
    agreed_on = timezone.localdate(made.judged_at)
    with clock.at(agreed_on + timedelta(days=1)):
        Claim.objects.filter(pk=made.pk).update(withdrawn_at=clock.now())
    assert agreed_claims(year(), None, agreed_on) == {(east.pk, role().pk): {JULY: Decimal("280.00")}}
    judge(harrow, claim(harrow, post))
    assert agreed_claims(year(), None) == {(east.pk, role().pk): {JULY: Decimal("2800.00")}}


def test_a_vacant_post_is_claimed_until_it_is_vacant(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    claim(harrow, post, month=date(2019, 8, 1))
    with refused("August 2019 is claimed for it.", "ends_on"):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 8, 1))
    with refused("Choose a day after 15 July 2019, when it was filled.", "ends_on"):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 7, 15))
    with one_event(post, "vacated a post", harrow.user("officer")):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 9, 1))
    with refused("The post is vacant from 1 September 2019.", "month"):
        claim(harrow, post, month=date(2019, 9, 1))
    with refused("The post is vacant from 1 September 2019 already."):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 9, 2))


def test_a_baseline_is_replaced_with_a_reason_and_the_newest_counts(harrow: Harrow, east: PCN):
    baseline(harrow, east, "1")
    with refused("A baseline of 1.00 WTE is held. Say why it is replaced.", "reason"):
        baseline(harrow, east, "0")
    with refused("Nothing differs from the baseline that is held.", "wte"):
        baseline(harrow, east, "1", reason="Again.")
    baseline(harrow, east, "0", reason="The pharmacist was a locum.")
    assert Baseline.objects.filter(superseded_by__isnull=True).get().wte == 0
    claim(harrow, fill(harrow, east))


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"starts_on": date(2019, 10, 1)}, "Record a post once it is filled.", "starts_on"),
        ({"wte": Decimal("1.5")}, "A post is 1 WTE at most", "wte"),
        ({"title": " "}, "Say which post it is.", "title"),
        ({"source": None}, "Say where you read it.", "source_title"),
    ],
)
def test_what_is_wrong_with_a_post_is_named(harrow: Harrow, east: PCN, facts, sentence, field):
    with refused(sentence, field):
        fill(harrow, east, **facts)


def test_another_commissioners_staff_are_not_theirs(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    made = claim(harrow, post)
    other = "finance@havering.example"
    for verb in (baseline, fill):
        with not_allowed("This belongs to another commissioner"):
            verb(harrow, east, by=other)
    with not_allowed("This belongs to another commissioner"):
        judge(harrow, made, by=other)
    with not_allowed():
        judge(harrow, made, by="officer")
    with not_allowed():
        baseline(harrow, east, by="officer")


def test_claims_of_many_pcns_are_read_in_the_same_number_of_questions(
    harrow: Harrow, east: PCN, django_assert_max_num_queries: Any
):
    asked: list[int] = []
    for name in ("Sphere", "Healthsense"):
        pcn = make.PCNFactory.create(name=name)
        baseline(harrow, pcn)
        judge(harrow, claim(harrow, fill(harrow, pcn)))
        with django_assert_max_num_queries(8) as found:
            assert len(agreed_claims(year(), None)) == len(asked) + 1
        asked.append(len(found))
    assert len(set(asked)) == 1
