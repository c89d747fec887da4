"""Who opens the pages of interests, and what is on the agenda."""

import pytest

from tests import factories as make
from tests.reading import signed_in


@pytest.fixture
def thakur(db):
    return make.PersonFactory.create()


@pytest.fixture
def member(harrow, thakur):
    user = harrow.user("member")
    user.person = thakur
    user.save()
    return signed_in(user)


@pytest.fixture
def secretary(harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


@pytest.fixture
def item(harrow):
    return make.AgendaItemFactory.create(meeting__body=harrow.committee, title="Harrow East PCN")


@pytest.fixture
def practice(harrow):
    return harrow.practice("E84039").organisation
