"""One condition: what was asked, what was promised and handed in, and what a person can do now."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Commitment
from registry.workflow.conditions import extend, judge, record_commitment, submit_evidence, waive
from tests import factories as make
from tests import steps
from tests.reading import buttons, signed_in
from tests.registry.pages.reading import words

TODAY = date(2019, 5, 25)
SIX_MONTHS = "Six months from 24 May 2019, when it was reported. No start is stated."


@pytest.fixture(autouse=True)
def on_25_may_2019():
    with clock.at(TODAY):
        yield


@pytest.fixture
def condition(harrow):
    """Due on 30 June 2019, before go-live; the committee's secretary may discharge it."""
    wanted = steps.wanted(harrow, discharge_role="secretary")
    return steps.approved(harrow, conditions=[wanted]).conditions.get()


def now(condition):
    condition.case.refresh_from_db()
    return {"seen": condition.case.version}


def promise(harrow, condition, **other):
    facts = {
        "kind": Commitment.Kind.AGREEMENT,
        "text": "An interim agreement with Harrow East PCN",
        "promised_by": "Zain Medical Centre (Dr M Shahzad)",
        "source": harrow.report,
    }
    return record_commitment(
        condition.case, by=harrow.user("officer"), condition=condition, **now(condition), **(facts | other)
    )


def page(harrow, condition, user="officer"):
    return words(signed_in(harrow.user(user)).get(condition.get_absolute_url()))


def test_it_says_what_was_asked_why_by_whom_and_until_when(harrow, condition):
    said = page(harrow, condition)
    for part in (
        "Condition 1 of GP Direct PCN",
        "Assure the committee that the network is resilient and sustainable.",
        "Open",
        "30 June 2019, in 36 days",
        "The network holds fewer than 30,000 patients.",
        "Primary Care Commissioning Committee, 20 May 2019",
        "Owner GP Direct",
        "Before go-live The network can’t go live until this is met or waived.",
        "Who may discharge it Committee secretary",
        "Evidence wanted An assurance document",
        "Nothing that was promised is recorded.",
        "No evidence has been submitted.",
    ):
        assert part in said


def test_an_event_that_makes_it_due_stands_in_for_a_date(harrow):
    wanted = steps.wanted(harrow, due_on=None, due_event="When the contracts merge")
    said = page(harrow, steps.approved(harrow, conditions=[wanted]).conditions.get())
    assert "Due: When the contracts merge. No date is held." in said


def test_an_earlier_date_stays_readable_with_its_reason(harrow, condition):
    extend(
        condition,
        by=harrow.user("secretary"),
        **now(condition),
        due_on=date(2019, 7, 15),
        reason="The merger takes longer.",
    )
    said = page(harrow, condition)
    assert "15 July 2019, in 51 days" in said
    assert "Earlier due dates 30 June 2019 Moved to 15 July 2019 by" in said
    assert "The merger takes longer." in said
    assert "Extended the date" in said  # in its history
    assert "Due: from 30 June 2019 to 15 July 2019" in said


def test_an_end_without_a_document_reads_as_assumed_and_a_start_as_not_held(harrow, condition):
    promise(harrow, condition, ends_on=date(2019, 11, 24), end_assumed_because=SIX_MONTHS)
    said = page(harrow, condition)
    assert "From not held" in said
    assert f"Until 24 November 2019, in 183 days Assumed {SIX_MONTHS}" in said


def test_a_promise_says_parties_services_source_and_when_it_ends_early(harrow, condition):
    promise(
        harrow,
        condition,
        parties=[harrow.practice("E84039").organisation],
        other_parties="Community providers",
        services="Phlebotomy",
        ends_early_when="The contracts merge",
        reported_on=date(2019, 5, 24),
    )
    said = page(harrow, condition)
    assert "Parties Honeypot Medical Centre; Community providers" in said
    for part in (
        "Services Phlebotomy",
        "Ends early when The contracts merge",
        "Reported 24 May 2019",
        "Source: Harrow board report on Primary Care Networks (document)",
    ):
        assert part in said


