"""Who changes the register, and what it holds before."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, PCNPeriod
from tests import factories as make
from tests.harrow import EAST, Harrow

JULY = make.GO_LIVE
OCTOBER = date(2019, 10, 1)


@pytest.fixture
def east(harrow: Harrow) -> PCN:
    """Harrow East PCN, live since July, with its three practices, a director and a payee."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    held: dict[str, Any] = {"pcn": pcn, "starts_on": JULY, "source": harrow.report}
    PCNPeriod.objects.create(status="live", **held)
    for code in EAST:
        Membership.objects.create(practice=harrow.practice(code), **held)
    person = make.PersonFactory.create(name="Dr Meena Thakur")
    ClinicalDirector.objects.create(person=person, practice=harrow.practice("E84039"), **held)
    NominatedPayee.objects.create(organisation=harrow.practice("E84039").organisation, **held)
    return pcn


@pytest.fixture
def sphere(harrow: Harrow) -> PCN:
    """Another PCN of Harrow's, without members."""
    return make.PCNFactory.create(name="Sphere PCN")


@pytest.fixture
def why(harrow: Harrow) -> dict[str, Any]:
    """Who, where it was read, and why: what every change says."""
    return {"by": harrow.user("officer"), "source": harrow.report, "reason": "The practice wrote to us."}


@pytest.fixture
def asked(harrow: Harrow, why: dict[str, Any]) -> Any:
    """A verb with all that every change says."""
    return lambda verb, *args, **facts: partial(verb, *args, **(why | facts))
