"""Rules and pages of findings stand in the small Harrow of the registry's tests."""

from tests.registry.conftest import committee_day, harrow  # noqa: F401
