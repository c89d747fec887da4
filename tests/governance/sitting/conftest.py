"""Who prepares the meetings, and the committee's of the day."""

import pytest

from tests import factories as make
from tests.harrow import Harrow
from tests.reading import signed_in


@pytest.fixture
def secretary(harrow: Harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def meeting(harrow: Harrow):
    return harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
