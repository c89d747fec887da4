"""Who reads which rows of a published table, and what its page tells."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funding.findings import RULES
from funding.models import PublishedAmount
from pcnportal import clock
from pcnportal.findings.refresh import refresh
from pcnportal.people.models import Organisation
from registry.models import PCN
from tests import factories as make
from tests.demo import undone
from tests.funding.published.making import DAY, change, doubts, held
from tests.reading import rows, signed_in

pytestmark = pytest.mark.django_db
LIST, SLUG = "/funding/published/", "havering-pcn-funding-2019-20"
TABLE = f"{LIST}{SLUG}/"


@pytest.fixture(scope="module", autouse=True)
def documents(django_db_setup, django_db_blocker):
    with held(django_db_blocker), clock.at(DAY):
        refresh(RULES)
        yield


@pytest.fixture
def on_the_day():
    with undone(), clock.at(DAY):
        yield


def finance_of(code, role="finance"):
    user = make.UserFactory.create(email=f"{role}@{code.lower()}.example")
    make.RoleFactory.create(user=user, organisation=Organisation.objects.get(code=code), role=role)
    return signed_in(user)


@pytest.fixture
def publisher(on_the_day):
    return finance_of("08F")


@pytest.fixture
def redbridge(on_the_day):
    return finance_of("08N")


def export(client, query=""):
    return rows(client.get(f"{TABLE}?_export=csv{query}"))


def text(response):
    return " ".join(response.content.decode().split())


class TestWhoReadsIt:
    def test_its_publisher_reads_all_of_it(self, publisher):
        assert len(export(publisher)) == 90
        page = text(publisher.get(TABLE))
        assert "NHS Havering CCG published these payments for 2019/20 on 24 July 2019" in page
        assert "Redbridge, grand total" in page
        assert "11 findings" in page

    def test_others_read_the_rows_of_their_own_networks_and_nothing_else(self, redbridge):
        found = export(redbridge)
        assert {row["commissioner"] for row in found} == {"NHS Redbridge CCG"}
        assert len(found) == 5 * 6
        page = text(redbridge.get(f"{TABLE}?per_page=100"))
        assert "You see the rows of your own networks" in page
        assert "Redbridge Total" in page
        for hidden in ("72,363.00", "Havering Total", "B&amp;D", "1,762,024.67", "finding</h2>"):
            assert hidden not in page

    def test_all_of_it_is_on_one_page_so_that_all_of_it_prints(self, publisher):
        page = publisher.get(TABLE).content.decode()
        assert 'aria-label="Pages"' not in page
        assert page.count('class="portal-fold portal-fold--group"') == 15
        assert page.count("<tbody") == page.count("</tbody>")
        assert "Sum of the rows" in page

    def test_a_phone_opens_a_network_by_its_line_unless_another_order_is_asked_for(self, publisher):
        page = text(publisher.get(f"{TABLE}?network=Marshall"))
        assert "<summary>Marshall <span>6 of 6 amounts do not fit</span></summary>" in page
        assert "portal-fold--group" not in text(publisher.get(f"{TABLE}?sort=payment"))

    def test_a_filter_shows_nobody_the_rows_of_others(self, redbridge):
        assert export(redbridge, "&network=Marshall") == []
        assert "Nothing matches" in text(redbridge.get(f"{TABLE}?network=Marshall"))

    def test_for_who_has_no_network_in_it_it_is_not_there(self, on_the_day):
        harrow = finance_of("08E")
        assert harrow.get(TABLE).status_code == 404
        page = harrow.get(LIST)
        assert "No document that is known on 31 July 2019" in text(page)
        assert SLUG not in text(page)

    def test_a_group_that_is_only_partly_ones_own_shows_no_total(self, redbridge):
        other = PublishedAmount.objects.filter(label="Cranbrook")
        other.update(commissioner=Organisation.objects.get(code="07L"))
        page = text(redbridge.get(f"{TABLE}?per_page=100"))
        assert "Fairlop" in page
        assert "Redbridge Total" not in page

    def test_a_successor_reads_what_its_predecessor_published(self, on_the_day):
        from pcnportal.people.models import Succession

        new = Organisation.objects.get(code="A3A8R")
        Succession.objects.create(
            predecessor=Organisation.objects.get(code="08F"), successor=new, kind="succeeded", on=DAY
        )
        assert len(export(finance_of("A3A8R"))) == 90

    def test_whose_role_shows_no_money_sees_none(self, on_the_day):
        admin = finance_of("08F", "admin")
        assert (admin.get(TABLE).status_code, admin.get(LIST).status_code) == (404, 403)


class TestBeforeItWasPublished:
    def test_it_is_not_known(self, publisher):
        with clock.at(date(2019, 7, 23)):
            assert publisher.get(TABLE).status_code == 404
            page = text(publisher.get(LIST))
        assert "No document that is known on 23 July 2019" in page
        assert "24 July" not in page

    def test_from_the_day_of_the_document_it_is(self, publisher):
        with clock.at(date(2019, 7, 24)):
            assert publisher.get(TABLE).status_code == 200
            assert "Funding to support Primary Care by PCN" in text(publisher.get(LIST))


class TestWhatItTells:
    def test_each_amount_with_its_rate_and_the_list_that_it_implies(self, publisher):
        (row,) = export(publisher, "&network=Cranbrook&payment=Extended+Hours")
        assert (row["published_as_printed"], row["published_amount"]) == ("54,375.22", "54375.22")
        assert (row["rate"], row["implied_list"], row["implied_exactly"]) == ("1.0990", "49477", "yes")
        assert row["calculated_amount"] == row["difference"] == ""
        assert "Not compared: no registered list size at 1 January 2019 is held." in row["in_words"]

    def test_payments_of_one_network_that_imply_two_lists_are_told_in_patients_and_pounds(self, publisher):
        page = text(publisher.get(f"{TABLE}?network=Marshall"))
        said = "2,628 patients more than the PCN’s other payments imply: £3,942.00 more."
        assert said in page
        (row,) = export(publisher, "&network=Marshall&payment=PCN+Support+(£1.50)")
        assert row["in_words"].startswith(said)

    def test_the_list_of_another_day_stands_beside_the_implied_one(self, publisher):
        crest = PCN.objects.get(organisation__slug="havering-crest-pcn")
        assert crest.organisation.list_sizes.get().patients == 42_663
        page = text(publisher.get(f"{TABLE}?network=Crest&payment=Clinical+Director"))
        assert "42,663 (24 July 2019)" in page
        assert "34 patients fewer than that list, £17.47 less." in page

    def test_networks_of_one_label_are_told_apart(self, publisher):
        found = {row["pcn"] for row in export(publisher, "&network=North")}
        assert found == {"North (B&D)", "North West", "North (Havering)"}

    def test_only_what_does_not_fit(self, publisher):
        assert len(export(publisher, "&show=doubted")) == 57
        core = PublishedAmount.objects.get(label="Marshall", payment__slug="core")
        change(core, "68,421.00")
        assert len(export(publisher, "&show=doubted")) == 57

    def test_a_filter_that_is_none_shows_its_error(self, publisher):
        assert publisher.get(f"{TABLE}?payment=nonsense&_export=csv").status_code == 400

    def test_a_finding_leads_to_its_rows(self, publisher):
        core = PublishedAmount.objects.get(label="Marshall", payment__slug="core")
        assert core.get_absolute_url() == f"{TABLE}?network=Marshall&group=Havering"
        assert publisher.get(core.get_absolute_url()).status_code == 200

    def test_a_name_with_markup_is_text(self, publisher):
        PublishedAmount.objects.filter(label="Marshall").update(label="<b>Marshall</b>")
        assert "<b>Marshall" not in text(publisher.get(f"{TABLE}?network=Marshall"))


class TestBesideTheCalculated:
    def list_of(self, patients):
        crest = PCN.objects.get(organisation__slug="havering-crest-pcn")
        make.ListSizeFactory.create(
            organisation=crest.organisation, patients=Decimal(patients), as_at=date(2019, 1, 1)
        )

    def test_with_the_list_of_the_year_amounts_agree(self, publisher):
        self.list_of(42_629)
        found = export(publisher, "&network=Crest")
        assert {row["difference"] for row in found if row["calculated_amount"]} == {"0.00"}
        assert [row["payment"] for row in found if row["calculated_amount"]] == [
            "PCN Support (£1.50)",
            "Clinical Director",
            "Extended Hours",
        ]
        assert doubts("published-amount-against-the-calculated-one") == []

    def test_with_another_list_the_difference_is_doubted_in_patients_and_pounds(self, publisher):
        self.list_of(42_729)
        (row,) = export(publisher, "&network=Crest&payment=Extended+Hours")
        assert (row["calculated_amount"], row["difference"]) == ("46959.17", "-109.90")
        assert row["in_words"].endswith("£109.90 less published than calculated.")
        found = doubts("published-amount-against-the-calculated-one")
        assert [(doubt.patients, doubt.pounds) for doubt in found] == [
            (100, Decimal("150.00")),
            (100, Decimal("51.40")),
            (100, Decimal("109.90")),
        ]
        assert found[2].found == "£46,959.17: £1.099 × 42,729 patients (1 January 2019)"


def test_the_number_of_queries_does_not_grow_with_the_rows(publisher):
    def asked():
        publisher.get(TABLE)
        with CaptureQueriesContext(connection) as queries:
            publisher.get(TABLE)
        return len(queries)

    many = asked()
    PublishedAmount.objects.exclude(label__in=("Marshall", "South")).delete()
    assert asked() == many
    assert reverse("funding:published_table", args=[SLUG]) == TABLE


def test_what_else_is_printed_of_a_payment_stands_on_paper_too(publisher):
    page = publisher.get(TABLE).content.decode()
    assert page.count('<details class="nhsuk-details portal-screen-only">') == 1
    assert '<p class="portal-print-only"><strong>' in page
