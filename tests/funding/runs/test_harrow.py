"""Harrow's six PCNs on the list sizes that the board report states, as the demo's fixtures hold them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from funding.calculation import reckon
from funding.models import FinancialYear
from funding.workflow.runs import approve_run, calculate_run
from pcnportal.people.models import Organisation
from tests.demo import played, undone
from tests.funding.runs.paying import pays

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 31)
# Stated list size; whole period of core (× £1.50), clinical director (× £0.514), extended hours (× £1.099),
# by a hand calculator.
STATED = {
    "GP Direct PCN": ("34406", "51609.00", "17684.68", "37812.19"),
    "Harrow Collaborative PCN": ("32716", "49074.00", "16816.02", "35954.88"),
    "Harrow East PCN": ("28619", "42928.50", "14710.17", "31452.28"),
    "Health Alliance PCN": ("52069", "78103.50", "26763.47", "57223.83"),
    "Healthsense PCN": ("80779", "121168.50", "41520.41", "88776.12"),
    "Sphere PCN": ("41212", "61818.00", "21182.97", "45291.99"),
}
PAYMENTS = ("core", "clinical-director", "extended-hours")


@pytest.fixture(scope="module")
def users(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with played(django_db_blocker, JULY) as accounts:
        yield accounts


@pytest.fixture
def run(users):
    with undone():
        ccg, year = Organisation.objects.get(code="08E"), FinancialYear.objects.get(slug="2019-20")
        yield calculate_run(ccg, year, JULY, by=users["finance@harrow.example"])


def test_each_of_the_six_is_due_rate_times_its_stated_list(run):
    found: dict[str, list[Any]] = {name: [] for name in STATED}
    for line in run.lines.filter(payment__slug__in=PAYMENTS).order_by("payment__position"):
        found[str(line.pcn)].append((line.list_size_used, f"{line.amount:.2f}"))
    assert {
        name: (f"{lines[0][0]:.0f}", *(amount for _, amount in lines)) for name, lines in found.items()
    } == STATED


def test_the_six_together_are_due_four_months_of_core_and_one_of_the_rest(run):
    # 269,801 patients × £1.50 = £404,701.50, a third of it £134,900.50; by PCN rounded £134,900.50.
    pays_of = dict.fromkeys(PAYMENTS, 0)
    for line in run.lines.filter(payment__slug__in=PAYMENTS):
        pays_of[line.payment.slug] += line.to_pay
    assert {slug: f"{pounds:.2f}" for slug, pounds in pays_of.items()} == {
        "core": "134900.50", "clinical-director": "15408.63", "extended-hours": "32945.69"
    }  # fmt: skip


def test_participation_is_not_held_since_no_weighted_list_is(run):
    held = run.lines.filter(payment__slug="network-participation")
    assert {(line.state, line.amount, line.to_pay) for line in held} == {("not_held", None, 0)}
    assert all("weighted list size at 1 January 2019 is not held" in line.why for line in held)


def test_a_run_holds_what_the_year_reckons(run, users):
    approve_run(run, by=users["approver@harrow.example"], seen=run.version)
    lines = reckon(run.year, [run.commissioner_id], JULY)
    assert {(one.network.pk, one.payment.pk, one.amount) for one in lines} == set(
        run.lines.values_list("pcn", "payment", "amount")
    )
    assert pays(run.lines.get(pcn__organisation__name="Sphere PCN", payment__slug="core"))[2] == "20606.00"
