"""What was promised in answer, recorded by a page; and that what was expected happened."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Commitment
from registry.workflow.conditions import record_commitment
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import errors, words

PROMISE = {
    "kind": "agreement",
    "text": "An interim agreement with Harrow East PCN",
    "promised_by": "Zain Medical Centre",
    "condition": "none",
    "parties-TOTAL_FORMS": "0",
    "parties-INITIAL_FORMS": "0",
    "held_source": "named",
    "source_title": "Minutes of the committee",
}


@pytest.fixture(autouse=True)
def on_3_june_2019():
    with clock.at(date(2019, 6, 3)):
        yield


@pytest.fixture
def condition(harrow):
    return steps.approved(harrow, conditions=[steps.wanted(harrow)]).conditions.get()


def commit(harrow, case, **data):
    case.refresh_from_db()
    address = f"{case.get_absolute_url()}commitments/add/"
    return signed_in(harrow.user("officer")).post(address, {"seen": case.version} | PROMISE | data)


def test_a_commitment_is_recorded_with_its_parties_in_answer_to_the_condition(harrow, condition):
    harrow.practice("E84039")
    response = commit(
        harrow,
        condition.case,
        **{
            "condition": condition.pk,
            "parties-TOTAL_FORMS": "2",
            "parties-0-organisation": "honeypot",
            "parties-1-organisation": "E84058",
            "reported_on_day": "24",
            "reported_on_month": "5",
            "reported_on_year": "2019",
        },
    )
    assert response.headers["Location"] == condition.get_absolute_url()
    commitment = condition.commitments.get()
    assert {party.code for party in commitment.parties.all()} == {"E84039", "E84058"}
    assert (commitment.reported_on, commitment.source.title) == (
        date(2019, 5, 24),
        "Minutes of the committee",
    )


def test_an_end_without_a_start_asks_why_it_is_assumed_and_keeps_everything(harrow, condition):
    end = {"ends_on_day": "24", "ends_on_month": "11", "ends_on_year": "2019"}
    cards = {"parties-TOTAL_FORMS": "1", "parties-0-organisation": "GP Direct"}
    response = commit(harrow, condition.case, **end, **cards)
    assert list(errors(response)) == ["#id_end_assumed_because"]
    page = response.content.decode()
    assert "An interim agreement with Harrow East PCN" in page
    assert 'value="GP Direct"' in page
    assert not Commitment.objects.exists()


def test_an_unknown_party_is_named_at_its_card(harrow, condition):
    cards = {"parties-TOTAL_FORMS": "1", "parties-0-organisation": "Nobody"}
    response = commit(harrow, condition.case, **cards)
    assert list(errors(response)) == ["#id_parties-0-organisation"]


def test_a_commitment_needs_kind_words_who_and_source(harrow, condition):
    empty = {"kind": "", "text": "", "promised_by": "", "held_source": "", "condition": ""}
    response = commit(harrow, condition.case, **empty)
    assert set(errors(response)) == {
        "#id_kind",
        "#id_text",
        "#id_promised_by",
        "#id_condition",
        "#id_held_source",
    }


def test_the_condition_one_comes_from_is_chosen_already(harrow, condition):
    address = f"{condition.case.get_absolute_url()}commitments/add/?condition={condition.pk}"
    page = signed_in(harrow.user("officer")).get(address).content.decode()
    (chosen,) = [tag for tag in page.split("<") if 'name="condition"' in tag and "checked" in tag]
    assert f'value="{condition.pk}"' in chosen


def test_an_expected_event_is_recorded_as_happened_once(harrow, condition):
    merger = record_commitment(
        condition.case,
        by=harrow.user("officer"),
        seen=condition.case.version,
        condition=condition,
        kind="expected_event",
        text="The contracts merge",
        promised_by="Zain Medical Centre",
        source=harrow.report,
    )
    address = f"/commitments/{merger.pk}/happened/"
    client = signed_in(harrow.user("officer"))
    typed = {"seen": condition.case.version, "happened_on_month": "6", "happened_on_year": "2019"}
    response = client.post(address, typed | {"happened_on_day": "4"})
    assert "The date must be today or earlier" in words(response)
    response = client.post(address, typed | {"happened_on_day": "1"})
    assert response.headers["Location"] == condition.get_absolute_url()
    assert "Happened 1 June 2019" in words(client.get(condition.get_absolute_url()))
    assert "Recorded already: 1 June 2019." in words(client.get(address))
    assert signed_in(harrow.user("officer@havering.example")).get(address).status_code == 404
    assert signed_in(harrow.user("secretary")).get(address).status_code == 403
