"""The review: the checklist is copied, then answered one line at a time."""

from datetime import date

import pytest

from pcnportal import clock
from registry.checklist import assess, summary_of
from registry.models import Case, Checklist, ChecklistItem, Commissioner, Document, Line
from registry.workflow import move
from registry.workflow.forms import edit_form
from registry.workflow.reviewing import answer_line
from tests import factories as make
from tests import steps
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import Harrow


def answer(harrow, case, key="contiguity", by="officer", seen=None, **given):
    line = steps.line_of(case, key)
    given = {"answer": "met"} | given
    return answer_line(line, by=harrow.user(by), seen=seen or line.case.version, **given)


def standing(case, key="contiguity"):
    return next(a for a in assess(case, clock.today()) if a.line.key == key)


def without(harrow, case, **fields):
    """The form with these fields empty, received and under review."""
    typed = steps.form(harrow)
    typed["fields"] |= fields
    edit_form(case, by=harrow.user("officer"), seen=case.version, **typed)
    steps.do(harrow, case, "submit", "officer")
    return steps.do(harrow, case, "open_review", "officer")


def document(harrow, case):
    return Document.objects.create(
        case=case,
        kind="map",
        name="map.pdf",
        token=f"token-{case.pk}",
        media_type="application/pdf",
        size=1,
        sha256="",
        uploaded_by=harrow.user("officer"),
    )


def test_opening_copies_national_lines_first_then_local_ones(harrow: Harrow):
    case = steps.under_review(harrow)
    assert list(case.lines.values_list("position", "key", "section")) == [
        (1, "members", "National requirements"),
        (2, "population", "National requirements"),
        (3, "signatures", "National requirements"),
        (4, "directors", "National requirements"),
        (5, "payee", "National requirements"),
        (6, "contiguity", "Local criteria, North West London"),
    ]


def test_a_later_edition_of_the_checklist_leaves_an_open_review_as_it_is(harrow: Harrow):
    case = steps.under_review(harrow)
    ChecklistItem.objects.update(requirement="Something else")
    Checklist.objects.create(
        slug="national", edition=2, title="Newer", is_national=True, source=harrow.report
    )
    assert not case.lines.filter(requirement="Something else").exists()


def test_the_newest_edition_in_force_is_copied(harrow: Harrow):
    newer = make.ChecklistFactory.create(edition=2, title="National requirements, second edition")
    make.ChecklistItemFactory.create(checklist=newer, position=1, key="payee")
    make.ChecklistFactory.create(edition=3, title="Next year's", starts_on=date(2020, 4, 1))
    case = steps.under_review(harrow)
    assert [line.key for line in case.lines.all()] == ["payee", "contiguity"]


def test_without_a_checklist_in_force_no_review_opens(harrow: Harrow):
    case = steps.received(harrow)
    Checklist.objects.filter(slug="north-west-london").update(ends_on=date(2019, 5, 16))
    with refused("The local checklist “north-west-london” is not held for today."):
        move(case, "open_review", by=harrow.user("officer"), seen=case.version)
    Checklist.objects.filter(slug="national").update(ends_on=date(2019, 5, 16))
    with refused("No national checklist is held for today: an administrator has to load one."):
        move(case, "open_review", by=harrow.user("officer"), seen=case.version)


def test_a_commissioner_without_local_criteria_reviews_the_national_ones(harrow: Harrow):
    Commissioner.objects.update(local_criteria="")
    assert steps.under_review(harrow).lines.count() == 5


def test_an_answer_says_who_when_and_for_which_form(harrow: Harrow):
    case = steps.under_review(harrow)
    with one_event(case, "answered", harrow.user("officer"), answer=["", "met"]):
        answer(harrow, case, note="On the map.")
    line = steps.line_of(case, "contiguity")
    assert (line.answered_by, line.answered_on) == (harrow.user("officer"), make.COMMITTEE_DAY)
    assert (line.note, line.answered_for) == ("On the map.", case.current)
    assert (standing(case).standing, standing(case).basis_word) == ("met", "Judged")


def test_an_answer_read_somewhere_is_attested_and_names_the_source(harrow: Harrow):
    case = steps.under_review(harrow)
    answer(harrow, case, source=harrow.report)
    assert (standing(case).word, standing(case).basis_word) == ("Attested", "Attested")


def test_a_computed_line_takes_no_answer(harrow: Harrow):
    case = steps.under_review(harrow)
    with refused("This line is computed from facts that are held: correct those instead."):
        answer(harrow, case, "members")


