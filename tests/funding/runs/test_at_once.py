"""Two people at once: one run is made, one approval counts."""

import pytest

from funding.models import PaymentRun
from funding.workflow.runs import approve_run, calculate_run, discard_run
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused
from tests import factories as make
from tests.funding.runs.paying import begin
from tests.registry.test_at_once import at_once, the_loser

pytestmark = pytest.mark.django_db(transaction=True)
MAY = make.COMMITTEE_DAY.replace(day=31)


@pytest.fixture
def paying():
    paying = begin()
    paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    return paying


def user(paying, name):
    return User.objects.get(pk=paying.user(name).pk)


def test_of_two_who_calculate_one_is_told_that_a_run_waits(paying):
    def calculate():
        ccg = Organisation.objects.get(pk=paying.ccg.pk)
        return calculate_run(ccg, paying.year, MAY, by=user(paying, "finance"))

    assert isinstance(the_loser(at_once(calculate, calculate)), Refused)
    assert PaymentRun.objects.count() == 1


def test_of_two_approvals_one_counts(paying):
    other = make.UserFactory.create(email="second@harrow.example", name="Second approver")
    make.RoleFactory.create(user=other, organisation=paying.ccg, role="approver")
    run = paying.calculated(MAY)

    def approve(by):
        return approve_run(PaymentRun.objects.get(pk=run.pk), by=by, seen=run.version)

    ends = at_once(lambda: approve(user(paying, "approver")), lambda: approve(User.objects.get(pk=other.pk)))
    the_loser(ends)
    run.refresh_from_db()
    assert (run.status, run.version) == ("approved", 1)


def test_of_an_approval_and_a_discarding_one_counts(paying):
    run = paying.calculated(MAY)
    ends = at_once(
        lambda: approve_run(PaymentRun.objects.get(pk=run.pk), by=user(paying, "approver"), seen=run.version),
        lambda: discard_run(
            PaymentRun.objects.get(pk=run.pk), by=user(paying, "finance"), seen=run.version, reason="Wrong."
        ),
    )
    the_loser(ends)
    run.refresh_from_db()
    assert (run.status in ("approved", "discarded"), run.version) == (True, 1)
