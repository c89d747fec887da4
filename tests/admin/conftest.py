"""The admin in the small Harrow of the registry's tests."""

import pytest
from django.test import Client

from tests.harrow import Harrow
from tests.reading import signed_in
from tests.registry.conftest import committee_day, harrow  # noqa: F401


@pytest.fixture
def admin(harrow: Harrow) -> Client:  # noqa: F811
    return signed_in(harrow.user("admin"))
