"""An agenda of three items, the first with a paper in public and one in private, the last in private."""

import pytest

from tests.governance.agenda.making import item_of, meeting_of, paper_of, pdf
from tests.harrow import Harrow
from tests.reading import signed_in

SECRET = "Contract of Zain"


@pytest.fixture
def secretary(harrow: Harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def meeting(harrow: Harrow):
    meeting = meeting_of(harrow)
    first = item_of(harrow, meeting, "Networks", duration=30, asked="To approve them.")
    paper_of(harrow, first, "Report", pdf("One", "Two"), author="Javina Sehgal")
    paper_of(harrow, first, "Legal advice", cover="Kept.", is_private=True)
    item_of(harrow, meeting, "Close")
    item_of(harrow, meeting, SECRET, is_private=True, asked="To end it.")
    return meeting
