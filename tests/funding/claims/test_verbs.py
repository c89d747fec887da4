"""Staff: the baseline, posts, claims with evidence; a second person agrees."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from funding.models import Claim
from funding.workflow.claims import (
    withdraw_claim,
)
from pcnportal import clock
from registry.models import PCN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.funding.claims.acting import JULY, baseline, claim, fill, judge, reimbursed
from tests.funding.money import role, year
from tests.harrow import Harrow

pytestmark = pytest.mark.usefixtures("autumn")


def test_a_claim_that_a_second_person_agrees_is_reimbursed(harrow: Harrow, east: PCN):
    with one_event(east, "recorded a baseline", harrow.user("finance")):
        baseline(harrow, east)
    post = fill(harrow, east)
    made = claim(harrow, post)
    assert (made.status, made.submitted_by, len(made.sha256)) == ("submitted", harrow.user("officer"), 64)
    assert reimbursed(year(), [east.pk]) == {}
    with one_event(made, "agreed a claim", harrow.user("finance")):
        judge(harrow, made)
    assert reimbursed(year(), None) == {(east.pk, role().pk): {JULY: Decimal("2800.00")}}
    assert reimbursed(year(2020), None) == {}
    agreed_on = timezone.localdate(made.judged_at)
    assert reimbursed(year(), None, agreed_on) == reimbursed(year(), None)
    assert reimbursed(year(), None, agreed_on - timedelta(days=1)) == {}


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
    given: dict[str, Any] = {"by": harrow.user("approver"), "reason": "A nought was missing."}
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
    assert reimbursed(year(), None) == {}
    agreed_on = timezone.localdate(made.judged_at)
    with clock.at(agreed_on + timedelta(days=1)):
        Claim.objects.filter(pk=made.pk).update(withdrawn_at=clock.now())
    assert reimbursed(year(), None, agreed_on) == {(east.pk, role().pk): {JULY: Decimal("280.00")}}
    judge(harrow, claim(harrow, post))
    assert reimbursed(year(), None) == {(east.pk, role().pk): {JULY: Decimal("2800.00")}}
