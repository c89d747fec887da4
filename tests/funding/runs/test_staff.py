"""Staff in payment runs: what was paid for a claim is taken back with it, and a run says what changed."""

from datetime import date
from decimal import Decimal

import pytest

from funding.run_beside import changes_of
from funding.run_sums import sums_of_run
from funding.workflow.claims import vacate_post, withdraw_claim
from pcnportal import clock
from tests.funding.claims.acting import baseline, claim, fill, judge
from tests.funding.runs.paying import AUGUST, OCTOBER, SEPTEMBER, line, months, pays

STAFF = "clinical-pharmacist"
FIRST, SECOND = date(2019, 7, 1), date(2019, 8, 1)


@pytest.fixture
def pcn(paying, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    with clock.at(FIRST):
        baseline(paying, pcn)
        paying.post = fill(paying, pcn, starts_on=FIRST)
    return pcn


def agreed(paying, month, day, cost="4000.00", post=None):
    with clock.at(day):
        made = claim(paying, post or paying.post, month=month, cost=Decimal(cost))
        judge(paying, made)
    return made


def withdrawn(paying, made, day):
    with clock.at(day):
        withdraw_claim(made, by=paying.user("approver"), seen=made.version, reason="It was another PCN’s.")


def test_what_was_paid_for_a_claim_that_is_withdrawn_is_taken_back_on_a_line_of_its_own(paying, pcn):
    july = agreed(paying, FIRST, AUGUST)
    agreed(paying, SECOND, AUGUST.replace(month=9, day=1), cost="4100.00")
    # 70 % of £4,000.00 by the end of August; of £4,100.00 a month later.
    first = paying.paid(AUGUST)
    assert pays(line(first, pcn, STAFF)) == ("2800.00", "0.00", "2800.00")
    withdrawn(paying, july, SEPTEMBER)
    run = paying.paid(SEPTEMBER)
    taken = line(run, pcn, STAFF, "arrears")
    assert (str(taken.amount), str(taken.to_pay)) == ("-2800.00", "-2800.00")
    assert months(taken) == {"2019-07": ("0.00", "2800.00", "-2800.00")}
    assert taken.why == (
        "The claim of £4,000.00 for July 2019 was withdrawn. "
        "Due for July 2019: £0.00; paid before: £2,800.00."
    )
    assert pays(line(run, pcn, STAFF)) == ("2870.00", "2800.00", "2870.00")
    assert pays(line(first, pcn, STAFF)) == ("2800.00", "0.00", "2800.00")
    last = paying.paid(OCTOBER)
    assert pays(line(last, pcn, STAFF)) == ("2870.00", "2870.00", "0.00")
    assert not last.lines.filter(state="arrears").exists()


def test_the_only_claim_of_a_year_is_taken_back_too(paying, pcn):
    made = agreed(paying, FIRST, AUGUST)
    paying.paid(AUGUST)
    withdrawn(paying, made, SEPTEMBER)
    run = paying.paid(SEPTEMBER)
    assert str(line(run, pcn, STAFF, "arrears").to_pay) == "-2800.00"
    assert line(run, pcn, STAFF).state == "no_claim"
    assert not paying.paid(OCTOBER).lines.filter(state="arrears").exists()


def test_a_claim_that_is_made_again_pays_the_difference(paying, pcn):
    wrong = agreed(paying, FIRST, AUGUST, cost="400.00")
    paying.paid(AUGUST)
    withdrawn(paying, wrong, SEPTEMBER)
    agreed(paying, FIRST, SEPTEMBER)
    found = line(paying.paid(SEPTEMBER), pcn, STAFF, "arrears")
    assert str(found.to_pay) == "2520.00"
    assert found.why.startswith("The cost claimed for July 2019 was £400.00 and is £4,000.00. Due for")


def test_a_replaced_baseline_is_what_changed(paying, pcn):
    agreed(paying, FIRST, AUGUST)
    paying.paid(AUGUST)
    with clock.at(SEPTEMBER):
        baseline(paying, pcn, "1", reason="The pharmacist was there before.")
    run = paying.paid(SEPTEMBER)
    found = line(run, pcn, STAFF, "arrears")
    said = "The baseline of staff was 0 WTE and is 1 WTE."
    assert found.why == f"{said} Due for July 2019: £0.00; paid before: £2,800.00."
    assert [(change.payment, change.said) for change in changes_of(sums_of_run(run))] == [
        ("Clinical pharmacist", said)
    ]


def test_a_post_that_was_recorded_or_is_vacant_is_what_changed(paying, pcn):
    agreed(paying, FIRST, AUGUST)
    paying.paid(AUGUST)
    with clock.at(SEPTEMBER):
        earlier = fill(paying, pcn, starts_on=date(2019, 6, 3))
    found = line(paying.paid(SEPTEMBER), pcn, STAFF, "arrears")
    assert found.why.startswith("A post of 1 WTE, filled on 3 June 2019, was recorded. Due for July 2019")
    with clock.at(OCTOBER):
        vacate_post(earlier, by=paying.user("officer"), ends_on=FIRST)
    found = line(paying.paid(OCTOBER), pcn, STAFF, "arrears")
    assert str(found.to_pay) == "2800.00"
    assert found.why.startswith("The post filled on 3 June 2019 is vacant from 1 July 2019. Due for July")


def test_arrears_name_no_post_of_later_months(paying, pcn):
    made = agreed(paying, FIRST, AUGUST)
    paying.paid(AUGUST)
    withdrawn(paying, made, SEPTEMBER)
    agreed(paying, FIRST, SEPTEMBER, cost="3000.00")
    with clock.at(SEPTEMBER):
        fill(paying, pcn, starts_on=date(2019, 9, 2))
        vacate_post(paying.post, by=paying.user("officer"), ends_on=date(2019, 9, 1))
    said = line(paying.paid(SEPTEMBER), pcn, STAFF, "arrears").why
    assert said.startswith("The cost claimed for July 2019 was £4,000.00 and is £3,000.00. Due for July 2019")


def test_a_line_of_staff_keeps_what_it_was_reckoned_from(paying, pcn):
    agreed(paying, FIRST, AUGUST)
    kept = line(paying.paid(AUGUST), pcn, STAFF).workings["staff"]
    assert kept == {
        "baseline": "0.00",
        "patients": None,
        "posts": [[paying.post.pk, "1.00", "2019-07-01", None]],
        "costs": [["2019-07-01", paying.post.pk, "4000.00"]],
    }
