"""What somebody promised in answer to a condition, with its own source and date."""

from datetime import date

import pytest

from registry.models import Case, Commitment
from registry.workflow.conditions import record_commitment, record_expected_event
from tests import factories as make
from tests import steps
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import Harrow

MERGER = "The contracts of Zain Medical Centre and Savita Medical Centre merge"


@pytest.fixture
def case(harrow: Harrow):
    return steps.approved(harrow, conditions=[steps.wanted(harrow)])


def promise(harrow, case, by="officer", seen=None, **facts):
    held = Case.objects.get(pk=case.pk)
    facts = {
        "kind": "agreement",
        "text": "An interim six-month agreement to serve the patients of Zain Medical Centre",
        "promised_by": "Zain Medical Centre (Dr M Shahzad)",
        "source": harrow.report,
    } | facts
    return record_commitment(held, by=harrow.user(by), seen=seen or held.version, **facts)


def happened(harrow, commitment, by="officer", seen=None, on=make.COMMITTEE_DAY):
    held = Commitment.objects.select_related("case").get(pk=commitment.pk)
    record_expected_event(held, by=harrow.user(by), seen=seen or held.case.version, happened_on=on)


def test_it_is_linked_to_its_condition_and_names_its_parties(harrow: Harrow, case):
    zain, savita = (harrow.practice(code).organisation for code in ("E84005", "E84062"))
    asked = case.conditions.get()
    with one_event(asked.case, "recorded a commitment", harrow.user("officer")):
        made = promise(harrow, case, condition=asked, parties=[zain, savita], ends_early_when=MERGER)
    assert list(asked.commitments.all()) == [made]
    assert set(made.parties.all()) == {zain, savita}
    assert asked.status == "Open"


def test_it_may_answer_no_condition(harrow: Harrow, case):
    assert promise(harrow, case).condition is None


def test_it_says_what_was_promised_and_by_whom(harrow: Harrow, case):
    with refused("Say what was promised.", "text"):
        promise(harrow, case, text=" ")
    with refused("Say who promised it.", "promised_by"):
        promise(harrow, case, promised_by="")


def test_its_condition_belongs_to_the_same_case(harrow: Harrow, case):
    other = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    asked = other.conditions.get()
    with refused("The condition belongs to another case.", "condition"):
        promise(harrow, case, condition=asked)


def test_an_end_without_a_start_says_why_it_is_assumed(harrow: Harrow, case):
    end = date(2019, 11, 24)
    with refused("No start is given, so say why you assume this end.", "end_assumed_because"):
        promise(harrow, case, ends_on=end)
    made = promise(harrow, case, ends_on=end, end_assumed_because="Six months from 24 May 2019.")
    assert (made.starts_on, made.ends_on) == (None, end)


@pytest.mark.parametrize("end", [date(2019, 5, 24), date(2019, 5, 23)])
def test_the_end_comes_after_the_start(harrow: Harrow, case, end):
    with refused("The end is not after the start.", "ends_on"):
        promise(harrow, case, starts_on=date(2019, 5, 24), ends_on=end)


def test_what_was_expected_happened_once_and_not_in_the_future(harrow: Harrow, case):
    made = promise(harrow, case, kind="expected_event", text=MERGER)
    with refused("The day can't be in the future.", "happened_on"):
        happened(harrow, made, on=date(2019, 5, 21))
    with one_event(case, "recorded that it happened", harrow.user("officer")):
        happened(harrow, made)
    with refused("Recorded already: 20 May 2019."):
        happened(harrow, made)


def test_who_may_not_and_who_saw_an_older_version(harrow: Harrow, case):
    made = promise(harrow, case)
    seen = case.version
    for act, subject in ((promise, case), (happened, made)):
        for role in ("secretary", "member"):
            with not_allowed():
                act(harrow, subject, by=role)
        with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
            act(harrow, subject, by="officer@havering.example")
        with stale():
            act(harrow, subject, seen=seen)
