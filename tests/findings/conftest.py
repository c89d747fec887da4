"""Rules and pages of findings stand in the small Harrow of the registry's tests."""

import pytest

from tests.registry.conftest import committee_day, harrow  # noqa: F401


@pytest.fixture
def day():
    """The day on which the rules are asked, where a test does not say another."""
    from tests.findings.making import DAY

    return DAY
