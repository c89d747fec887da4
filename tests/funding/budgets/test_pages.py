"""Who reads a budget, and what its page tells."""

from datetime import date

import pytest

from funding.findings import RULES
from funding.models import BudgetLine
from pcnportal import clock
from pcnportal.findings.refresh import refresh
from pcnportal.people.models import Organisation
from tests import factories as make
from tests.demo import undone
from tests.funding.budgets.making import change
from tests.funding.published.making import DAY, held
from tests.reading import rows, signed_in

pytestmark = pytest.mark.django_db
LIST = "/funding/budgets/"
CARE, FINANCE = f"{LIST}harrow-integrated-care-2019-20/", f"{LIST}harrow-primary-care-finance-2018-19/"
ROLLED, CORE = f"{LIST}harrow-integrated-care-roll-forward/", f"{LIST}harrow-integrated-care-core-team/"


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
def harrow(on_the_day):
    return finance_of("08E")


def text(response):
    return " ".join(response.content.decode().split())


def test_the_commissioners_people_read_its_budgets(harrow):
    found = rows(harrow.get(f"{LIST}?_export=csv"))
    assert [(row["budget"], row["total_as_printed"], row["lines_add_up_to"]) for row in found] == [
        ("Integrated care delivery programme", "616027.00", "616028.00"),
        ("Integrated care: the earlier programme core team", "", "146000.00"),
        ("Integrated care: the partners’ investment rolled forward", "", ""),
        ("Primary care finance", "37128000.00", "37763000.00"),
    ]
    assert (found[0]["difference"], found[-1]["difference"]) == ("-1.00", "-635000.00")
    assert {harrow.get(address).status_code for address in (LIST, CARE, FINANCE, ROLLED, CORE)} == {200}


def test_to_others_they_are_not_there(on_the_day):
    havering = finance_of("08F")
    assert havering.get(CARE).status_code == 404
    assert "No document that is known on 31 July 2019 prints a budget of yours" in text(havering.get(LIST))
    assert rows(havering.get(f"{LIST}?_export=csv")) == []
    admin = finance_of("08E", "admin")
    assert (admin.get(CARE).status_code, admin.get(LIST).status_code) == (404, 403)


def test_before_its_document_a_budget_is_not_known(harrow):
    with clock.at(date(2019, 5, 20)):
        assert harrow.get(CARE).status_code == harrow.get(ROLLED).status_code == 404
        assert harrow.get(FINANCE).status_code == 200
        assert "18 June" not in text(harrow.get(LIST))


def test_totals_stand_beside_what_the_lines_add_up_to(harrow):
    page = text(harrow.get(CARE))
    assert "£616,027.00 in all as printed; the lines add up to £616,028.00: £1.00 less printed" in page
    assert "The split counts it otherwise: Alliance partners, in kind." in page
    assert "5 × 3 of 5 days a week is 3 WTE: 0.6 less printed" in page
    assert "50 × £470.00 is £23,500.00: £51.00 less printed" in page
    assert "£165K" in page
    assert "£279.00 less printed: the same, rounded to £1,000.00" in page.replace("the same", "the same")
    assert "13 findings" in page


def test_figures_on_the_page_come_from_the_lines(harrow):
    change(BudgetLine.objects.get(text="14,420"), "14,419")
    page = text(harrow.get(CARE))
    assert "£616,027.00 in all as printed; the lines add up to £616,027.00: the same" in page


def test_what_is_not_held_says_so(harrow):
    page = text(harrow.get(ROLLED))
    assert "The amount is not held." in page
    assert "£0" not in page
    assert "£146,000.00, with no total printed." in text(harrow.get(CORE))


def test_a_budget_in_thousands_is_shown_in_pounds_beside_its_print(harrow):
    page = text(harrow.get(FINANCE))
    assert "thousands of pounds" in page
    assert "£37,128,000.00 as printed; its lines add up to £37,763,000.00: £635,000.00 less printed" in page
    assert "£3.00 a head implies 263,000 heads" in page
    assert "(assumed)" in page


def test_its_file_has_every_line_and_figure(harrow):
    found = rows(harrow.get(f"{CARE}?_export=csv"))
    kinds = [row["kind"] for row in found]
    assert (kinds.count("line"), kinds.count("split"), kinds.count("rounded figure")) == (17, 4, 8)
    (sub,) = [row for row in found if row["as_printed"] == "227,666"]
    assert (sub["pounds"], sub["lines_add_up_to"], sub["difference"]) == ("227666.00", "227667.00", "-1.00")
    assert (sub["source"] != "", sub["page"]) == (True, "Allocation of Resources – Detail")
    assert (found[0]["funder"], found[0]["how"]) == ("Alliance partners", "Contribution")
    assert all(row["source"] and row["page"] for row in found)
    assert harrow.get(f"{CARE}?_export=xlsx").status_code == 200
