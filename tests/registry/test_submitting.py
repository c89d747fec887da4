"""From a draft to a received form, back to the practices, and in again as a new version."""

from datetime import date

import pytest

from registry.models import Case, Submission
from registry.workflow import move
from registry.workflow.differences import differences
from registry.workflow.forms import edit_form, form_of
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow


def submit(harrow, case):
    case.refresh_from_db()
    return move(case, "submit", by=harrow.user("officer"), seen=case.version)


def edit(harrow, case, **changes):
    typed = steps.form(harrow)
    typed["fields"] |= changes.pop("fields", {})
    case.refresh_from_db()
    return edit_form(case, by=harrow.user("officer"), seen=case.version, **(typed | changes))


def return_form(harrow, case, reason="The map does not show the boundary."):
    case.refresh_from_db()
    move(case, "return_form", by=harrow.user("officer"), seen=case.version, reason=reason)
    return case


def test_a_received_form_is_fixed_and_becomes_the_form_of_the_case(harrow: Harrow):
    case = steps.drafted(harrow)
    form = form_of(case)
    submit(harrow, case)
    form.refresh_from_db()
    case.refresh_from_db()
    assert form.is_submitted
    assert case.current == form


def test_a_form_without_a_practice_is_not_received(harrow: Harrow):
    case = steps.drafted(harrow)
    edit(harrow, case, members=[])
    with refused("The form names no practice yet."):
        submit(harrow, case)


def test_when_it_was_received_has_to_be_said(harrow: Harrow):
    case = steps.drafted(harrow)
    edit(harrow, case, fields={"received_on": None})
    with refused("Say when the form was received."):
        submit(harrow, case)


def test_a_returned_form_is_not_received_again_unchanged(harrow: Harrow):
    case = return_form(harrow, steps.received(harrow))
    with refused("Change the form first: the last version was received already."):
        submit(harrow, case)


@pytest.mark.parametrize("bring", [steps.received, steps.under_review])
def test_a_form_is_returned_with_what_has_to_change(harrow: Harrow, bring):
    case = bring(harrow)
    with refused("Say what the PCN has to change or add.", "reason"):
        return_form(harrow, case, reason="  ")
    assert return_form(harrow, case).status == "returned"


def test_a_changed_form_is_a_new_version_beside_the_one_that_was_received(harrow: Harrow):
    case = steps.received(harrow)
    first = form_of(case)
    return_form(harrow, case)
    second = edit(harrow, case, fields={"stated_list_size": 34500, "received_on": date(2019, 5, 17)})
    assert second.number == 2
    assert case.current_id == first.pk
    submit(harrow, case)
    case.refresh_from_db()
    assert case.current == second
    first.refresh_from_db()
    assert (first.stated_list_size, first.members.count()) == (34406, 3)


def test_a_new_version_keeps_what_was_said_but_not_when_it_came(harrow: Harrow):
    case = return_form(harrow, steps.received(harrow))
    first = form_of(case)
    edit_form(
        case,
        by=harrow.user("officer"),
        seen=case.version,
        fields={},
        members=[{"code": "E84058"}],
        directors=[],
    )
    second = form_of(case)
    assert (second.stated_list_size, second.payee, second.stated_as_at) == (
        first.stated_list_size,
        first.payee,
        first.stated_as_at,
    )
    assert (second.received_on, second.received_how) == (None, "")
    with refused("Say when the form was received."):
        submit(harrow, case)


def test_the_differences_of_two_versions_read_as_sentences(harrow: Harrow):
    case = steps.received(harrow)
    first = form_of(case)
    return_form(harrow, case)
    second = edit(
        harrow,
        case,
        fields={
            "stated_list_size": 29874,
            "received_on": date(2019, 5, 17),
            "received_precision": Submission.Precision.BY,
            "payee": None,
        },
        members=[{"code": "E84058", "signed_on": date(2019, 5, 10)}, {"code": "E84005"}, {"code": "E99999"}],
        directors=[{"name": "Dr Shahla Ahmad", "practice": "E84058", "share": 60}],
    )
    assert [(d.what, d.before, d.after) for d in differences(first, second)] == [
        ("Received", "15 May 2019", "17 May 2019"),
        ("Received precision", "On this day", "By this day; the day itself is not held"),
        ("Stated list size", "34,406", "29,874"),
        ("Payee", "GP Direct", "not held"),
        (
            "Member",
            "Kings Road Medical Centre, signed 10 May 2019",
            "Kings Road Medical Centre, signature not held",
        ),
        ("Member", "Shaftesbury Medical Centre, signed 10 May 2019", "not named"),
        ("Member", "not named", "E99999 (not in the register), signature not held"),
        (
            "Clinical director",
            "Dr Shahla Ahmad, GP Direct, share not held",
            "Dr Shahla Ahmad, GP Direct, 60 %",
        ),
    ]


def test_a_form_does_not_differ_from_itself(harrow: Harrow):
    form = form_of(steps.received(harrow))
    assert differences(form, form) == []


def test_a_form_that_was_not_approved_comes_in_again_as_a_new_version(harrow: Harrow):
    case = steps.before_committee(harrow)
    move(
        case,
        "not_approve",
        by=harrow.user("secretary"),
        seen=case.version,
        reasons=["It is too small."],
        **harrow.quorum,
    )
    with refused("Change the form first"):
        submit(harrow, case)
    edit(harrow, case, fields={"stated_list_size": 35000})
    assert submit(harrow, case).status == "received"
    assert Case.objects.filter(pk=case.pk, current__number=2).exists()


def test_a_registration_is_withdrawn_with_a_reason(harrow: Harrow):
    case = steps.received(harrow)
    with refused("Say why the registration is withdrawn.", "reason"):
        move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason=" ")
    move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="It joins Sphere.")
    assert case.status == "withdrawn"
