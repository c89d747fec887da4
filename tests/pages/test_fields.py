from datetime import date

import pytest
from django import forms

from pcnportal.pages.fields import DateField, LookupField
from pcnportal.pages.forms import PortalForm
from pcnportal.pages.writing import error_list
from pcnportal.people.models import Organisation


class DueForm(PortalForm):
    due_on = DateField(label="Due date")
    signed_on = DateField(required=False, not_after_today=True)


def due(day: str, month: str, year: str, **more: str) -> DueForm:
    return DueForm({"due_on_day": day, "due_on_month": month, "due_on_year": year, **more})


@pytest.mark.parametrize("month", ["5", "05", "May", "may", "MAY"])
def test_a_month_is_a_number_or_a_name(month):
    form = due("20", month, "2019")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == date(2019, 5, 20)
    assert form.cleaned_data["signed_on"] is None


@pytest.mark.parametrize(
    ("typed", "sentence", "part"),
    [
        (("", "", ""), "Enter a date, for example 20 May 2019", "day"),
        (("20", "", "2019"), "The date must include a month, for example 20 May 2019", "month"),
        (("20", "5", ""), "The date must include a year, for example 20 May 2019", "year"),
        (("31", "6", "2019"), "Enter a real date, for example 20 May 2019", "day"),
        (("x", "6", "2019"), "Enter a real date, for example 20 May 2019", "day"),
        (
            ("1", "13", "2019"),
            "The month must be a number from 1 to 12 or a name, for example 20 May 2019",
            "month",
        ),
        (
            ("1", "Prairial", "2019"),
            "The month must be a number from 1 to 12 or a name, for example 20 May 2019",
            "month",
        ),
        (("1", "5", "19"), "The year must have 4 digits, for example 2019", "year"),
        (("1", "5", "9999"), "The year must be from 1900 to 2100", "year"),
        (("1", "5", "0019"), "The year must be from 1900 to 2100", "year"),
        (("1", "5", "²⁰¹⁹"), "The year must have 4 digits, for example 2019", "year"),
    ],
)
def test_a_wrong_date_says_what_to_type_and_links_to_the_wrong_part(typed, sentence, part):
    form = due(*typed)
    assert error_list(form) == [{"text": f"Due date: {sentence}", "href": f"#id_due_on_{part}"}]
    assert form["due_on"].value() == list(typed)


def test_a_date_may_be_required_not_to_lie_ahead():
    form = due("20", "5", "2019", signed_on_day="21", signed_on_month="5", signed_on_year="2019")
    assert form.errors["signed_on"] == ["The date must be today or earlier, for example 20 May 2019"]


def test_a_date_that_was_not_changed_has_not_changed():
    data = {"due_on_day": "20", "due_on_month": "May", "due_on_year": "2019"}
    assert DueForm(data, initial={"due_on": date(2019, 5, 20)}).changed_data == []
    assert DueForm(data, initial={"due_on": date(2019, 5, 21)}).changed_data == ["due_on"]
    assert DueForm(initial={"due_on": date(2019, 5, 20)})["due_on"].value() == date(2019, 5, 20)


class PracticeForm(PortalForm):
    practice = LookupField(lambda: Organisation.objects.filter(kind="practice"), what="practice")
    other = LookupField(lambda: Organisation.objects.filter(kind="practice"), what="practice", required=False)


@pytest.fixture
def practices(db) -> dict[str, Organisation]:
    names = {"E84001": "Zain Medical Centre", "E84002": "Savita Medical Centre", "E84003": "Savita"}
    return {
        code: Organisation.objects.create(slug=code.lower(), code=code, name=name, kind="practice")
        for code, name in names.items()
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("E84001", "E84001"),
        (" e84001 ", "E84001"),
        ("zain", "E84001"),
        ("Zain Medical Centre (E84001)", "E84001"),
        ("Savita", "E84003"),
        ("savita med", "E84002"),
    ],
)
def test_a_record_is_found_by_code_or_name(practices, typed, code):
    form = PracticeForm({"practice": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"practice": practices[code], "other": None}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "medical",
            "More than one practice matches: Savita Medical Centre (E84002); Zain Medical Centre (E84001). "
            "Enter the code.",
        ),
        ("nobody", "No practice has the code or name “nobody”."),
        ("", "Fill in: Practice"),
    ],
)
def test_a_record_that_is_not_clear_is_asked_for_again(practices, typed, sentence):
    form = PracticeForm({"practice": typed})
    assert form.errors == {"practice": [sentence]}
    assert form["practice"].value() == typed


def test_records_are_suggested_where_they_are_few(practices):
    widget = PracticeForm().fields["practice"].widget
    assert widget.suggestions() == [
        "Savita (E84003)",
        "Savita Medical Centre (E84002)",
        "Zain Medical Centre (E84001)",
    ]
    Organisation.objects.bulk_create(
        Organisation(slug=f"p{i}", code=f"P{i}", name=f"Practice {i}", kind="practice") for i in range(100)
    )
    assert widget.suggestions() == []


def test_a_chosen_record_is_shown_by_name_and_code(practices):
    for initial in (practices["E84001"], practices["E84001"].pk):
        assert (
            PracticeForm(initial={"practice": initial})["practice"].value() == "Zain Medical Centre (E84001)"
        )


class NumbersForm(PortalForm):
    count = forms.IntegerField(min_value=0, required=False)
    words = forms.CharField(max_length=3, required=False)
    email = forms.EmailField(required=False)
    own = forms.CharField(error_messages={"required": "Give a reason"})


def test_errors_say_what_to_do_and_a_forms_own_sentence_stays():
    form = NumbersForm({"count": "many", "words": "four", "email": "x"})
    assert form.errors == {
        "count": ["Enter a whole number, for example 32716"],
        "words": ["Use 3 characters or fewer: there are 4"],
        "email": ["Enter an e-mail address, for example name@nhs.net"],
        "own": ["Give a reason"],
    }
    assert NumbersForm({"count": "-1"}).errors["count"] == ["Enter 0 or more"]


def test_a_number_may_be_typed_with_its_separators():
    form = NumbersForm({"count": "32,716", "own": "x"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["count"] == 32716
    assert 'type="text"' in str(form["count"])
    assert 'inputmode="numeric"' in str(form["count"])
