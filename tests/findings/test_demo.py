"""What the portal doubts of the demo, as an auditor would look for it in the source documents."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import refresh
from pcnportal.findings_list import RULES, refresh_all
from tests.demo import played

pytestmark = pytest.mark.django_db
MORNING, DECEMBER = date(2019, 5, 20), date(2019, 12, 31)


@pytest.fixture(scope="module")
def on_the_morning(django_db_setup, django_db_blocker):
    with played(django_db_blocker, MORNING):
        refresh_all()
        return found()


def found():
    """Findings by rule: about, stated, found, difference, commissioner."""
    by_rule = defaultdict(list)
    for row in Finding.objects.select_related("commissioner").order_by("rule", "about", "stated", "pk"):
        by_rule[row.rule].append(row)
    return by_rule


def differences(findings, rule):
    return [(row.about, row.difference) for row in findings[rule]]


def test_on_the_morning_of_the_committee_three_of_harrows_pcns_are_outside_the_band(on_the_morning):
    assert differences(on_the_morning, "outside-the-band") == [
        ("Harrow East PCN", "1,381 below 30,000"),
        ("Health Alliance PCN", "2,069 above 50,000"),
        ("Healthsense PCN", "30,779 above 50,000"),
    ]


def test_every_practice_is_placed_by_the_forms_that_stand(on_the_morning):
    assert on_the_morning["in-no-pcn"] == []
    assert on_the_morning["two-open-memberships"] == []


def test_the_strategys_contracts_are_not_those_of_the_register(on_the_morning):
    rows = [row for row in on_the_morning["stated-count-against-rows"] if "contract" in row.stated]
    assert [(row.stated, row.found) for row in rows] == [
        ("APMS contracts: “1 holds an APMS contract”", "0 on 27 November 2018"),
        ("GMS contracts: “13 hold GMS contracts”", "14 on 27 November 2018"),
    ]


def test_33_practices_are_33_and_their_ratings_add_up(on_the_morning):
    """33 is stated by the strategy and by the report; 2, 27, 2 and 2 were rated."""
    every = [row for rows in on_the_morning.values() for row in rows]
    assert not [row for row in every if "33 Practices" in row.stated]


def test_the_stated_patients_of_harrow_agree_with_the_lists(on_the_morning):
    """Over 265,000; 269,801 on the forms."""
    every = [row for rows in on_the_morning.values() for row in rows]
    assert not [row for row in every if "265,000" in row.stated or "269,801" in row.stated]
    assert on_the_morning["stated-list-size-against-official"] == []


def test_the_strategys_budget_does_not_add_up(on_the_morning):
    (row,) = on_the_morning["budget-figure-against-its-lines"]
    assert (row.about, row.pounds) == ("Total: 37,128", 635000)


def test_two_names_of_the_committee_and_two_practices_of_one_name_are_doubted(on_the_morning):
    (body,) = on_the_morning["documents-differ-on-a-body"]
    assert (body.stated, body.found) == (
        "Name: “CCG Primary Care Committee”",
        "“Primary Care Commissioning Committee”",
    )
    assert differences(on_the_morning, "near-identical-names") == [
        ("Streatfield Health Centre", "Nearly the same name")
    ]


def test_no_document_of_later_is_doubted_yet(on_the_morning):
    every = [row for rows in on_the_morning.values() for row in rows]
    assert not [row for row in every if "slides" in row.stated_by + row.found_by]
    assert not [row for row in every if row.commissioner and row.commissioner.code == "08F"]


def test_each_finding_says_by_whom_what_it_means_and_whose_it_is(on_the_morning):
    for row in (row for rows in on_the_morning.values() for row in rows):
        assert row.stated_by
        assert row.found_by
        assert row.meaning.endswith(".")
        assert row.commissioner.code in ("08E", "08C")
        assert row.first_seen == MORNING


@pytest.fixture(scope="module")
def in_december(django_db_setup, django_db_blocker):
    with played(django_db_blocker, DECEMBER):
        refresh_all()
        assert refresh_all().new == 0
        rows = found()
        refresh(RULES, day=DECEMBER + timedelta(days=400))
        changed = Finding.objects.exclude(version=0).values_list("rule", "about", "stated", "found")
        return rows | {"changed": list(changed)}


def test_no_finding_says_something_else_a_year_later_while_nothing_changed(in_december):
    """Or else what was accepted would open again with every day."""
    assert in_december["changed"] == []


def test_havering_north_is_said_to_have_15_practices_and_lists_14(in_december):
    rows = {row.about: row for row in in_december["stated-count-against-rows"] if "Practices:" in row.stated}
    north = rows["North Primary Care Network"]
    assert (north.stated, north.found, north.difference) == (
        "Practices: “15 Practices”",
        "14 held on 24 July 2019",
        "1 fewer",
    )
    assert "South Primary Care Network" not in rows
    assert "Havering Crest Primary Care Network" not in rows


def test_haverings_printed_lists_add_up(in_december):
    assert in_december["list-size-against-its-practices"] == []


def test_the_minutes_that_carry_no_date_are_not_held_against_the_rows_of_today(in_december):
    rows = [row for row in in_december["stated-count-against-rows"] if row.commissioner.code == "08C"]
    assert rows == []


def test_a_running_sum_of_a_roadmap_is_not_the_registered_population(in_december):
    every = [row for rule, rows in in_december.items() if rule != "changed" for row in rows]
    assert not [row for row in every if "237,373" in row.stated + row.found]


def test_only_hornchurch_is_further_from_its_official_list_than_a_year_explains(in_december):
    assert differences(in_december, "stated-list-size-against-official") == [
        ("Hornchurch Healthcare", "549 more stated (+8.6 %)")
    ]


def test_dr_josephs_list_was_taken_on_but_the_practice_is_still_a_member(in_december):
    (row,) = in_december["taken-over-a-member"]
    assert (row.found, row.commissioner.code) == ("List taken on by North Street Medical Centre", "08F")


def test_dr_rao_directs_two_of_haverings_pcns(in_december):
    (row,) = in_december["director-of-two-pcns"]
    assert (row.about, row.commissioner.code) == ("Dr N Rao", "08F")


def test_the_four_pcns_of_havering_and_the_eleven_beside_are_held(in_december):
    rows = [row for row in in_december["stated-count-against-rows"] if row.stated.startswith("PCNs:")]
    assert rows == []


def test_hammersmith_and_fulhams_minutes_say_five_and_three(in_december):
    (row,) = [row for row in in_december["documents-differ"] if row.commissioner.code == "08C"]
    assert (row.stated, row.found) == (
        "PCNs: “five PCNs would be configured”",
        "“each of the three PCNs”",
    )


def test_the_provider_management_board_meets_fortnightly_and_monthly(in_december):
    (row,) = [row for row in in_december["documents-differ-on-a-body"] if "How often" in row.stated]
    assert (row.about, row.stated, row.found, row.commissioner.code) == (
        "Harrow Provider Management Board",
        "How often it meets: “Fortnightly”",
        "“mtg monthly”",
        "08E",
    )


def test_the_panel_had_harrows_forms_on_the_24th_or_on_the_31st(in_december):
    (row,) = [row for row in in_december["documents-differ-on-a-body"] if "panel" in row.about]
    assert "31 May 2019" in row.stated
    assert "24th May 2019" in row.found


def test_the_deck_prints_two_totals_of_one_age_group(in_december):
    rows = [row for row in in_december["printed-total-against-its-parts"] if "65 and over" in row.stated]
    assert [(row.stated.partition("“")[2], row.difference) for row in rows] == [
        ("33,725”", "100 less in the parts")
    ]


def test_what_was_promised_for_zains_patients_has_passed_without_evidence(in_december):
    rows = in_december["commitment-passed"]
    assert [row.about for row in rows] == ["Harrow Collaborative PCN"] * 2
    assert "Savita Medical Centre and Zain Medical Centre are still open" in rows[1].found


def test_as_of_the_register_every_practice_is_in_one_pcn(in_december):
    for rule in ("in-no-pcn", "two-open-memberships", "closed-practice-a-member"):
        assert in_december[rule] == []
