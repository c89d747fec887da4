"""A wrong decision is replaced by a page: which one, what it should read, what was wrong."""

import pytest

from pcnportal import clock
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import errors, main, words
from tests.registry.pages.typing import conditions, decision, send
from tests.registry.ready import LATER, ready


@pytest.fixture(autouse=True)
def panel_day():
    with clock.at(make.PANEL_DAY):
        yield


@pytest.fixture
def case(harrow):
    """Approved with a condition on 20 May, endorsed on 24 May."""
    return steps.endorsed(harrow, conditions=[steps.wanted(harrow)])


def address(case, outcome, of="approved"):
    made = case.decisions.get(outcome=of, superseded_by__isnull=True)
    return f"replace/?decision={made.pk}&outcome={outcome}"


def get(harrow, case, page, user="secretary"):
    return signed_in(harrow.user(user)).get(f"{case.get_absolute_url()}{page}")


def test_first_one_says_which_decision_and_what_it_should_read(harrow, case):
    said = words(get(harrow, case, "replace/"))
    for part in (
        "What should have been recorded?",
        "Primary Care Commissioning Committee, 20 May 2019: Approved, with other reasons or conditions",
        "Primary Care Commissioning Committee, 20 May 2019: Not approved",
        "North West London Health and Care Partnership panel, 24 May 2019: Endorsement declined",
    ):
        assert part in said
    made = case.decisions.get(outcome="approved")
    chosen = send(harrow.user("secretary"), case, "replace/", {"choice": f"{made.pk}-not_approve"})
    assert chosen.headers["Location"] == f"{case.get_absolute_url()}{address(case, 'not_approve')}"


def test_the_new_decision_begins_as_the_old_one_was(harrow, case):
    page = main(get(harrow, case, address(case, "approve")))
    for part in (
        steps.REASONS[0],
        "Assure the committee that the network is resilient and sustainable.",
        'value="GP Direct (E84058)"',
        'value="30"',
        "An assurance document",
        "The report records the decision.",
    ):
        assert part in page


def test_the_check_says_what_follows(harrow, case):
    typed = decision(case, "It met no criterion.", reason="The minutes say the opposite.")
    said = words(send(harrow.user("secretary"), case, address(case, "not_approve"), typed, step=""))
    for part in (
        "Replaced Approved with conditions, Primary Care Commissioning Committee, 20 May 2019",
        "What was wrong The minutes say the opposite.",
        "Recorded instead Not approved",
        "1 open condition of it will read “Replaced”.",
        "the panel endorses anew.",
        "A letter to the PCN is made from the new decision.",
    ):
        assert part in said
    assert case.decisions.count() == 2


def test_it_is_replaced_and_its_open_condition_with_it(harrow, case):
    typed = decision(case, "A natural community.", reason="The condition was left half.") | conditions({})
    done = send(harrow.user("secretary"), case, address(case, "approve"), typed)
    assert done.headers["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    new = case.decisions.get(supersedes__isnull=False)
    assert (case.status, new.replaced_because) == ("approved", "The condition was left half.")
    assert list(case.conditions.order_by("pk").values_list("result", flat=True)) == ["replaced", ""]


def test_what_was_wrong_has_to_be_said(harrow, case):
    typed = decision(case, "It met no criterion.")
    page = send(harrow.user("secretary"), case, address(case, "not_approve"), typed, step="")
    assert errors(page) == {"#id_reason": "Fill in: What was wrong with the decision"}
    assert "It met no criterion." in main(page)


def test_the_panels_decision_is_replaced_by_one_of_the_panel(harrow, case):
    typed = decision(case, "The assurance was not enough.", reason="Misheard.")
    page = address(case, "decline_endorsement", of="endorsed")
    send(harrow.user("secretary"), case, page, typed)
    case.refresh_from_db()
    assert case.status == "under_review"
    assert get(harrow, case, address(case, "endorse")).status_code == 404


@pytest.mark.parametrize(
    "page", ["replace/?decision=0&outcome=approve", "replace/?decision=x&outcome=approve"]
)
def test_a_decision_that_is_not_this_cases_is_not_found(harrow, case, page):
    assert get(harrow, case, page).status_code == 404


def test_a_decision_that_was_replaced_meanwhile_is_not_replaced_again(harrow, case):
    page = address(case, "not_approve")
    typed = decision(case, "It met no criterion.", reason="The minutes say the opposite.")
    send(harrow.user("secretary"), case, page, typed)
    assert "That decision is not in force." in words(get(harrow, case, page))
    late = send(harrow.user("secretary"), case, page, typed)
    assert late.status_code == 409
    assert "The minutes say the opposite." in main(late)


def test_after_go_live_nothing_is_replaced(harrow):
    case = steps.live(harrow)
    assert "is “Live”: no decision can be replaced now." in words(get(harrow, case, "replace/"))


def test_a_deferral_is_replaced_from_the_registrations_page(harrow):
    case = ready(harrow, "defer").go(harrow)
    with clock.at(make.COMMITTEE_DAY):
        assert 'replace/">Replace the decision' in main(get(harrow, case, ""))
        assert "20 May 2019: Deferred, with other reasons or another meeting" in words(
            get(harrow, case, "replace/")
        )
        page = address(case, "approve", of="deferred")
        typed = decision(case, "A natural community.", reason="Misheard.") | conditions()
        said = words(send(harrow.user("secretary"), case, page, typed, step=""))
        assert "is taken off the agenda of Primary Care Commissioning Committee, 17 June 2019." in said
        send(harrow.user("secretary"), case, page, typed)
    case.refresh_from_db()
    assert case.status == "approved"


def test_what_should_have_been_deferred_asks_for_the_later_meeting(harrow, case):
    page = address(case, "defer")
    assert "No later meeting of the Primary Care Commissioning Committee is planned" in words(
        get(harrow, case, page)
    )
    meeting = harrow.meeting(harrow.committee, LATER)
    typed = decision(case, "The map is missing.", reason="Misheard.")
    missing = send(harrow.user("secretary"), case, page, typed, step="")
    assert list(errors(missing)) == ["#id_meeting"]
    said = words(send(harrow.user("secretary"), case, page, typed | {"meeting": meeting.pk}, step=""))
    assert "Deferred to Primary Care Commissioning Committee, 17 June 2019" in said
    send(harrow.user("secretary"), case, page, typed | {"meeting": meeting.pk})
    case.refresh_from_db()
    assert case.status == "before_committee"


def test_a_case_without_a_decision_offers_no_replacement(harrow):
    case = steps.before_committee(harrow)
    assert "Replace the decision" not in words(get(harrow, case, ""))
    assert "No decision stands that could be replaced." in words(get(harrow, case, "replace/"))
