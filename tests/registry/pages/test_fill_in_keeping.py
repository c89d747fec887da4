"""The registration form as it is filled in: cards, pasted codes, two people, versions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.workflow import move
from registry.workflow.forms import form_of
from tests import factories as make
from tests import steps
from tests.harrow import GP_DIRECT
from tests.registry.pages.filling import address, codes, sent
from tests.registry.pages.reading import main, words


def test_cards_are_added_and_removed_without_losing_the_others(officer, started):
    typed = sent(
        started, ["E84058", "E84005", "E84062"], [("Dr Shahla Ahmad", "", "half")], received_how="By post"
    )
    page = main(officer.post(address(started), typed | {"members-remove": "1"}))
    assert 'name="members-0-code" type="text" value="E84058"' in page
    assert 'name="members-1-code" type="text" value="E84062"' in page
    assert "E84005" not in page.partition("<datalist")[0]
    for kept in ('value="By post"', 'value="Dr Shahla Ahmad"', 'value="half"'):
        assert kept in page
    page = main(officer.post(address(started), typed | {"members-add": "1"}))
    assert 'name="members-3-code"' in page
    assert "nhsuk-error" not in page
    assert codes(started) == []


def test_enter_saves_and_removes_nothing(officer, started):
    page = main(officer.get(address(started)))
    first = page.partition("<button")[2]
    assert "name=" not in first.partition(">")[0]
    assert "Save" in first.partition("</button>")[0]


@pytest.mark.parametrize("button", ["paste", ""])
def test_many_codes_are_pasted_at_once(officer, started, button):
    pasted = "E84058, e84005\r\nE84062 Shaftesbury Medical Centre;E84005\n\nZain Medical"
    typed = sent(started, ["E84005", ""], received_how="By post", pasted=pasted)
    answer = officer.post(address(started), typed | ({button: "1"} if button else {}))
    page = main(answer)
    for number, code in enumerate(["E84005", "E84058", "E84062", "Zain Medical"]):
        assert f'name="members-{number}-code" type="text" value="{code}"' in page
    assert 'value="By post"' in page
    assert ("No practice is called “Zain Medical”" in words(answer)) is (button == "")


def test_who_saves_second_keeps_what_was_typed(officer, started):
    typed = sent(started, ["E84058"], received_how="By post")
    officer.post(address(started), sent(started, ["E84005"]))
    answer = officer.post(address(started), typed)
    assert answer.status_code == 409
    for kept in ('value="E84058"', 'value="By post"', f'name="seen" value="{started.version + 1}"'):
        assert kept in main(answer)
    assert codes(started) == ["E84005"]


def test_a_form_that_was_received_can_not_be_filled_in(officer, harrow):
    case = steps.received(harrow)
    page = officer.get(address(case))
    assert "can't be changed now: the registration is “Received”." in words(page)
    assert 'name="seen"' not in main(page)
    assert reverse("registry:return_form", args=[case.pk]) in main(page)
    answer = officer.post(address(case), sent(case, ["E84058"]))
    assert answer.status_code == 200
    assert "There is a problem The form of GP Direct PCN can't be changed" in words(answer)
    assert 'value="E84058"' in main(answer)


def test_after_a_return_the_next_version_says_anew_when_it_came(officer, harrow):
    case = steps.received(harrow)
    move(case, "return_form", by=harrow.user("officer"), seen=case.version, reason="Add the map, please.")
    page = officer.get(address(case))
    assert "Add the map, please." in words(page)
    assert "What you save becomes version 2." in words(page)
    assert 'name="received_on_day" type="text" value="15"' not in main(page)
    assert 'value="34406"' in main(page)
    officer.post(address(case), sent(case, list(GP_DIRECT), stated_list_size="34000"))
    assert case.submissions.get(number=1).stated_list_size == 34406
    assert form_of(case).stated_list_size == 34000


def test_who_may_fill_in_a_form(client, harrow, started):
    for name, status in (
        ("secretary", 403),
        ("member", 403),
        ("officer@havering.example", 404),
        ("manager", 200),
    ):
        client.force_login(harrow.user(name))
        assert client.get(address(started)).status_code == status


def test_a_form_with_many_members_asks_the_database_no_more_often(officer, started):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(address(started)).status_code == 200
        return len(caught)

    officer.post(address(started), sent(started, ["E84058"], [("Dr Shahla Ahmad", "E84058", "")]))
    few = queries()
    started.refresh_from_db()
    many = [f"E84{number:03}" for number in range(100, 140)]
    for code in many[:20]:
        make.PracticeFactory.create(code=code, name=f"Practice {code}")
    officer.post(address(started), sent(started, many, [(f"Dr {n}", "E84058", "") for n in range(10)]))
    assert len(codes(started)) == 40
    assert queries() == few
