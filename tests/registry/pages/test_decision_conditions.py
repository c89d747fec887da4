"""Conditions on cards: added, removed, and each wrong field named with what was typed kept."""

import pytest

from pcnportal.people.models import Person
from tests import factories as make
from tests import steps
from tests.registry.pages.reading import errors, main, words
from tests.registry.pages.typing import conditions, decision, send

FIRST, SECOND = "Agree a memorandum with Harrow East PCN.", "Say who visits the housebound."


@pytest.fixture
def case(harrow):
    return steps.before_committee(harrow)


def approve(harrow, case, *cards, step="record", **more):
    typed = decision(case, "A natural community.") | conditions(*cards) | more
    return send(harrow.user("secretary"), case, "approve/", typed, step)


def test_a_card_more_keeps_the_others(harrow, case):
    page = main(approve(harrow, case, {"text": FIRST}, **{"conditions-add": "1"}))
    assert FIRST in page
    assert 'name="conditions-1-text"' in page
    assert "nhsuk-error-summary" not in page


def test_a_card_less_keeps_the_others_and_numbers_them_anew(harrow, case):
    page = main(approve(harrow, case, {"text": FIRST}, {"text": SECOND}, **{"conditions-remove": "0"}))
    assert FIRST not in page
    assert SECOND in page.partition('name="conditions-0-text"')[2]
    assert 'name="conditions-1-text"' not in page


def test_conditions_are_numbered_in_their_order(harrow, case):
    approve(harrow, case, {"text": FIRST}, {"text": SECOND})
    assert list(case.conditions.values_list("number", "text")) == [(1, FIRST), (2, SECOND)]


def test_an_empty_card_names_each_thing_that_is_missing(harrow, case):
    nothing = dict.fromkeys(
        ("text", "reason", "timing", "owner", "due_event", "evidence_wanted", "discharge"), ""
    )
    page = approve(harrow, case, {"text": FIRST}, nothing, step="")
    assert errors(page) == {
        "#id_conditions-1-text": "Condition 2: enter what is asked, in the body’s own words",
        "#id_conditions-1-reason": "Condition 2: give the reason",
        "#id_conditions-1-timing": "Condition 2: choose before or after go-live",
        "#id_conditions-1-owner": "Condition 2: name who has to meet it",
        "#id_conditions-1-evidence_wanted": "Condition 2: say what evidence is wanted",
        "#id_conditions-1-discharge": "Condition 2: choose who may say that it is met",
        "#id_conditions-1-due_on_day": "Condition 2: enter a due date or the event that makes it due",
    }
    assert FIRST in main(page)
    assert not case.decisions.exists()


@pytest.mark.parametrize(
    ("card", "field", "sentence"),
    [
        (
            {"due_on_day": "19", "due_on_month": "5", "due_on_year": "2019"},
            "due_on_day",
            "Condition 1: the due date is before the decision, 20 May 2019",
        ),
        (
            {"due_on_day": "31", "due_on_month": "6", "due_on_year": "2019"},
            "due_on_day",
            "Enter a real date, for example 20 May 2019",
        ),
        ({"owner": "Nobody at all"}, "owner", "No person or organisation is called “Nobody at all”."),
        (
            {"owner": "medical centre"},
            "owner",
            "More than one matches: Kings Road Medical Centre (E84005); Shaftesbury Medical Centre (E84062). "
            "Enter the whole name.",
        ),
        ({"discharge": "role:finance"}, "discharge", "Choose one of the answers given"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_kept(harrow, case, card, field, sentence):
    page = approve(harrow, case, card, step="")
    assert errors(page) == {f"#id_conditions-0-{field}": sentence}
    assert all(f'value="{value}"' in main(page) for name, value in card.items() if name != "discharge")


def test_the_quorum_and_the_source_come_last_among_what_is_missing(harrow, case):
    page = approve(harrow, case, {"reason": ""}, step="", quorum_note="", held_source="")
    assert list(errors(page).items()) == [
        ("#id_conditions-0-reason", "Condition 1: give the reason"),
        ("#id_held_source", "Choose where you read it, or name the source"),
        ("#id_quorum_note", "Fill in: How you know that the body could decide"),
    ]


def test_a_source_that_is_named_has_a_title(harrow, case):
    page = approve(harrow, case, step="", source_title="")
    assert errors(page) == {"#id_source_title": "Enter the title of the source"}


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ("e84005", "Kings Road Medical Centre"),
        ("GP Direct", "GP Direct"),
        ("Dr Shahla Ahmad", "Dr Shahla Ahmad"),
        ("Dr Shahla Ahmad, GP Direct", "Dr Shahla Ahmad"),
        ("GP Direct PCN", "GP Direct PCN"),
    ],
)
def test_the_owner_is_an_organisation_or_a_person_by_name(harrow, case, typed, owner):
    approve(harrow, case, {"owner": typed})
    assert case.conditions.get().owner == owner


def test_namesakes_are_told_apart_by_their_practice(harrow, case):
    make.PersonFactory.create(
        name="Dr Shahla Ahmad", slug="another", organisation=harrow.practice("E84005").organisation
    )
    page = approve(harrow, case, {"owner": "Dr Shahla Ahmad"}, step="")
    assert "Dr Shahla Ahmad, GP Direct; Dr Shahla Ahmad, Kings Road Medical Centre" in words(page)
    approve(harrow, case, {"owner": "Dr Shahla Ahmad, Kings Road Medical Centre"})
    assert case.conditions.get().owner_person.slug == "another"


@pytest.mark.parametrize(("at", "held_at"), [("E84005", "Kings Road Medical Centre"), ("", None)])
def test_the_owner_may_be_a_person_who_is_not_held_yet(harrow, case, at, held_at):
    card = {"owner": "", "new_owner": "Dr M  Shahzad", "new_owner_at": at}
    check = words(approve(harrow, case, card, step=""))
    assert f"Owner Dr M Shahzad{f', {held_at}' if held_at else ''}" in check
    assert not Person.objects.filter(name="Dr M Shahzad").exists()
    approve(harrow, case, card)
    person = case.conditions.get().owner_person
    assert (person.name, person.organisation and person.organisation.name) == ("Dr M Shahzad", held_at)


@pytest.mark.parametrize(
    ("card", "field", "sentence"),
    [
        ({"new_owner": "Dr M Shahzad"}, "new_owner", "name one owner, held or new"),
        ({"owner": "", "new_owner_at": "E84005"}, "new_owner", "enter the person’s name"),
        (
            {"owner": "", "new_owner": "Dr M Shahzad", "new_owner_at": "E00000"},
            "new_owner_at",
            "No organisation has the code or name “E00000”.",
        ),
    ],
)
def test_a_new_owner_is_one_person_by_name(harrow, case, card, field, sentence):
    [(href, said)] = errors(approve(harrow, case, card, step="")).items()
    assert href == f"#id_conditions-0-{field}"
    assert said.endswith(sentence)
    assert not Person.objects.filter(name="Dr M Shahzad").exists()


def test_the_pcn_its_directors_and_practices_are_suggested(harrow, case):
    page = main(approve(harrow, case, {}, step="change"))
    for suggested in ("GP Direct PCN", "Dr Shahla Ahmad, GP Direct", "Kings Road Medical Centre (E84005)"):
        assert f'<option value="{suggested}">' in page


def test_a_body_may_be_who_discharges_it(harrow, case):
    approve(harrow, case, {"discharge": f"body:{harrow.panel.pk}"})
    assert case.conditions.get().discharge_body == harrow.panel
