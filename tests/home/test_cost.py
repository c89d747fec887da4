"""What the roof's pages cost: the same for few registrations as for many."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from registry.models import Case, Condition, Decision, Departure, Line, Status
from tests import factories as make
from tests import steps
from tests.harrow import Harrow
from tests.reading import signed_in


def many(harrow: Harrow, numbers: range) -> None:
    """For each number a registration under review and a confirmed one, with a condition and a departure."""
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    for n in numbers:
        for status in (Status.UNDER_REVIEW, Status.CONFIRMED):
            case = make.CaseFactory.create(pcn__name=f"{status.label} PCN {n}", round=harrow.round)
            case.current = make.SubmissionFactory.create(
                case=case, source=harrow.report, stated_list_size=34406, stated_as_at=make.JANUARY
            )
            case.save()
            Case.objects.filter(pk=case.pk).update(status=status)
            with_everything(
                harrow, case, make.AgendaItemFactory.create(meeting=meeting, position=100 + case.pk), n
            )


def with_everything(harrow, case, item, n: int) -> None:
    practice = make.PracticeFactory.create(code=f"Y{case.pk:05}", name=f"Surgery {case.pk}")
    make.SubmittedMemberFactory.create(submission=case.current, practice=practice)
    line = Line.objects.create(
        case=case, position=1, section="", key="members", title="Members", requirement=""
    )
    Departure.objects.create(
        line=line, submission=case.current, reason="Because", region=harrow.ccg, is_sent=True
    )
    decision = Decision.objects.create(
        case=case,
        submission=case.current,
        body=harrow.committee,
        item=item,
        outcome="approved",
        decided_on=make.COMMITTEE_DAY,
        recorded_by=harrow.user("secretary"),
        quorum_basis="attested",
        quorum_note="-",
        quorum_source=harrow.report,
    )
    wanted = steps.wanted(harrow, owner_organisation=harrow.ccg, due_on=date(2019, 6, 16 + n % 28 // 2))
    Condition.objects.create(decision=decision, case=case, number=1, **wanted)


def active(harrow: Harrow, user: str) -> Client:
    """Signed in, the first page read: a session is renewed once a minute, content types are kept."""
    client = signed_in(harrow.user(user))
    client.get("/")
    return client


@pytest.mark.parametrize(
    ("user", "most"), [("officer", 18), ("manager", 24), ("secretary", 24), ("member", 18), ("finance", 22)]
)
def test_my_work_costs_the_same_for_2_registrations_and_for_60(harrow, user, most):
    """Four are for session, user, roles and what they inherit; some roles ask for money or meetings too."""
    steps.approved(harrow)
    client = active(harrow, user)
    counts = []
    for numbers in (range(1), range(1, 30)):
        many(harrow, numbers)
        with clock.at(date(2019, 6, 20)), CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        counts.append(len(asked))
    assert Case.objects.count() == 61
    assert counts[0] == counts[1]
    assert counts[0] <= most


@pytest.mark.parametrize("user", ["officer", "admin"])
def test_a_search_costs_the_same_for_2_registrations_and_for_60(harrow, user):
    """Sixteen queries at most, three of them for session, user and roles; near names only where few are."""
    client = active(harrow, user)
    counts = []
    for numbers in (range(1), range(1, 30)):
        many(harrow, numbers)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/search/", {"q": "pcn"}).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0] <= 16
