"""A practice leaves a registration: who is no longer placed, and what has to be looked at again."""

from datetime import date

from pcnportal import clock
from registry.checklist import assess
from registry.coverage import coverage_of
from registry.models import Membership, SubmittedMember
from registry.workflow import available, missing, move
from tests import factories as make
from tests import steps
from tests.claims import one_event, refused
from tests.harrow import Harrow

LEFT = "Shaftesbury Medical Centre withdrew after the approval and is no longer placed."


def leave(harrow, case, code="E84062", reason="Its partners wrote on 22 May."):
    case.refresh_from_db()
    return move(
        case,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=case.version,
        reason=reason,
        practice=harrow.practice(code),
        withdrew_on=date(2019, 5, 22),
    )


def again(harrow, case):
    case.refresh_from_db()
    return move(case, "review_again", by=harrow.user("officer"), seen=case.version, reason="A member left.")


def line(case, key="members"):
    return next(a for a in assess(case, clock.today()) if a.line.key == key)


def test_after_the_approval_the_checklist_fails_and_names_the_practice(harrow: Harrow):
    case = steps.approved(harrow)
    assert line(case).standing == "met"
    with one_event(case, "member_withdraws", harrow.user("officer")):
        leave(harrow, case)
    assert line(case).standing == "not_met"
    assert line(case).result.working == (
        "Shaftesbury Medical Centre has withdrawn and is no longer placed by this registration."
    )
    case.refresh_from_db()
    assert (case.status, case.review_wanted_because) == ("approved", LEFT)


def test_the_form_keeps_when_and_why_it_left(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case)
    gone = SubmittedMember.objects.get(has_withdrawn=True)
    assert (str(gone.practice), gone.withdrew_on, gone.withdrew_because) == (
        "Shaftesbury Medical Centre",
        date(2019, 5, 22),
        "Its partners wrote on 22 May.",
    )


def test_the_commissioner_sees_which_practice_is_not_placed(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case)
    coverage = coverage_of(harrow.ccg, clock.today())
    assert coverage.sentence == ("2 of 3 open practices are placed; in no PCN: Shaftesbury Medical Centre.")


def test_neither_confirmed_nor_live_before_it_was_reviewed_again(harrow: Harrow):
    case = steps.endorsed(harrow)
    leave(harrow, case)
    with refused(f"{LEFT} Review it again first."):
        move(case, "confirm", by=harrow.user("manager"), seen=case.version)
    assert "review_again" in {choice.verb for choice in available(case, harrow.user("officer"))}


def test_a_confirmed_network_does_not_go_live_without_its_member(harrow: Harrow):
    case = steps.confirmed(harrow)
    leave(harrow, case)
    case.refresh_from_db()
    with clock.at(make.GO_LIVE):
        assert missing(case, "go_live") == f"{LEFT} Review it again first."


def test_the_next_review_asks_for_a_departure_or_another_form(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case)
    with refused("Say why the registration is reviewed again.", "reason"):
        move(case, "review_again", by=harrow.user("officer"), seen=case.version, reason=" ")
    again(harrow, case)
    case.refresh_from_db()
    assert (case.status, case.review_wanted_because) == ("under_review", "")
    assert missing(case, "recommend") == "“Member practices” is not met: give the reason for the departure."


def test_a_practice_placed_elsewhere_still_leaves_this_registration_short(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case)
    Membership.objects.create(
        practice=harrow.practice("E84062"),
        pcn=make.PCNFactory.create(name="Sphere PCN"),
        starts_on=make.COMMITTEE_DAY,
    )
    assert coverage_of(harrow.ccg, clock.today()).is_whole
    assert line(case).standing == "not_met"


def test_before_the_decision_it_is_a_failing_line_and_no_re_review(harrow: Harrow):
    case = steps.before_committee(harrow)
    leave(harrow, case)
    case.refresh_from_db()
    assert case.review_wanted_because == ""
    assert missing(case, "approve").startswith("“Member practices” now fails and no departure was sent")


def test_a_director_whose_practice_left_is_no_longer_of_a_member(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case, "E84058")
    assert line(case, "directors").result.working == (
        "Dr Shahla Ahmad is of GP Direct, which is not a member."
    )


def test_it_needs_a_reason_and_a_member(harrow: Harrow):
    case = steps.approved(harrow)
    with refused("Say why the practice withdrew, and how you know.", "reason"):
        leave(harrow, case, reason=" ")
    harrow.practice("E84039")
    with refused("Honeypot Medical Centre is not a member on this form.", "practice"):
        leave(harrow, case, "E84039")
    leave(harrow, case)
    with refused("Shaftesbury Medical Centre is not a member on this form.", "practice"):
        leave(harrow, case)


def test_when_every_member_left_nobody_is_left_to_withdraw(harrow: Harrow):
    case = steps.received(harrow)
    for code in ("E84058", "E84005", "E84062"):
        leave(harrow, case, code)
    with refused("No member is left on this form."):
        leave(harrow, case)


def test_a_new_form_ends_the_wish_for_a_review(harrow: Harrow):
    case = steps.approved(harrow)
    leave(harrow, case)
    again(harrow, case)
    case.refresh_from_db()
    move(case, "return_form", by=harrow.user("officer"), seen=case.version, reason="Without it, please.")
    steps.edit_form(case, by=harrow.user("officer"), seen=case.version, **steps.form(harrow))
    move(case, "submit", by=harrow.user("officer"), seen=case.version)
    assert line(case).standing == "met"
    assert SubmittedMember.objects.filter(has_withdrawn=True).count() == 1
