"""Every test of a year begins with Harrow's finance on the first payment day of 2019/20."""

from collections.abc import Iterator
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.people.models import User
from tests.funding.runs.paying import JULY, Paying, begin
from tests.reading import signed_in


@pytest.fixture
def paying(db: Any) -> Iterator[Paying]:
    with clock.at(JULY):
        yield begin()


@pytest.fixture
def finance(paying: Paying) -> Any:
    return signed_in(paying.user("finance"))


@pytest.fixture
def havering(paying: Paying) -> User:
    return paying.users["finance@havering.example"]
