"""An administrator records who took over from their commissioner; what does not fit is refused."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import Succession, User
from pcnportal.refusals import NotAllowed, Refused
from registry.workflow import register as verbs
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db
MERGED, BOARD = date(2021, 4, 1), date(2022, 7, 1)


@pytest.fixture
def merged(harrow):
    name = "NHS North West London CCG"
    return make.OrganisationFactory.create(name=name, code="W2U3Z", opened_on=MERGED)


@pytest.fixture
def why(harrow):
    return {"by": harrow.user("admin"), "source": harrow.report, "reason": "The eight CCGs merged."}


def officer_scope():
    return User.objects.get(email="officer@harrow.example").scope("registry.view_case")


def test_it_is_recorded_with_day_source_and_history_and_counts_from_that_day(harrow, merged, why):
    made = verbs.succeed_commissioner(harrow.ccg, into=merged, on=MERGED, **why)
    assert (made.predecessor, made.successor, made.kind, made.on, made.source) == (
        harrow.ccg,
        merged,
        "succeeded",
        MERGED,
        harrow.report,
    )
    event = events_of(harrow.ccg).get(verb="succeed_commissioner")
    assert (event.by, event.reason, event.commissioner) == (why["by"], why["reason"], harrow.ccg)
    for day, counts in ((date(2021, 3, 31), False), (MERGED, True)):
        with clock.at(day):
            assert (merged.pk in officer_scope()) is counts


def test_one_that_is_held_without_its_day_gets_it(harrow, merged, why):
    held = Succession.objects.create(predecessor=harrow.ccg, successor=merged, kind="succeeded")
    assert verbs.succeed_commissioner(harrow.ccg, into=merged, on=MERGED, **why).supersedes == held
    made = Succession.objects.get()
    assert (made.on, made.source) == (MERGED, harrow.report)
    verbs.withdraw_succession(made, by=why["by"], reason="Another day.")
    assert Succession.objects.get() == held


def refused(sentence, commissioner, field=None, **asked):
    with pytest.raises(Refused, match=sentence) as refusal:
        verbs.succeed_commissioner(commissioner, **asked)
    if field is not None:
        assert refusal.value.field == field
    assert not events_of(commissioner).filter(verb="succeed_commissioner").exists()


def test_what_does_not_fit_is_refused(harrow, merged, why):
    ccg, other = harrow.ccg, make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
    practice = harrow.practice("E84075").organisation
    asked = {"into": merged, "on": MERGED} | why
    refused("Choose another commissioner than this one", ccg, "into", **(asked | {"into": ccg}))
    refused("is not a commissioner", ccg, "into", **(asked | {"into": practice}))
    refused("opened on 1 April 2021 only", ccg, "into", **(asked | {"on": date(2021, 3, 31)}))
    refused("Say where you read it", ccg, "held_source", **(asked | {"source": None}))
    refused("Say why", ccg, "reason", **(asked | {"reason": " "}))
    Succession.objects.create(predecessor=other, successor=ccg, kind="succeeded", on=MERGED)
    refused("It took over from NHS Brent CCG on 1 April 2021 only", ccg, "on", **asked)
    refused("that would be a circle", ccg, "into", **(asked | {"into": other}))


def test_a_circle_of_three_is_one_too(harrow, merged, why):
    board = make.OrganisationFactory.create(name="NHS North West London ICB", code="QRV")
    Succession.objects.create(predecessor=merged, successor=board, kind="succeeded", on=BOARD)
    Succession.objects.create(predecessor=board, successor=harrow.ccg, kind="succeeded")
    refused("that would be a circle", harrow.ccg, "into", into=merged, on=date(2021, 5, 1), **why)


def test_it_is_recorded_once_and_the_same_day_takes_no_second(harrow, merged, why):
    verbs.succeed_commissioner(harrow.ccg, into=merged, on=MERGED, **why)
    other = make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
    for into in (merged, other):
        with pytest.raises(Refused, match="was succeeded by NHS North West London CCG on 1 April 2021"):
            verbs.succeed_commissioner(harrow.ccg, into=into, on=MERGED, **why)
    assert Succession.objects.count() == 1


def test_one_that_was_itself_succeeded_by_then_takes_over_nothing(harrow, merged, why):
    board = make.OrganisationFactory.create(name="NHS North West London ICB", code="QRV")
    Succession.objects.create(predecessor=merged, successor=board, kind="succeeded", on=BOARD)
    refused("was itself succeeded by then", harrow.ccg, "into", into=merged, on=BOARD, **why)


def test_nobody_lets_their_own_people_in_where_others_work(harrow, why):
    refused("Somebody works for NHS Havering CCG", harrow.ccg, "into", into=harrow.havering, on=MERGED, **why)
    make.RoleFactory.create(user=why["by"], organisation=harrow.havering, role="admin")
    by = User.objects.get(pk=why["by"].pk)
    verbs.succeed_commissioner(harrow.ccg, into=harrow.havering, on=MERGED, **(why | {"by": by}))


@pytest.mark.parametrize("who", ["officer", "manager", "secretary"])
def test_only_an_administrator_of_the_commissioner_records_it(harrow, merged, why, who):
    with pytest.raises(NotAllowed):
        verbs.succeed_commissioner(harrow.ccg, into=merged, on=MERGED, **(why | {"by": harrow.user(who)}))
    with pytest.raises(NotAllowed):
        verbs.succeed_commissioner(harrow.havering, into=merged, on=MERGED, **why)


def test_a_wrong_one_is_withdrawn_stays_readable_and_may_be_recorded_again(harrow, merged, why):
    made = verbs.succeed_commissioner(harrow.ccg, into=merged, on=date(2021, 5, 1), **why)
    with pytest.raises(NotAllowed):
        verbs.withdraw_succession(made, by=harrow.user("officer"), reason="The day is wrong.")
    with pytest.raises(Refused, match="Say why"):
        verbs.withdraw_succession(made, by=why["by"], reason="")
    verbs.withdraw_succession(made, by=why["by"], reason="The day is wrong.")
    with pytest.raises(Refused, match="withdrawn already"):
        verbs.withdraw_succession(made, by=why["by"], reason="The day is wrong.")
    with clock.at(BOARD):
        assert merged.pk not in officer_scope()
    assert Succession.every.get().is_withdrawn
    assert events_of(harrow.ccg).get(verb="withdraw_succession").reason == "The day is wrong."
    verbs.succeed_commissioner(harrow.ccg, into=merged, on=MERGED, **why)
    assert Succession.objects.get().on == MERGED


def test_the_page_asks_records_and_withdraws(harrow, merged, why):
    client = signed_in(harrow.user("admin"))
    with clock.at(date(2021, 5, 1)):
        page = client.get("/commissioners/")
        assert "Record who took over from NHS Harrow CCG" in words(page)
        sent = {"into": "W2U3Z", "on_day": "1", "on_month": "4", "on_year": "2021", "reason": "They merged."}
        sent |= {"held_source": "named", "source_title": "The CCG’s website"}
        wrong = client.post("/commissioners/08E/succeeded/", sent | {"into": "Nobody"})
        assert wrong.status_code == 200
        assert "They merged." in words(wrong)
        done = client.post("/commissioners/08E/succeeded/", sent, follow=True)
        assert "NHS North West London CCG From 1 April 2021 Source The CCG’s website" in words(done)
        made = Succession.objects.get()
        path = f"/commissioners/08E/successions/{made.pk}/withdraw/"
        assert client.post(path, {"reason": ""}).status_code == 200
        assert "No document that is held" in words(client.post(path, {"reason": "Wrong."}, follow=True))
