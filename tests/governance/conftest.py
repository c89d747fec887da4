"""Every test of governance stands in Harrow, on the morning of the committee."""

from collections.abc import Iterator
from typing import Any

import pytest

from pcnportal import clock
from tests import factories as make
from tests.harrow import Harrow, settle


@pytest.fixture(autouse=True)
def committee_day() -> Iterator[None]:
    with clock.at(make.COMMITTEE_DAY):
        yield


@pytest.fixture
def harrow(db: Any) -> Harrow:
    return settle()
