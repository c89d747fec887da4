from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from registry.models import PCN
from tests import factories as make
from tests.funding.money import pharmacist
from tests.harrow import Harrow, settle


@pytest.fixture
def autumn(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.at(date(2019, 9, 30)):
        yield


@pytest.fixture
def harrow(db: Any) -> Harrow:
    settled = settle()
    pharmacist()
    return settled


@pytest.fixture
def east(harrow: Harrow) -> PCN:
    return make.PCNFactory.create()
