"""A case with practices, a payee and a federation, on the committee's agenda."""

import pytest

from tests import factories as make
from tests.harrow import EAST


@pytest.fixture
def case(harrow):
    """Of Harrow East PCN: two practices on its form, a third one that withdrew, and a payee."""
    case = make.CaseFactory.create()
    form = make.SubmissionFactory.create(case=case, is_submitted=True)
    for code in EAST:
        make.SubmittedMemberFactory.create(submission=form, practice=harrow.practice(code))
    form.members.filter(code="E84014").update(has_withdrawn=True, withdrew_because="It joins another.")
    form.payee = make.OrganisationFactory.create(name="Harrow Community Provider", kind="provider")
    form.save()
    case.current = form
    case.save()
    make.OrganisationFactory.create(name="Harrow Health CIC", kind="federation", part_of=harrow.ccg)
    return case


@pytest.fixture
def item(harrow, case):
    return make.AgendaItemFactory.create(meeting__body=harrow.committee, subject=case)
