"""Who sits before the pages."""

from typing import Any

import pytest

from registry.models import Case
from registry.workflow.forms import start_case
from tests import factories as make
from tests.harrow import GP_DIRECT, Harrow


@pytest.fixture
def officer(harrow: Harrow, client: Any) -> Any:
    """A browser in which Harrow's officer is signed in."""
    client.force_login(harrow.user("officer"))
    return client


@pytest.fixture
def started(harrow: Harrow) -> Case:
    """A registration of GP Direct PCN whose form is still empty."""
    for code in GP_DIRECT:
        harrow.practice(code)
    pcn = make.PCNFactory.create(name="GP Direct PCN")
    return start_case(by=harrow.user("officer"), commissioner=harrow.ccg, round=harrow.round, pcn=pcn)