def test_only_who_may_record_it_is_offered_to_say_that_an_event_happened(harrow, condition):
    promise(harrow, condition, kind=Commitment.Kind.EXPECTED_EVENT)
    assert "Happened Not recorded yet. Record that it happened" in page(harrow, condition)
    assert "Record that it happened" not in page(harrow, condition, "member")


def test_it_says_that_it_leans_on_a_network_that_has_a_condition_itself(harrow, condition):
    east = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    promise(harrow, condition, parties=[east.pcn.organisation])
    response = signed_in(harrow.user("officer")).get(condition.get_absolute_url())
    assert "Harrow East PCN was itself approved on a condition, which is still open." in words(response)
    assert east.conditions.get().get_absolute_url() in response.content.decode()


def test_evidence_is_listed_newest_first_each_with_its_judgement(harrow, condition):
    for text in ("First letter", "Second letter"):
        submit_evidence(condition, by=harrow.user("officer"), **now(condition), text=text)
        if text == "First letter":
            judge(
                condition,
                by=harrow.user("secretary"),
                **now(condition),
                judgement="not_satisfied",
                note="It names no practice.",
            )
    said = page(harrow, condition)
    assert said.index("Second letter") < said.index("First letter") < said.index("It names no practice.")
    assert "Waiting Second letter" in said
    assert "Not satisfied First letter" in said


@pytest.mark.parametrize(
    ("user", "offered"),
    [
        ("officer", ["Submit evidence", "Record a commitment"]),
        ("secretary", ["Extend the date", "Put it on an agenda"]),
        (
            "manager",
            ["Submit evidence", "Record a commitment", "Extend the date", "Put it on an agenda"],
        ),
        ("member", []),
        ("auditor", []),
        ("finance", []),
    ],
)
def test_each_role_is_offered_what_it_may_do(harrow, condition, user, offered):
    response = signed_in(harrow.user(user)).get(condition.get_absolute_url())
    assert buttons(response) == offered
    assert ("What you can do now" in words(response)) == bool(offered)


def test_what_is_open_but_not_possible_says_why(harrow, condition):
    assert "Judge the evidence: No evidence waits to be judged." in page(harrow, condition, "secretary")
    submit_evidence(condition, by=harrow.user("officer"), **now(condition), text="A letter")
    assert "Judge the evidence: Only the committee secretary may discharge it." in page(
        harrow, condition, "chair"
    )


def test_a_closed_condition_says_how_it_closed_and_offers_nothing(harrow, condition):
    meeting = make.MeetingFactory.create(body=harrow.committee, commissioner=harrow.ccg, held_on=TODAY)
    waive(
        condition,
        by=harrow.user("secretary"),
        **now(condition),
        reason="The contracts merged.",
        item=make.AgendaItemFactory.create(meeting=meeting, subject=condition),
        **harrow.quorum,
    )
    said = page(harrow, condition, "manager")
    assert "Waived on 25 May 2019 by Primary Care Commissioning Committee" in said
    assert "The contracts merged." in said
    assert "What you can do now" not in said


def test_another_commissioners_condition_does_not_exist(harrow, condition):
    client = signed_in(harrow.user("officer@havering.example"))
    assert client.get(condition.get_absolute_url()).status_code == 404


def test_it_takes_the_same_number_of_queries_whatever_it_holds(
    harrow, condition, django_assert_max_num_queries
):
    client = signed_in(harrow.user("manager"))
    for number in range(1, 13):
        parties = [make.PCNFactory.create(name=f"PCN {number}").organisation]
        promise(harrow, condition, parties=parties)
        submit_evidence(condition, by=harrow.user("officer"), **now(condition), text=f"Letter {number}")
        if number in (1, 12):
            client.get(condition.get_absolute_url())
            with django_assert_max_num_queries(14):
                client.get(condition.get_absolute_url())
