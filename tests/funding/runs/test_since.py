"""What pages say of a run after it was calculated: that its inputs changed, and when it was approved."""

from datetime import date

from funding.workflow.runs import approve_run
from pcnportal import clock
from tests.funding.runs.paying import JULY
from tests.funding.runs.test_pages import opened
from tests.registry.pages.reading import words


def test_a_waiting_run_says_that_its_inputs_changed_before_anybody_approves_it(paying):
    paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    run = paying.calculated(JULY)
    said = "What it was calculated from has changed since, for GP Direct PCN."
    with clock.at(JULY):
        assert said not in words(opened(paying, run.get_absolute_url(), "approver"))
        paying.correct("north", 20_400)
        assert said in words(opened(paying, run.get_absolute_url(), "approver"))


def test_a_statement_says_by_when_it_is_due_and_when_it_was_approved(paying):
    paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    run = paying.calculated(JULY)
    with clock.at(date(2019, 8, 5)):
        approve_run(run, by=paying.user("approver"), seen=run.version)
    page = words(opened(paying, f"{run.get_absolute_url()}gp-direct-pcn/"))
    assert "for what is due by 31 July 2019, approved on 5 August 2019" in page
