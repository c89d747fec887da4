"""Every test of payment runs begins with Harrow's finance before the first payment of 2019/20."""

from typing import Any

import pytest

from tests.funding.runs.paying import Paying, begin


@pytest.fixture
def paying(db: Any) -> Paying:
    return begin()
