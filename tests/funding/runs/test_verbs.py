"""Who calculates, approves and discards, and what is refused."""

from datetime import date

import pytest

from funding.models import PaymentRun, RunInstalment, RunLine
from funding.workflow import run_rows
from funding.workflow.runs import approve_run, calculate_run, discard_run
from pcnportal import clock
from pcnportal.history.record import events_of
from tests.claims import everything, not_allowed, one_event, refused, stale
from tests.funding.runs.paying import AUGUST, JULY, line


@pytest.fixture
def pcn(paying):
    return paying.pcn("GP Direct PCN", north=20_000, south=12_716)


@pytest.fixture
def july():
    with clock.at(JULY):
        yield


def calculate(paying, by="finance", day=JULY):
    return calculate_run(paying.ccg, paying.year, day, by=paying.user(by))


@pytest.mark.usefixtures("july", "pcn")
class TestARunThatWaits:
    def test_is_calculated_by_finance_alone(self, paying):
        for name in ("officer", "manager", "auditor", "approver"):
            with not_allowed():
                calculate(paying, by=name)

    def test_is_not_somebody_elses_commissioners(self, paying):
        finance = paying.users["finance@havering.example"]
        with not_allowed("This belongs to another commissioner"):
            calculate_run(paying.ccg, paying.year, JULY, by=finance)

    def test_is_the_only_one(self, paying):
        run = calculate(paying)
        with refused(f"The run {run} waits for approval."):
            calculate(paying)

    def test_is_approved_by_a_second_person(self, paying):
        run = calculate(paying)
        approver = paying.user("approver")
        with one_event(run, "approved a payment run", approver, status=["calculated", "approved"]):
            approve_run(run, by=approver, seen=run.version)
        run.refresh_from_db()
        assert (run.status, run.approved_by, run.version) == ("approved", approver, 1)

    def test_is_not_approved_by_who_calculated_it(self, paying):
        run = calculate(paying)
        finance = paying.user("finance")
        with not_allowed():
            approve_run(run, by=finance, seen=run.version)
        finance.roles.update(role="approver")
        del finance.roles_in_force
        with refused("You calculated this run, so someone else approves it."):
            approve_run(run, by=finance, seen=run.version)

    def test_is_approved_as_it_was_seen(self, paying):
        run = calculate(paying)
        discard_run(run, by=paying.user("finance"), seen=0, reason="Wrong day.")
        with stale():
            approve_run(run, by=paying.user("approver"), seen=0)
        with refused("The run is discarded already."):
            approve_run(run, by=paying.user("approver"), seen=1)

    @pytest.mark.parametrize("what", ["list", "member", "payee", "rate"])
    def test_is_calculated_again_where_anything_changed(self, paying, what):
        run = calculate(paying)
        pcn = line_pcn(run)
        match what:
            case "list":
                paying.correct("south", 12_717)
            case "member":
                paying.leaves("south", date(2019, 9, 1))
            case "payee":
                paying.payee(pcn, "north")
            case "rate":
                paying.year.terms.get(payment__slug="core").rates.update(pounds="1.51")
        with refused("What it was calculated from has changed since, for GP Direct PCN."):
            approve_run(run, by=paying.user("approver"), seen=run.version)

    def test_is_discarded_with_a_reason(self, paying):
        run = calculate(paying)
        with refused("Say why it is discarded.", "reason"):
            discard_run(run, by=paying.user("approver"), seen=run.version, reason=" ")
        discard_run(run, by=paying.user("approver"), seen=run.version, reason="Wrong day.")
        run.refresh_from_db()
        assert (run.status, run.reason) == ("discarded", "Wrong day.")
        assert calculate(paying).follows is None


def line_pcn(run):
    return run.lines.all()[0].pcn


@pytest.mark.usefixtures("pcn")
class TestTheDay:
    def test_is_after_the_last_approved_runs(self, paying):
        paying.paid(JULY)
        with clock.at(AUGUST), refused("The last approved run pays what is due by 31 July 2019.", "paid_on"):
            calculate(paying)

    def test_is_not_before_the_year(self, paying):
        with clock.at(JULY), refused("The year 2019/20 begins on 1 April 2019.", "paid_on"):
            calculate(paying, day=date(2019, 3, 31))

    def test_is_not_far_away(self, paying):
        with clock.at(JULY), refused("Choose a day until 31 August 2019", "paid_on"):
            calculate(paying, day=date(2029, 8, 31))


@pytest.mark.usefixtures("july")
def test_a_commissioner_without_a_pcn_has_nothing_to_pay(paying):
    with refused("NHS Harrow CCG has no PCN in 2019/20: there is nothing to pay.", "year"):
        calculate(paying)


@pytest.mark.usefixtures("july", "pcn")
@pytest.mark.parametrize("broken", [RunLine, RunInstalment])
def test_a_fault_while_it_is_written_leaves_nothing(paying, monkeypatch, broken):
    insert = run_rows.insert

    def failing(model, *args):
        if model is broken:
            raise OSError("The disk is full.")
        insert(model, *args)

    monkeypatch.setattr(run_rows, "insert", failing)
    before = everything()
    with pytest.raises(OSError, match="full"):
        calculate(paying)
    assert everything() == before
    assert not PaymentRun.objects.exists()


@pytest.mark.usefixtures("july")
def test_the_event_says_what_it_pays(paying, pcn):
    run = calculate(paying)
    (event,) = events_of(run)
    # 16,358.00 for core, 1,868.45 for the clinical director, 3,994.99 for extended hours.
    assert event.changes["to_pay"] == "£22,221.44"
    assert (event.verb, event.by) == ("calculated a payment run", paying.user("finance"))
    assert line(run, pcn).to_pay == 16_358
