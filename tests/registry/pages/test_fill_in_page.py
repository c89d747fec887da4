"""The registration form as it is filled in: nothing typed is lost, warnings are no refusals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from pcnportal.people.models import Organisation
from registry.models import ListSize, Membership, SubmittedMember
from registry.workflow.forms import form_of
from tests import factories as make
from tests import steps
from tests.registry.pages.filling import address, codes, dated, sent
from tests.registry.pages.reading import errors, main, words


def test_everything_that_was_typed_is_saved_and_shown_again(officer, harrow, started):
    answer = officer.post(
        address(started),
        sent(
            started,
            ["e84058", "Kings Road", "Shaftesbury Medical Centre (E84062)"],
            [("Dr Shahla Ahmad", "gp direct", "62.5")],
            received_how="By e-mail",
            received_precision="by",
            stated_list_size="34406",
            payee="E84058",
            held_source="named",
            source_title="Form of GP Direct PCN",
            **dated("received_on", "15", "May", "2019"),
            **dated("stated_as_at", "1", "1", "2019"),
            **dated("members-1-signed_on", "10", "5", "2019"),
        ),
    )
    assert answer.url == address(started)
    form = form_of(started)
    assert (form.received_on, form.received_precision, form.received_how) == (
        date(2019, 5, 15),
        "by",
        "By e-mail",
    )
    assert (form.stated_list_size, form.stated_as_at) == (34406, date(2019, 1, 1))
    assert (str(form.payee), str(form.source)) == ("GP Direct", "Form of GP Direct PCN")
    assert [(m.code, m.signed_on) for m in form.members.all()] == [
        ("E84058", None),
        ("E84005", date(2019, 5, 10)),
        ("E84062", None),
    ]
    director = form.directors.get()
    assert (str(director), str(director.practice), director.share) == (
        "Dr Shahla Ahmad",
        "GP Direct",
        Decimal("62.5"),
    )
    page = main(officer.get(address(started)))
    for value in ("15", "34406", "By e-mail", "GP Direct (E84058)", "E84005", "Dr Shahla Ahmad", "62.5"):
        assert f'value="{value}"' in page
    assert "Practice 2: Kings Road Medical Centre" in words(officer.get(address(started)))


def test_an_empty_form_may_be_saved(officer, started):
    blank = sent(started, [""], [("", "", "")])
    assert officer.post(address(started), blank).status_code == 302
    assert codes(started) == []


def test_an_unknown_code_is_kept_and_said_to_be_not_in_the_register(officer, started):
    officer.post(address(started), sent(started, ["E84058", "e99999"]))
    assert codes(started) == ["E84058", "E99999"]
    assert SubmittedMember.objects.get(code="E99999").practice is None
    page = words(officer.get(address(started)))
    assert "Practice 2: Not in the register" in page
    assert "E99999 is not a code in the register" in page


def test_what_a_review_would_find_is_shown_and_changes_with_the_data(officer, harrow, started):
    typed: dict[str, Any] = {"stated_list_size": "34406"} | dated("stated_as_at", "1", "1", "2019")
    officer.post(address(started), sent(started, ["E84058"], **typed))
    assert "List sizes add up" not in words(officer.get(address(started)))  # not on this checklist
    assert "Met: Member practices and Population." in words(officer.get(address(started)))
    started.refresh_from_db()
    officer.post(address(started), sent(started, ["E84058"], **typed | {"stated_list_size": "28619"}))
    assert "28,619 is 1,381 below 30,000." in words(officer.get(address(started)))
    other = make.PCNFactory.create(name="Sphere PCN")
    Membership.objects.create(starts_on=date(2019, 4, 1), practice=harrow.practice("E84058"), pcn=other)
    assert "GP Direct (E84058) is also in Sphere PCN" in words(officer.get(address(started)))
    assert not ListSize.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        (dated("received_on", "31", "2", "2019"), "#id_received_on_day", "Enter a real date"),
        (dated("received_on", "21", "5", "2019"), "#id_received_on_day", "The date must be today or earlier"),
        ({"stated_list_size": "many"}, "#id_stated_list_size", "Enter a whole number"),
        ({"payee": "Nobody"}, "#id_payee", "No practice or provider has the code or name “Nobody”."),
        ({"held_source": "named"}, "#id_source_title", "Enter the title of the source"),
        ({"received_precision": ""}, "#id_received_precision", "Choose an answer"),
        (
            {"members-0-code": "Nowhere Surgery"},
            "#id_members-0-code",
            "No practice is called “Nowhere Surgery”",
        ),
        ({"members-0-code": "Medical Centre"}, "#id_members-0-code", "More than one practice matches"),
        ({"members-0-code": "E84005"}, "#id_members-1-code", "E84005 is practice 1 already"),
        (
            dated("members-0-signed_on", "1", "", "2019"),
            "#id_members-0-signed_on_month",
            "The date must include a month",
        ),
        ({"directors-0-share": "101"}, "#id_directors-0-share", "Enter 100 or less"),
        ({"directors-0-share": "0"}, "#id_directors-0-share", "Enter more than 0"),
        ({"directors-0-practice": "E99999"}, "#id_directors-0-practice", "No practice in the register has"),
        ({"directors-0-name": ""}, "#id_directors-0-name", "Fill in: Name"),
        ({"directors-1-name": "dr shahla  ahmad"}, "#id_directors-1-name", "dr shahla ahmad is listed twice"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(officer, started, data, field, sentence):
    typed = sent(
        started,
        ["E84058", "Kings Road Medical Centre"],
        [("Dr Shahla Ahmad", "E84058", "50"), ("Dr Varun Goel", "", "")],
        received_how="By post",
        stated_list_size="34406",
    )
    answer = officer.post(address(started), typed | data)
    assert list(errors(answer)) == [field]
    assert sentence in errors(answer)[field]
    page = main(answer)
    for name, value in (typed | data).items():
        if value and name not in ("received_precision", "held_source"):
            assert f'value="{value}"' in page, name
    assert codes(started) == []
    assert form_of(started).stated_list_size is None


def test_saving_for_later_leads_to_the_registration_and_submitting_to_the_check(officer, started):
    later = officer.post(address(started), sent(started, ["E84058"], later="1"))
    assert later.url == started.get_absolute_url()
    started.refresh_from_db()
    check = officer.post(address(started), sent(started, ["E84058", "E84005"], submit="1"))
    assert check.url == reverse("registry:submit", args=[started.pk])
    page = officer.get(check.url)
    assert "Say when the form was received." in words(page)
    assert address(started) in main(page)
    assert codes(started) == ["E84058", "E84005"]


def test_the_check_shows_the_whole_form(officer, harrow):
    case = steps.drafted(harrow)
    page = words(officer.get(reverse("registry:submit", args=[case.pk])))
    for fact in (
        "15 May 2019",
        "34,406",
        "E84062 Practice Shaftesbury Medical Centre",
        "10 May 2019",
        "Dr Shahla Ahmad",
    ):
        assert fact in page
    assert "How received not held" in page


def test_bank_details_have_no_field_and_payees_are_practices_or_providers(officer, started):
    make.OrganisationFactory.create(name="Harrow Council", kind=Organisation.Kind.COUNCIL)
    answer = officer.post(address(started), sent(started, payee="Harrow Council"))
    assert list(errors(answer)) == ["#id_payee"]
