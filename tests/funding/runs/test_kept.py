"""What a run keeps to: what it stored, what was paid, the list in force, figures of the same practices."""

from datetime import date

from funding.models import PaymentRun
from funding.run_beside import changes_of
from funding.run_sums import sums_of, sums_of_run
from registry.models import ListSize
from tests.funding.runs.paying import AUGUST, JULY, SEPTEMBER, line, months, pays

DECEMBER, JANUARY = date(2019, 12, 31), date(2020, 1, 31)


def test_a_run_whose_practices_have_other_names_first_can_be_approved(paying):
    paying.pcn("GP Direct PCN", zebra=(20_000, 19_000), alpha=(12_716, 13_000))
    assert paying.paid(JULY).status == PaymentRun.Status.APPROVED


def test_a_month_that_was_paid_and_can_no_longer_be_reckoned_keeps_what_was_paid(paying):
    pcn = paying.pcn("GP Direct PCN", north=(None, 20_000), south=(None, 12_716))
    paying.list_size_of(pcn, 33_000)
    paying.paid(DECEMBER)
    paying.leaves("south", date(2019, 12, 1))
    run = paying.paid(JANUARY)
    core = line(run, pcn)
    assert "From 1 December 2019: The registered list size" in core.why
    assert months(core)["2019-12"] == ("4125.00", "4125.00", "0.00")
    assert (str(core.paid_before), str(core.to_pay)) == ("37125.00", "0.00")
    # Of December south gives back its instalment of 12,716 × £1.761 (£22,392.88).
    assert str(line(run, pcn, "network-participation", "arrears").to_pay) == "-1866.07"


def test_a_correction_counts_from_the_day_on_which_it_was_published(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    paying.paid(JULY)
    paying.correct("north", 20_400, published=date(2019, 9, 15))
    run = paying.paid(AUGUST)
    assert (line(run, pcn).state, pays(line(run, pcn))) == ("due", ("30000.00", "10000.00", "2500.00"))
    assert not run.lines.filter(state="arrears").exists()
    arrears = line(paying.paid(SEPTEMBER), pcn, state="arrears")
    assert arrears.why.startswith("The list of north was corrected from 20,000 to 20,400.")


def test_a_pcns_own_list_stays_in_force_until_its_correction_is_published(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    paying.list_size_of(pcn, 21_000)
    paying.paid(JULY)
    was = ListSize.objects.get(organisation=pcn.organisation)
    paying.corrected(was, 21_600, date(2019, 9, 15))
    assert pays(line(paying.paid(AUGUST), pcn)) == ("31500.00", "10500.00", "2625.00")
    why = line(paying.paid(SEPTEMBER), pcn, state="arrears").why
    assert why.startswith("The list of GP Direct PCN was corrected from 21,000 to 21,600.")


def test_arrears_of_practices_say_what_was_due_and_paid_to_the_same_practices(paying):
    pcn = paying.pcn("GP Direct PCN", north=(20_000, 19_000), south=(12_716, 13_000))
    paying.paid(JULY)
    paying.correct("south", 13_100, ListSize.Kind.WEIGHTED)
    found = line(paying.paid(AUGUST), pcn, "network-participation", "arrears")
    # 13,100 × £1.761 = £23,069.10: four months £7,689.70; paid were £7,631.00.
    assert found.why.endswith("Due for April to July 2019: £7,689.70; paid before: £7,631.00.")
    assert str(found.to_pay) == "58.70"


def test_what_practices_are_paid_and_what_is_still_to_come_are_their_shares(paying):
    pcn = paying.pcn("GP Direct PCN", north=(20_000, "19000.50"), south=(12_716, "13000.25"))
    found = line(paying.paid(JULY), pcn, "network-participation")
    # £33,459.88 and £22,893.44, rounded one by one; the line rounds 32,000.75 × £1.761 once.
    of_shares = sum(share.amount for share in found.shares.all())
    assert sum(month.amount for month in found.instalments.all()) == of_shares
    later = sums_of(sums_of_run(found.run, pk=found.pk).lines, JULY).later
    assert later == of_shares - found.to_pay
    held = line(paying.calculated(AUGUST), pcn, "network-participation")
    assert sum(month.amount for month in held.instalments.all()) == of_shares


def test_lists_that_are_held_now_are_said_to_be_and_nobody_to_have_joined(paying):
    pcn = paying.pcn("GP Direct PCN", north=(20_000, 19_000), south=12_716)
    paying.paid(JULY)
    paying.list_size("south", 13_000, kind=ListSize.Kind.WEIGHTED)
    said = said_of(paying.calculated(AUGUST), pcn)
    assert said["Network participation"].startswith("The list size of south is held now. It was")


def test_what_is_no_longer_held_is_said(paying):
    pcn = paying.pcn("GP Direct PCN", north=(None, 20_000), south=(None, 12_716))
    paying.list_size_of(pcn, 33_000)
    paying.paid(JULY)
    paying.leaves("south", date(2019, 8, 1))
    said = said_of(paying.calculated(AUGUST), pcn)["Core PCN funding"]
    assert "The registered list size at 1 January 2019 is not held of north." in said


def test_a_payment_of_which_only_a_coming_rate_waits_is_not_said_to_have_changed(paying):
    paying.pcn("GP Direct PCN", north=20_000)
    first = paying.paid(JULY)
    run = paying.calculated(AUGUST)
    found = sums_of_run(run)
    for one in found.lines:
        one.why = f"{one.why} A rate waits to be confirmed."
    assert run.follows == first
    assert changes_of(found) == []


def said_of(run, pcn):
    return {one.payment: one.said for one in changes_of(sums_of_run(run, pcn=pcn))}
