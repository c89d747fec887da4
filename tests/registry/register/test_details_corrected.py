"""A name, a code or an opening that was recorded wrongly is put right; what was wrong stays readable."""

from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.search import asked as typed
from pcnportal.people.models import FormerDetail, Organisation
from registry.former import former_on
from registry.matching import otherwise_known
from registry.models import ClinicalDirector, ImportRun, Membership, PCNMatch
from registry.workflow import register as verbs
from tests.reading import signed_in
from tests.registry.pages.reading import words
from tests.registry.register.test_practices import refused

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
AUGUST, NOVEMBER = date(2019, 8, 1), date(2019, 11, 1)
SENT = {"reason": "A slip.", "held_source": "named", "source_title": "Letter"}


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


def on_days(pcn, what, *days):
    now = getattr(Organisation.objects.get(pk=pcn.pk), what) or ""
    return [former_on(day, [pcn.pk]).get(pcn.pk, {}).get(what, now) for day in days]


def change(pcn, what="name"):
    return FormerDetail.objects.filter(organisation=pcn.pk, what=what).latest("until")


def test_a_wrong_name_is_corrected_on_its_day_or_another(east, why):
    verbs.rename_pcn(east, name="Harow East", on=OCTOBER, **why)
    wrong = change(east)
    verbs.correct_detail(wrong, value="Harrow East", on=OCTOBER, **why)
    assert on_days(east, "name", JULY, OCTOBER) == ["Harrow East PCN", "Harrow East"]
    verbs.correct_detail(change(east), value="Harrow East", on=AUGUST, **why)
    assert on_days(east, "name", JULY, AUGUST) == ["Harrow East PCN", "Harrow East"]
    assert FormerDetail.every.get(pk=wrong.pk).is_withdrawn
    assert events_of(east).filter(verb="correct_name").count() == 2


def test_a_name_that_never_was_is_withdrawn_between_others_too(east, why, asked):
    verbs.rename_pcn(east, name="Wrong", on=AUGUST, **why)
    first = change(east)
    verbs.rename_pcn(east, name="Right", on=OCTOBER, **why)
    verbs.withdraw_detail(first, by=why["by"], reason="Another PCN.")
    assert on_days(east, "name", JULY, AUGUST, OCTOBER) == ["Harrow East PCN", "Harrow East PCN", "Right"]
    refused("corrected or withdrawn already", asked(verbs.correct_detail, first, value="X", on=AUGUST))
    verbs.withdraw_detail(change(east), by=why["by"], reason="Nor that.")
    assert on_days(east, "name", JULY, OCTOBER) == ["Harrow East PCN", "Harrow East PCN"]
    assert not FormerDetail.objects.filter(organisation=east.pk).exists()


def test_what_does_not_fit_a_correction_is_refused(harrow, east, sphere, why, asked):
    verbs.rename_pcn(east, name="First", on=AUGUST, **why)
    first = change(east)
    verbs.rename_pcn(east, name="Second", on=OCTOBER, **why)
    second = change(east)
    for row, value, on, sentence, field in (
        (first, "First", AUGUST, "Nothing is different", ""),
        (first, "Else", OCTOBER, "changed on 1 October 2019 too", "on"),
        (second, "Second", AUGUST, "changed on 1 August 2019 too", "on"),
        (second, "First", OCTOBER, "withdraw the change", "value"),
        (second, "sphere pcn", OCTOBER, "has another PCN", "value"),
        (second, "Second", date(2019, 12, 2), "choose today", "on"),
    ):
        refused(sentence, asked(verbs.correct_detail, row, value=value, on=on), field)


def test_a_name_of_another_live_pcn_is_refused(east, sphere, why, asked):
    refused("has another PCN", asked(verbs.rename_pcn, east, name="sphere PCN", on=OCTOBER), "name")
    verbs.close_pcn(sphere, on=AUGUST, **why)
    verbs.rename_pcn(east, name="Sphere PCN", on=OCTOBER, **why)


