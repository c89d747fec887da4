"""The recommendation: approve or not approve, with reasons as cards."""

from typing import Any

import pytest

from registry.models import Case, Recommendation
from tests import steps
from tests.harrow import Harrow
from tests.registry.pages.reading import errors, main, words

REASONS = ["The practices have worked together before.", "Community providers raised no objection."]


@pytest.fixture
def reviewed(harrow: Harrow) -> Case:
    """Harrow East PCN under review, every line answered and the departure sent."""
    return steps.answer_everything(harrow, steps.under_review(harrow, "Harrow East PCN"))


def address(case: Case) -> str:
    return f"/registrations/{case.pk}/recommend/"


def typed(case: Case, *reasons: str, **said: Any) -> dict[str, Any]:
    case.refresh_from_db()
    cards = {f"reasons-{number}-text": text for number, text in enumerate(reasons)}
    management = {"reasons-TOTAL_FORMS": str(len(reasons)), "reasons-INITIAL_FORMS": "0"}
    return {"seen": case.version, "outcome": "approve", "held_source": "none"} | management | cards | said


def test_it_is_recommended_with_its_reasons_as_a_list(harrow, officer, reviewed):
    said = typed(reviewed, *REASONS, held_source=str(harrow.report.pk))
    done = officer.post(address(reviewed), said, follow=True)
    assert done.redirect_chain == [(f"/registrations/{reviewed.pk}/review/", 302)]
    made = Recommendation.objects.get()
    assert (made.outcome, made.reasons, made.source) == ("approve", REASONS, harrow.report)
    assert "The recommendation on Harrow East PCN is recorded." in words(done)
    assert "Put on an agenda" in words(done)


def test_it_may_be_not_to_approve_and_the_source_may_be_named(harrow, officer, reviewed):
    said = typed(reviewed, "Too small.", outcome="not_approve", held_source="named", source_title="A note")
    officer.post(address(reviewed), said)
    made = Recommendation.objects.get()
    assert (made.get_outcome_display(), str(made.source)) == ("Not approve", "A note")


def test_the_review_stands_beside_departures_first(harrow, officer, reviewed):
    page = words(officer.get(address(reviewed)))
    beside = page.partition("The review on one sheet")[2]
    assert beside.startswith(" 5 met (1 attested), 1 departure, none open Population Not met Computed")
    assert "Regional answer not held" in beside


def test_cards_are_added_and_removed_and_keep_what_was_typed(harrow, officer, reviewed):
    page = officer.post(address(reviewed), typed(reviewed, *REASONS, **{"reasons-add": "1"}))
    assert main(page).count("<textarea") == 3
    assert all(reason in main(page) for reason in REASONS)
    page = officer.post(address(reviewed), typed(reviewed, *REASONS, **{"reasons-remove": "0"}))
    assert REASONS[0] not in main(page)
    assert REASONS[1] in main(page)
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    ("reasons", "said", "target", "sentence"),
    [
        (REASONS, {"outcome": ""}, "#id_outcome", "Choose approve or not approve"),
        ([REASONS[0], " "], {}, "#id_reasons-1-text", "Enter reason 2, or remove it"),
        (REASONS, {"held_source": "named"}, "#id_source_title", "Enter the title of the source"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    harrow, officer, reviewed, reasons, said, target, sentence
):
    page = officer.post(address(reviewed), typed(reviewed, *reasons, **said))
    assert page.status_code == 200
    assert errors(page) == {target: sentence}
    assert REASONS[0] in main(page)
    assert not Recommendation.objects.exists()


def test_without_any_reason_nothing_is_recommended(harrow, officer, reviewed):
    page = officer.post(address(reviewed), typed(reviewed))
    assert "#reasons-errors" in errors(page)
    assert not Recommendation.objects.exists()


def test_what_the_review_still_lacks_stands_in_place_of_the_form(harrow, officer):
    case = steps.under_review(harrow, "Harrow East PCN")
    page = officer.get(address(case))
    assert "1 of 6 lines of the checklist still open: Contiguity." in words(page)
    assert "Recommend</button>" not in main(page)
    page = officer.post(address(case), typed(case, *REASONS))
    assert "1 of 6 lines of the checklist still open: Contiguity." in words(page)
    assert REASONS[0] in main(page)
    assert not Recommendation.objects.exists()


def test_before_the_committee_it_can_no_longer_be_recommended(harrow, officer):
    case = steps.before_committee(harrow)
    assert "The registration is “Before committee”" in words(officer.get(address(case)))
    officer.post(address(case), typed(case, *REASONS))
    assert Recommendation.objects.count() == 1


def test_a_second_recommendation_starts_from_the_first(harrow, officer, reviewed):
    officer.post(address(reviewed), typed(reviewed, *REASONS, outcome="not_approve"))
    page = main(officer.get(address(reviewed)))
    assert all(reason in page for reason in REASONS)
    assert 'value="not_approve" checked' in page


def test_who_was_first_is_named_and_what_was_typed_is_kept(harrow, officer, reviewed):
    said = typed(reviewed, *REASONS)
    officer.post(address(reviewed), typed(reviewed, "Another reason"))
    page = officer.post(address(reviewed), said)
    assert page.status_code == 409
    assert all(reason in main(page) for reason in REASONS)
    assert Recommendation.objects.get().reasons == ["Another reason"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("manager", 200),
        ("member", 403),
        ("secretary", 403),
        ("officer@havering.example", 404),
        ("admin", 404),
    ],
)
def test_who_may(harrow, client, reviewed, name, status):
    client.force_login(harrow.user(name))
    assert client.get(address(reviewed)).status_code == status
    assert client.post(address(reviewed), typed(reviewed)).status_code == status
