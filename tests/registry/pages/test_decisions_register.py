"""The decisions register: what was decided, what it became, and as a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from registry.models import PCN, Case, Decision
from registry.workflow import move
from tests import factories as make
from tests import steps
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

LIST = "/decisions/"


@pytest.fixture(autouse=True)
def panel_day():
    with clock.at(make.PANEL_DAY):
        yield


@pytest.fixture
def secretary(harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def decided(harrow):
    """GP Direct PCN approved, Harrow East PCN approved with a condition and endorsed."""
    condition = steps.wanted(harrow)
    return steps.approved(harrow), steps.endorsed(harrow, "Harrow East PCN", conditions=[condition])


def listed(client, query=""):
    return [
        (row["pcn"], row["outcome"], row["standing"])
        for row in rows(client.get(f"{LIST}?_export=csv&{query}"))
    ]


def replaced(harrow, case):
    made = case.decisions.get(outcome="approved")
    case.refresh_from_db()
    move(
        case,
        "replace",
        by=harrow.user("secretary"),
        seen=case.version,
        reason="The minutes say the opposite.",
        decision=made,
        outcome="not_approve",
        reasons=["Too small."],
        **harrow.quorum,
    )


def test_it_shows_the_newest_first_with_the_outcome_in_words(secretary, decided):
    page = words(secretary.get(LIST))
    assert "3 decisions" in page
    assert page.index("Endorsed") < page.index("20 May 2019")
    assert listed(secretary) == [
        ("Harrow East PCN", "Endorsed", "In force"),
        ("Harrow East PCN", "Approved with conditions", "In force"),
        ("GP Direct PCN", "Approved", "In force"),
    ]


def test_the_file_begins_with_the_columns_that_stay(secretary, decided):
    file = secretary.get(f"{LIST}?_export=csv").getvalue().decode().splitlines()
    assert file[0].startswith("id,pcn,body,outcome,decided_on")
    newest = Decision.objects.get(outcome="endorsed")
    panel = "North West London Health and Care Partnership panel"
    assert file[1].startswith(f"{newest.pk},Harrow East PCN,{panel},Endorsed,2019-05-24")


def test_a_replaced_decision_is_marked_and_so_is_what_it_took_with_it(harrow, secretary, decided):
    replaced(harrow, decided[1])
    assert ("Harrow East PCN", "Approved with conditions", "Replaced") in listed(secretary)
    assert ("Harrow East PCN", "Endorsed", "Overtaken") in listed(secretary)
    assert listed(secretary, "standing=In+force") == [
        ("Harrow East PCN", "Not approved", "In force"),
        ("GP Direct PCN", "Approved", "In force"),
    ]
    assert "Approved with conditions Replaced" in words(secretary.get(f"{LIST}?standing=Replaced"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=approved", ["GP Direct PCN"]),
        ("outcome=approved_with_conditions", ["Harrow East PCN"]),
        ("pcn=direct", ["GP Direct PCN"]),
        ("body=primary-care-commissioning-committee", ["Harrow East PCN", "GP Direct PCN"]),
        ("year=2019/20&outcome=endorsed", ["Harrow East PCN"]),
    ],
)
def test_it_is_filtered(secretary, decided, query, found):
    assert [pcn for pcn, *_ in listed(secretary, query)] == found


def test_a_wrong_filter_is_named_and_hides_nothing_silently(secretary, decided):
    assert "Choose one of the answers given" in words(secretary.get(f"{LIST}?body=nobody"))


def test_another_commissioner_sees_none_of_it(harrow, decided):
    page = words(signed_in(harrow.user("officer@havering.example")).get(LIST))
    assert "Nothing has been decided yet." in page
    assert "Harrow" not in page


def test_it_asks_the_same_few_questions_for_any_number_of_rows(harrow, secretary, decided):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            secretary.get(f"{LIST}?per_page=100")
        return len(captured)

    asked()  # the first request of a session writes it
    few = asked()
    template = Decision.objects.earliest("pk")
    for number in range(60):
        pcn = make.PCNFactory.create(name=f"PCN {number}")
        case = Case.objects.create(pcn=pcn, round=harrow.round, commissioner=harrow.ccg)
        Decision.objects.create(
            case=case,
            submission=template.submission,
            body=template.body,
            item=template.item,
            outcome="approved",
            decided_on=template.decided_on,
            recorded_by=template.recorded_by,
            quorum_basis="attested",
            quorum_source=harrow.report,
        )
    assert PCN.objects.count() > 60
    assert asked() == few <= 8