def test_no_day_has_two_pcns_with_one_code(east, sphere, why, asked):
    verbs.code_pcn(east, code="U11111", on=AUGUST, **why)
    verbs.code_pcn(east, code="U22222", on=OCTOBER, **why)
    refused(
        "U11111 is the code of Harrow East PCN until 1 October 2019",
        asked(verbs.code_pcn, sphere, code="U11111", on=date(2019, 9, 1)),
        "code",
    )
    verbs.code_pcn(sphere, code="U11111", on=OCTOBER, **why)
    later = asked(verbs.correct_detail, change(east, "code"), value="U22222", on=NOVEMBER)
    refused("U11111 is the code of Sphere PCN", later, "on")
    refused(
        "U11111 is the code of Sphere PCN",
        lambda: verbs.withdraw_detail(change(east, "code"), by=why["by"], reason="Never."),
    )
    verbs.withdraw_detail(change(sphere, "code"), by=why["by"], reason="Never.")
    assert Organisation.objects.get(pk=sphere.pk).code is None


def test_a_code_that_waits_for_another_pcn_is_decided_first(east, sphere, asked):
    run = ImportRun.objects.create(
        kind="epcn", stated_on=OCTOBER, file_name="e.xlsx", sha256="0" * 64, size=1, read_at=clock.now()
    )
    held = {"shared": 1, "held": 1, "named": 1, "has_same_name": True, "has_same_commissioner": True}
    PCNMatch.objects.create(run=run, pcn=sphere, code="U33333", name="Sphere", parent="08E", **held)
    call = asked(verbs.code_pcn, east, code="U33333", on=OCTOBER)
    refused("proposed to be Sphere PCN. Decide that match first", call, "code")


def test_a_name_that_stands_again_is_no_former_one(east, why):
    verbs.rename_pcn(east, name="Else", on=AUGUST, **why)
    verbs.rename_pcn(east, name="Harrow East PCN", on=OCTOBER, **why)
    assert otherwise_known(typed("Harrow East")) == {}
    assert otherwise_known(typed("Else")) == {east.pk: "formerly Else"}


def test_a_name_still_in_force_is_no_former_one(harrow, east):
    FormerDetail.objects.create(
        organisation=east.organisation, what="name", value="Harrow East PCN", until=date(2020, 2, 1)
    )
    Organisation.objects.filter(pk=east.pk).update(name="Else PCN")
    client = signed_in(harrow.user("officer"))
    for text in ("Harrow East", "Else"):
        page = words(client.get(f"/search/?q={text}"))
        assert "no ODS code yet" in page
        assert "formerly" not in page
    with clock.at(date(2020, 2, 1)):
        assert "formerly Harrow East PCN" in words(client.get("/search/?q=Harrow East"))


def test_an_opening_is_corrected(harrow, east, why, asked):
    said: dict[str, Any] = {"code": "E84999", "name": "New Surgary", "on": AUGUST, "postcode": "ha11aa"}
    call = asked(verbs.open_practice, commissioner=harrow.ccg, **(said | {"postcode": "ZZZ"}))
    refused("full postcode", call, "postcode")
    made = verbs.open_practice(commissioner=harrow.ccg, **said, **why)
    assert made.organisation.postcode == "HA1 1AA"
    right = said | {"code": "E84998", "name": "New Surgery", "on": OCTOBER, "postcode": "HA1 2AA"}
    verbs.correct_opening(made, **right, **why)
    row = Organisation.objects.get(pk=made.pk)
    assert (row.code, row.name, row.opened_on, row.postcode) == ("E84998", "New Surgery", OCTOBER, "HA1 2AA")
    assert "New Surgary" in str(events_of(made).get(verb="correct_opening").changes)
    refused("Nothing is different", asked(verbs.correct_opening, made, **right))
    verbs.join_pcn(made, pcn=east, on=OCTOBER, **why)
    late = asked(verbs.correct_opening, made, **(right | {"on": NOVEMBER}))
    refused("Harrow East PCN from 1 October 2019", late, "on")


