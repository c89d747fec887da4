"""What documents state: against rows, against their own parts, against each other."""

import json
import re
from datetime import date

import pytest
from django.conf import settings

from governance.findings.documents import bodies_differ
from governance.models import Body
from pcnportal.people.models import Organisation
from registry.models import PCN
from tests.findings.making import document, doubts, file, joins, lists, pcn, practice, said, states

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 24)
NOVEMBER = date(2018, 11, 27)
STATEMENTS = settings.BASE_DIR / "fixtures" / "statements.json"


@pytest.fixture
def deck(db):
    return document(published_on=JULY)


@pytest.fixture
def strategy(db):
    return document("Harrow primary care strategy 2018/19 to 2022/23")


class TestCountsAgainstRows:
    RULE = "stated-count-against-rows"

    @pytest.fixture
    def north(self, harrow, deck):
        made = pcn("North Primary Care Network", of=harrow.havering)
        for number in range(14):
            joins(practice(f"Surgery {number}", of=harrow.havering), made, None, source=deck)
        return made

    def states(self, source, number, about="north-primary-care-network", model=PCN, **facts):
        return states(source, model, about, "practices", f"{number} Practices", number, **facts)

    def test_a_pcn_that_is_said_to_have_one_more_than_are_listed_is_doubted(self, north, deck):
        self.states(deck, 15, page="North Primary Care Network")
        (doubt,) = doubts(self.RULE)
        assert (doubt.subject, doubt.difference) == (north, "1 fewer")
        assert doubt.stated == "Practices: “15 Practices”"
        assert doubt.stated_by.endswith("slides, North Primary Care Network")
        assert doubt.found == "14 held on 24 July 2019"

    def test_a_count_that_is_right_is_not_doubted(self, north, deck):
        self.states(deck, 14)
        assert said(self.RULE) == []

    def test_it_is_counted_on_the_day_of_the_document(self, harrow, north, deck):
        self.states(deck, 14)
        joins(practice("Late Surgery", of=harrow.havering), north, date(2019, 10, 1))
        assert said(self.RULE) == []

    def test_what_a_document_will_say_is_not_known_before_it(self, north, deck):
        self.states(deck, 15)
        assert said(self.RULE, date(2019, 7, 1)) == []

    def test_a_commissioners_practices_and_contracts_are_counted(self, harrow, strategy):
        for number, contract in enumerate(("GMS", "GMS", "PMS")):
            practice(f"Surgery {number}", of=harrow.ccg, contract_type=contract)
        practice("Closed Surgery", of=harrow.ccg, contract_type="APMS", closed_on=date(2018, 1, 1))
        self.states(strategy, 3, "08E", Organisation, on=NOVEMBER)
        states(strategy, Organisation, "08E", "contract:GMS", "1 holds a GMS contract", 1, on=NOVEMBER)
        states(strategy, Organisation, "08E", "contract:APMS", "1 holds an APMS contract", 1, on=NOVEMBER)
        states(strategy, Organisation, "08E", "contract:PMS", "1 holds a PMS contract", 1, on=NOVEMBER)
        assert [(doubt.key.split()[0], doubt.difference) for doubt in doubts(self.RULE)] == [
            ("contract:GMS", "1 more"),
            ("contract:APMS", "1 fewer"),
        ]

    def test_a_contract_that_is_not_held_may_be_the_one_that_is_missing(self, harrow, strategy):
        practice("Surgery", of=harrow.ccg)
        practice("Other Surgery", of=harrow.ccg, contract_type="GMS")
        states(strategy, Organisation, "08E", "contract:GMS", "2 hold a GMS contract", 2, on=NOVEMBER)
        assert said(self.RULE) == []
        states(strategy, Organisation, "08E", "contract:GMS", "3 hold a GMS contract", 3, on=NOVEMBER)
        assert [found for *_, found in said(self.RULE)] == [
            "1 on 27 November 2018; the contracts of 1 are not held"
        ]

    def test_over_a_figure_is_true_of_more_and_false_of_less(self, harrow, strategy):
        lists(practice("Surgery", of=harrow.ccg), 268627, file(), date(2019, 1, 1))
        states(strategy, Organisation, "08E", "patients:over", "over 265,000 citizens", 265000, on=NOVEMBER)
        assert said(self.RULE) == []
        states(strategy, Organisation, "08E", "patients:over", "over 270,000 citizens", 270000, on=NOVEMBER)
        assert [doubt.patients for doubt in doubts(self.RULE)] == [1373]

    def test_patients_may_differ_by_5_percent(self, harrow, strategy):
        lists(practice("Surgery", of=harrow.ccg), 268627, file(), date(2019, 1, 1))
        states(strategy, Organisation, "08E", "patients", "263,000", 263000, on=NOVEMBER)
        assert said(self.RULE) == []
        states(strategy, Organisation, "08E", "patients", "237,373", 237373, on=NOVEMBER)
        assert [doubt.difference for doubt in doubts(self.RULE)] == ["31,254 more (+13.2 %)"]

    def test_a_pcn_larger_than_the_largest_is_said_to_be_is_doubted(self, harrow):
        minutes = document("Hammersmith & Fulham: minutes on Primary Care Networks")
        lists(pcn("GP At Hand PCN", of=harrow.havering), 71000, minutes)
        states(minutes, Organisation, "08F", "largest_pcn", "between 30,000 and 70, 000", 70000, on=JULY)
        assert [found for *_, found in said(self.RULE)] == ["71,000 in GP At Hand PCN (1 January 2019)"]

    def test_what_a_document_says_twice_is_doubted_once(self, harrow):
        minutes = document("Hammersmith & Fulham: minutes on Primary Care Networks")
        pcn("GP At Hand PCN", of=harrow.havering)
        for page in ("at the beginning", "later on"):
            states(minutes, Organisation, "08F", "pcns", "five PCNs", 5, page=page, on=JULY)
        assert len(doubts(self.RULE)) == 1

    def test_a_count_of_no_day_is_not_compared_with_the_rows_of_today(self, harrow):
        minutes = document("Hammersmith & Fulham: minutes on Primary Care Networks")
        pcn("GP At Hand PCN", of=harrow.havering)
        states(minutes, Organisation, "08F", "pcns", "five PCNs", 5)
        assert said(self.RULE) == []