def test_facts_that_are_not_held_are_attested_with_a_source_or_stay_open(harrow: Harrow):
    case = without(harrow, steps.drafted(harrow), payee=None)
    assert standing(case, "payee").word == "Not held"
    with refused("The facts are not held: say where you read that the requirement is met.", "source"):
        answer(harrow, case, "payee", note="The practice manager told me.")
    answer(harrow, case, "payee", source=harrow.report)
    assert standing(case, "payee").word == "Attested"


def test_above_50_000_the_commissioners_discretion_is_a_recorded_answer(harrow: Harrow):
    case = without(harrow, steps.drafted(harrow), stated_list_size=80779)
    with refused("Give the commissioner's reason, or where it is recorded.", "note"):
        answer(harrow, case, "population")
    assert standing(case, "population").word == "To answer"
    answer(harrow, case, "population", note="It works in two neighbourhoods.")
    assert (standing(case, "population").word, standing(case, "population").basis) == ("Met", "judged")


@pytest.mark.parametrize("said", ["not_met", "not_applicable"])
def test_any_answer_but_met_has_a_note(harrow: Harrow, said):
    case = steps.under_review(harrow)
    with refused("Say why in a note.", "note"):
        answer(harrow, case, answer=said, note=" ")
    answer(harrow, case, answer=said, note="Zain Medical Centre does not adjoin the others.")
    assert standing(case).standing == said


@pytest.mark.parametrize("said", ["", "maybe", "approved"])
def test_an_answer_that_is_none_of_the_three_is_refused(harrow: Harrow, said):
    case = steps.under_review(harrow)
    with refused("Choose an answer.", "answer"):
        answer(harrow, case, answer=said, note="Perhaps.")


def test_evidence_is_a_document_of_the_same_case(harrow: Harrow):
    case = steps.under_review(harrow)
    answer(harrow, case, evidence=[document(harrow, case)])
    assert [str(d) for d in steps.line_of(case, "contiguity").evidence.all()] == ["map.pdf"]
    other = document(harrow, make.CaseFactory.create(pcn=make.PCNFactory.create(name="Sphere PCN")))
    with refused("A document of another case can't be evidence here.", "evidence"):
        answer(harrow, case, evidence=[other])


def test_only_while_the_review_is_open(harrow: Harrow):
    case = steps.before_committee(harrow)
    with refused("The review of GP Direct PCN is not open: it is “Before committee”."):
        answer(harrow, case)


def test_who_may_not_review_may_not_answer(harrow: Harrow):
    case = steps.under_review(harrow)
    for role in ("secretary", "chair", "member", "auditor"):
        with not_allowed():
            answer(harrow, case, by=role)
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        answer(harrow, case, by="officer@havering.example")


def test_two_officers_do_not_overwrite_each_others_answers(harrow: Harrow):
    case = steps.under_review(harrow)
    seen = case.version
    answer(harrow, case, by="manager", answer="not_met", note="Zain does not adjoin.")
    with stale():
        answer(harrow, case, seen=seen)
    assert steps.line_of(case, "contiguity").answer == "not_met"


def test_an_answer_to_an_earlier_form_no_longer_counts(harrow: Harrow):
    case = steps.under_review(harrow)
    answer(harrow, case)
    case.refresh_from_db()
    move(
        case, "return_form", by=harrow.user("officer"), seen=case.version, reason="One signature is missing."
    )
    without(harrow, case, stated_list_size=34500)
    assert standing(case).is_open
    assert standing(case).is_outdated
    assert steps.line_of(case, "contiguity").answer == "met"
    assert case.lines.count() == 6


def test_the_summary_counts_what_applies_and_names_what_fails(harrow: Harrow):
    case = steps.under_review(harrow, "Harrow East PCN")
    assert str(summary_of(assess(case, clock.today()))) == "4 of 6: Population"
    answer(harrow, case, answer="not_applicable", note="One practice.")
    assert str(summary_of(assess(case, clock.today()))) == "4 of 5: Population"
    assert str(summary_of([])) == "Not opened"


def test_no_line_is_left_out_by_going_through_them_one_at_a_time(harrow: Harrow):
    case = steps.answer_everything(harrow, steps.under_review(harrow))
    assert {a.standing for a in assess(case, clock.today())} == {"met"}
    assert Line.objects.filter(case=case).exclude(answer="").count() == 1
    assert Case.objects.get(pk=case.pk).version == case.version
