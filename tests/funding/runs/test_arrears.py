"""What a later run puts right: corrected lists, members who joined or left, a PCN that closed, shares."""

from datetime import date

from registry.models import ListSize
from tests.funding.runs.paying import AUGUST, JULY, LIVE, SEPTEMBER, line, months, pays

NOVEMBER = date(2019, 11, 30)


def test_a_corrected_list_pays_the_difference_on_a_line_of_its_own(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    first = paying.paid(JULY)
    paying.correct("south", 12_916)
    run = paying.paid(AUGUST)
    # 32,916 × £1.50 = £49,374.00, a month £4,114.50: £25.00 more for each of four months.
    arrears = line(run, pcn, state="arrears")
    assert (str(arrears.amount), str(arrears.to_pay)) == ("100.00", "100.00")
    assert months(arrears) == {f"2019-0{n}": ("4114.50", "4089.50", "25.00") for n in (4, 5, 6, 7)}
    assert arrears.why == (
        "The list of south was corrected from 12,716 to 12,916. "
        "Due for April to July 2019: £16,458.00; paid before: £16,358.00."
    )
    assert pays(line(run, pcn)) == ("49374.00", "16358.00", "4114.50")
    assert pays(line(first, pcn)) == ("49074.00", "0.00", "16358.00")


def test_too_much_that_was_paid_is_taken_back(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.paid(JULY)
    paying.correct("south", 12_516)
    assert str(line(paying.paid(AUGUST), pcn, state="arrears").to_pay) == "-100.00"


def test_arrears_are_paid_once(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.paid(JULY)
    paying.correct("south", 12_916)
    paying.paid(AUGUST)
    run = paying.paid(SEPTEMBER)
    assert not run.lines.filter(state="arrears").exists()
    # Five months of £4,114.50 were paid: 16,358.00 + 100.00 + 4,114.50.
    assert pays(line(run, pcn)) == ("49374.00", "20572.50", "4114.50")


def test_a_member_that_leaves_is_paid_for_until_the_month_in_which_it_left(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.paid(JULY)
    paying.leaves("south", date(2019, 9, 1))
    run = paying.paid(SEPTEMBER)
    # August as before; from September on 20,000 × £1.50 = £30,000.00, a month £2,500.00.
    core = line(run, pcn)
    assert pays(core) == ("37947.50", "16358.00", "6589.50")
    assert [months(core)[month][0] for month in ("2019-08", "2019-09")] == ["4089.50", "2500.00"]
    assert not run.lines.filter(state="arrears").exists()


def test_a_member_that_had_left_earlier_than_was_known_is_taken_back(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.paid(AUGUST)
    paying.leaves("south", date(2019, 8, 1))
    arrears = line(paying.paid(SEPTEMBER), pcn, state="arrears")
    assert months(arrears) == {"2019-08": ("2500.00", "4089.50", "-1589.50")}
    assert arrears.why.startswith("south left. Due for August 2019: £2,500.00; paid before: £4,089.50.")


def test_a_member_that_joins_is_paid_for_from_the_month_after(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    paying.practice("south", 12_716)
    paying.paid(JULY)
    paying.joins("south", pcn, date(2019, 8, 15))
    core = line(paying.paid(SEPTEMBER), pcn)
    # August 20,000 × £1.50 ÷ 12; September 32,716 × £1.50 ÷ 12.
    assert [months(core)[month][0] for month in ("2019-08", "2019-09")] == ["2500.00", "4089.50"]
    assert pays(core)[1:] == ("10000.00", "6589.50")


def test_a_pcn_that_closes_is_paid_until_then(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    paying.paid(AUGUST)
    paying.closes(pcn, date(2019, 10, 1))
    core = line(paying.paid(NOVEMBER), pcn)
    assert pays(core) == ("15000.00", "12500.00", "2500.00")
    assert months(core)["2019-10"] == ("0.00", "0.00", "0.00")


def test_what_a_closed_pcn_was_paid_too_much_is_taken_back(paying):
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    paying.paid(AUGUST)
    paying.closes(pcn, date(2019, 8, 1))
    arrears = line(paying.paid(SEPTEMBER), pcn, state="arrears")
    assert (str(arrears.to_pay), "Closed." in arrears.why) == ("-2500.00", True)


def test_a_practice_gets_its_own_share_and_its_own_arrears(paying):
    weighted = ListSize.Kind.WEIGHTED
    pcn = paying.pcn("GP Direct PCN", north=(20_000, "19000.50"), south=(12_716, "13000.25"))
    run = paying.paid(JULY)
    shares = {
        str(s.practice): (str(s.amount), str(s.to_pay))
        for s in line(run, pcn, "network-participation").shares.all()
    }
    # 19,000.50 × £1.761 = £33,459.88 (33,459.8805); 13,000.25 × £1.761 = £22,893.44 (22,893.44025); 4 of 12.
    assert shares == {"north": ("33459.88", "11153.29"), "south": ("22893.44", "7631.15")}
    paying.correct("south", "13100.25", weighted)
    found = line(paying.paid(AUGUST), pcn, "network-participation", "arrears")
    # 13,100.25 × £1.761 = £23,069.54 (23,069.54025): four months £7,689.85, paid £7,631.15.
    assert [(str(s.practice), str(s.to_pay)) for s in found.shares.all()] == [("south", "58.70")]
    assert str(found.to_pay) == "58.70"


def test_a_practice_without_its_list_holds_what_comes_and_takes_nothing_back(paying):
    pcn = paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    paying.practice("south", 12_716)
    paying.paid(JULY)
    paying.joins("south", pcn, LIVE.replace(month=8))
    run = paying.paid(AUGUST)
    share = line(run, pcn, "network-participation")
    assert "The weighted list size at 1 January 2019 is not held of south." in share.why
    assert share.amount is None
    # 19,000 × £1.761 = £33,459.00: four months of £2,788.25 stay paid.
    assert (str(share.paid_before), str(share.to_pay)) == ("11153.00", "0.00")
    assert not run.lines.filter(state="arrears").exists()
    paying.list_size("south", 13_000, kind=ListSize.Kind.WEIGHTED)
    shares = line(paying.paid(SEPTEMBER), pcn, "network-participation").shares.all()
    # August and September: 19,000 and 13,000 × £1.761 ÷ 12 × 2.
    assert [(str(s.practice), str(s.to_pay)) for s in shares] == [("north", "5576.50"), ("south", "3815.50")]