class TestPrintedTotals:
    RULE = "printed-total-against-its-parts"

    def rated(self, strategy, *counts):
        states(strategy, Organisation, "08E", "practices", "33 Practices", 33, on=NOVEMBER)
        for rating, number in zip(("outstanding", "good", "inadequate"), counts, strict=True):
            states(strategy, Organisation, "08E", f"rating:{rating}", f"{number}", number, on=NOVEMBER)

    def test_ratings_that_do_not_add_up_to_the_practices_are_doubted(self, harrow, strategy):
        self.rated(strategy, 2, 27, 2)
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.difference) == ("Practices: “33 Practices”", "2 less in the parts")
        assert doubt.found == "31, added up from 3 parts: outstanding 2; good 27; inadequate 2"

    def test_ratings_that_add_up_are_not(self, harrow, strategy):
        self.rated(strategy, 2, 29, 2)
        assert said(self.RULE) == []

    def test_parts_of_another_document_are_not_added(self, harrow, strategy, deck):
        states(strategy, Organisation, "08E", "total:people", "100", 100)
        states(deck, Organisation, "08E", "part:people:Carers", "90", 90, on=NOVEMBER)
        assert said(self.RULE) == []


class TestDocumentsDiffer:
    RULE = "documents-differ"

    def test_two_counts_in_one_document_are_doubted(self, harrow):
        minutes = document("Hammersmith & Fulham: minutes on Primary Care Networks")
        states(minutes, Organisation, "08F", "pcns", "five PCNs", 5, page="First paragraph")
        states(minutes, Organisation, "08F", "pcns", "each of the three PCNs", 3, page="On prescribing")
        (doubt,) = doubts(self.RULE)
        assert (doubt.stated, doubt.found) == ("PCNs: “five PCNs”", "“each of the three PCNs”")
        assert "First paragraph" in doubt.stated_by
        assert "On prescribing" in doubt.found_by
        assert doubt.commissioner == harrow.havering.pk

    def test_two_rhythms_are_doubted_and_one_in_other_letters_is_not(self, harrow, deck):
        states(deck, Organisation, "08E", "rhythm:Provider Management Board", "Fortnightly")
        states(deck, Organisation, "08E", "rhythm:Provider Management Board", "fortnightly")
        assert said(self.RULE) == []
        states(deck, Organisation, "08E", "rhythm:Provider Management Board", "mtg monthly")
        assert [(stated, found) for _, stated, found in said(self.RULE)] == [
            ("How often the Provider Management Board meets: “Fortnightly”", "“mtg monthly”")
        ]

    def test_numbers_of_two_days_may_both_be_right(self, harrow, deck, strategy):
        states(strategy, Organisation, "08E", "patients", "263,000", 263000, on=NOVEMBER)
        states(deck, Organisation, "08E", "patients", "269,801", 269801, on=date(2019, 1, 1))
        assert said(self.RULE) == []

    def test_of_one_day_they_may_not(self, harrow, deck, strategy):
        states(strategy, Organisation, "08E", "patients", "263,000", 263000, on=NOVEMBER)
        states(deck, Organisation, "08E", "patients", "269,801", 269801, on=NOVEMBER)
        assert [doubt.patients for doubt in doubts(self.RULE)] == [6801]

    def test_a_bodys_name_and_day_are_compared_for_the_commissioner_it_serves(self, harrow, deck, strategy):
        slug = harrow.panel.slug
        states(strategy, Body, slug, "day:the review", "24th May 2019", on=NOVEMBER)
        states(deck, Body, slug, "day:the review", "31 May 2019", on=NOVEMBER)
        (doubt,) = bodies_differ(JULY)
        assert (doubt.subject, doubt.commissioner) == (harrow.panel, harrow.ccg.pk)
        assert (doubt.stated, doubt.found) == ("Day of the review: “24th May 2019”", "“31 May 2019”")

    def test_one_document_about_a_body_is_not_doubted(self, harrow, strategy):
        states(strategy, Body, harrow.panel.slug, "name", "The panel")
        assert list(bodies_differ(JULY)) == []


PRINTED = {"three": 3, "five": 5}


def test_no_number_of_a_statement_was_worked_out_by_hand():
    """Each stands in the words that the document prints (an amount in thousands without its k), or it counts
    the list that they print.
    """
    for fields in (row["fields"] for row in json.loads(STATEMENTS.read_text())):
        if fields.get("number"):
            text = re.sub(r"(?<=\d), ?(?=\d{3})", "", fields["text"])
            figures = {int(figure.replace("k", "000")) for figure in re.findall(r"\d+k?", text)}
            figures |= {number for word, number in PRINTED.items() if word in text}
            figures |= {len(text.split(";"))} if ";" in text else set()
            assert int(fields["number"]) in figures, fields