def test_a_name_in_other_capitals_is_mended(harrow, east, why):
    held = ClinicalDirector.objects.get()
    said = {"practice": held.practice, "share": None, "starts_on": JULY, "ends_on": None}
    verbs.correct_director(held, name="Dr MEENA Thakur", **said, **why)
    assert str(ClinicalDirector.objects.standing().get()) == "Dr MEENA Thakur"
    verbs.appoint_director(east, name="dr ashok kelshiker", on=OCTOBER, **why)
    wrong = ClinicalDirector.objects.latest("pk")
    verbs.withdraw_post(wrong, by=why["by"], reason="A slip.")
    made = verbs.appoint_director(east, name="Dr Ashok Kelshiker", on=OCTOBER, **why)
    assert str(made) == "Dr Ashok Kelshiker"


def test_pages_show_what_ended_and_what_is_to_come_with_the_way_to_correct_it(harrow, east, sphere, why):
    client = signed_in(harrow.user("officer"))
    director = ClinicalDirector.objects.get()
    verbs.end_director(director, on=OCTOBER, **why)
    coming = verbs.appoint_director(east, name="Dr Next", on=date(2020, 1, 1), **why)
    page = client.get("/pcns/harrow-east-pcn/")
    for row in (director, coming):
        assert f"/pcns/harrow-east-pcn/directors/{row.pk}/correct/" in page.content.decode()
    assert "until 1 October 2019, ended" in words(page)
    assert "from 1 January 2020, to come" in words(page)
    assert "?as_at=2020-01-01" in page.content.decode()
    practice = harrow.practice("E84075")
    verbs.leave_pcn(practice, on=OCTOBER, **why)
    joining = verbs.join_pcn(practice, pcn=sphere, on=date(2020, 1, 1), **why)
    own = client.get("/practices/E84075/").content.decode()
    for row in Membership.objects.filter(practice=practice):
        assert f"/register/memberships/{row.pk}/correct/" in own
    assert joining.pk


def test_the_pages_correct_and_withdraw_a_name(harrow, east, why):
    client = signed_in(harrow.user("officer"))
    verbs.rename_pcn(east, name="Harow East", on=OCTOBER, **why)
    path = f"/pcns/harrow-east-pcn/details/{change(east).pk}/"
    assert f'href="{path}correct/"' in client.get("/pcns/harrow-east-pcn/").content.decode()
    page = client.get(f"{path}correct/").content.decode()
    assert 'value="Harow East"' in page
    assert f'href="{path}withdraw/"' in page
    day = {"on_day": "1", "on_month": "10", "on_year": "2019"}
    done = client.post(f"{path}correct/", SENT | day | {"value": "Harrow East"}, follow=True)
    assert "Called Harrow East, before that Harrow East PCN" in words(done)
    client.post(f"/pcns/harrow-east-pcn/details/{change(east).pk}/withdraw/", {"reason": "Never."})
    assert Organisation.objects.get(pk=east.pk).name == "Harrow East PCN"


def test_the_pages_of_a_practice_correct_its_opening(harrow, why):
    client = signed_in(harrow.user("officer"))
    made = verbs.open_practice(commissioner=harrow.ccg, code="E84999", name="Nwe", on=AUGUST, **why)
    assert "/practices/E84999/opening/" in client.get("/practices/E84999/").content.decode()
    day = {"on_day": "1", "on_month": "8", "on_year": "2019"}
    sent = SENT | day | {"code": "E84998", "name": "New", "postcode": "", "contract_type": "GMS"}
    done = client.post("/practices/E84999/opening/", sent, follow=True)
    assert "It is recorded." in words(done)
    made.refresh_from_db()
    assert (made.organisation.code, made.contract_type) == ("E84998", "GMS")
