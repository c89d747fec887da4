"""The recommendation to the committee, with its reasons as a list."""

import pytest

from registry.models import Recommendation
from registry.workflow import missing, move
from registry.workflow.forms import edit_form
from registry.workflow.reviewing import recommendation_in_force, record_departure, send_departure
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow


def recommend(harrow, case, by="officer", **facts):
    case.refresh_from_db()
    facts = {"reasons": steps.REASONS} | facts
    return move(case, "recommend", by=harrow.user(by), seen=case.version, **facts)


@pytest.fixture
def answered(harrow: Harrow):
    return steps.answer_everything(harrow, steps.under_review(harrow))


def test_a_recommendation_keeps_its_reasons_as_a_list_and_who_made_it(harrow: Harrow, answered):
    reasons = ["Practices collaborated before.", "  ", " Community providers raised no objection. "]
    recommend(harrow, answered, reasons=reasons, source=harrow.report)
    made = recommendation_in_force(answered)
    assert made is not None
    assert made.reasons == ["Practices collaborated before.", "Community providers raised no objection."]
    assert (made.made_by, made.made_on, made.source) == (
        harrow.user("officer"),
        make.COMMITTEE_DAY,
        harrow.report,
    )
    assert (made.outcome, made.submission) == ("approve", answered.current)


def test_it_needs_a_reason_and_an_outcome(harrow: Harrow, answered):
    with refused("Give at least one reason.", "reasons"):
        recommend(harrow, answered, reasons=[" "])
    with refused("Choose what you recommend.", "outcome"):
        recommend(harrow, answered, outcome="")


def test_not_to_approve_may_be_recommended_too(harrow: Harrow, answered):
    recommend(harrow, answered, outcome=Recommendation.Outcome.NOT_APPROVE)
    assert str(recommendation_in_force(answered)) == "Not approve: GP Direct PCN"


def test_not_while_a_line_is_open(harrow: Harrow):
    case = steps.under_review(harrow)
    with refused("1 of 6 lines of the checklist still open: Contiguity."):
        recommend(harrow, case)


def test_not_while_a_departure_lacks_its_reason_or_was_not_sent(harrow: Harrow):
    case = steps.under_review(harrow, "Harrow East PCN")
    line = steps.line_of(case, "contiguity")
    steps.answer_line(line, by=harrow.user("officer"), seen=case.version, answer="met")
    with refused("“Population” is not met: give the reason for the departure."):
        recommend(harrow, case)
    line = steps.line_of(case, "population")
    departure = record_departure(
        line, by=harrow.user("officer"), seen=line.case.version, reason="A natural community."
    )
    with refused("The departure on “Population” has not been sent to the regional team."):
        recommend(harrow, case)
    send_departure(departure, by=harrow.user("officer"), seen=departure.line.case.version, sent_on=None)
    recommend(harrow, case)
    assert recommendation_in_force(case)


def test_the_newest_recommendation_counts(harrow: Harrow, answered):
    recommend(harrow, answered)
    recommend(harrow, answered, by="manager", outcome="not_approve")
    made = recommendation_in_force(answered)
    assert made is not None
    assert (made.outcome, made.made_by) == ("not_approve", harrow.user("manager"))


def test_a_recommendation_of_an_earlier_form_no_longer_counts(harrow: Harrow, answered):
    recommend(harrow, answered)
    answered.refresh_from_db()
    move(answered, "return_form", by=harrow.user("officer"), seen=answered.version, reason="No map.")
    edit_form(answered, by=harrow.user("officer"), seen=answered.version, **steps.form(harrow))
    steps.do(harrow, answered, "submit", "officer")
    steps.do(harrow, answered, "open_review", "officer")
    steps.answer_everything(harrow, answered)
    assert recommendation_in_force(answered) is None
    assert missing(answered, "put_on_agenda") == "The registration has not been recommended to the committee."
