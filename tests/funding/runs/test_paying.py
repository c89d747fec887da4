"""What a run pays: the months that are due, each of them once."""

from tests.funding.runs.paying import AUGUST, JULY, OCTOBER, line, months, pays


def test_the_first_run_pays_core_for_four_months_and_the_rest_for_one(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    run = paying.paid(JULY)
    core = line(run, pcn)
    # 32,716 × £1.50 = £49,074.00; four twelfths of it are due by 31 July.
    assert core.list_size_used == 32_716
    assert pays(core) == ("49074.00", "0.00", "16358.00")
    assert months(core)["2019-07"] == ("4089.50", "0.00", "4089.50")
    assert months(core)["2019-08"] == ("4089.50", "0.00", "0.00")
    # 32,716 × £0.514 = £16,816.02 (16,816.024), nine parts; 32,716 × £1.099 = £35,954.88 (35,954.884).
    assert pays(line(run, pcn, "clinical-director")) == ("16816.02", "0.00", "1868.45")
    assert pays(line(run, pcn, "extended-hours")) == ("35954.88", "0.00", "3994.99")


def test_the_next_run_pays_only_what_is_newly_due(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    first = paying.paid(JULY)
    run = paying.paid(AUGUST)
    assert run.follows == first
    assert pays(line(run, pcn)) == ("49074.00", "16358.00", "4089.50")
    assert months(line(run, pcn))["2019-07"] == ("4089.50", "4089.50", "0.00")
    assert not run.lines.filter(state="arrears").exists()


def test_a_month_that_was_skipped_is_paid_with_the_next(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    paying.paid(JULY)
    assert pays(line(paying.paid(OCTOBER), pcn)) == ("49074.00", "16358.00", "12268.50")
