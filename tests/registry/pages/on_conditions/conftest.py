import pytest

from pcnportal import clock
from tests import steps
from tests.registry.pages.on_conditions.acting import TODAY, hand_in


@pytest.fixture(autouse=True)
def on_3_june_2019():
    with clock.at(TODAY):
        yield


@pytest.fixture
def condition(harrow):
    """Discharged by the committee's secretary."""
    wanted = steps.wanted(harrow, discharge_role="secretary")
    return steps.approved(harrow, conditions=[wanted]).conditions.get()


@pytest.fixture
def of_committee(harrow):
    """Discharged by the committee itself, with evidence that waits."""
    wanted = steps.wanted(harrow, discharge_role="", discharge_body=harrow.committee)
    condition = steps.approved(harrow, conditions=[wanted]).conditions.get()
    hand_in(harrow, condition)
    return condition
