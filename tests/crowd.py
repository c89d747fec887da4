"""Many rows of everything: what the cost of pages is measured with."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from governance.models import Withdrawal
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.models import Succession
from registry.models import (
    PCN,
    Case,
    ClinicalDirector,
    Commitment,
    Condition,
    Decision,
    Departure,
    Document,
    DueDateChange,
    Evidence,
    ImportRun,
    Line,
    Membership,
    NominatedPayee,
    PCNMatch,
    Recommendation,
    Status,
    SubmittedDirector,
)
from registry.workflow.letters import issue
from tests import factories as make
from tests.findings.making import finding
from tests.harrow import Harrow

NUMBERS = count(1)
RULES = ("members", "population", "signatures", "directors", "payee", "")


@transaction.atomic
def crowd(harrow: Harrow, how_many: int) -> list[Case]:
    """That many registrations, each with one of everything; one before the committee."""
    return [one_more(harrow, number) for number in range(how_many)]


def one_more(harrow: Harrow, number: int) -> Case:
    case = make.CaseFactory.create(pcn__name=f"PCN {next(NUMBERS)}", round=harrow.round)
    make.ListSizeFactory.create(organisation=case.pcn.organisation, patients=34406, source=harrow.report)
    for rule in RULES:
        add_line(case, rule)
    add_everything(harrow, case, 1)
    stage(case, Status.BEFORE_COMMITTEE if number == 0 else Status.APPROVED)
    finding(case.pcn, harrow.ccg)
    add_match(harrow, case.pcn)
    return case


def add_match(harrow: Harrow, pcn: PCN) -> PCNMatch:
    """A file that waits to be applied, and a row of it that may be the PCN."""
    number = pcn.pk
    run = ImportRun.objects.create(
        kind="epcn", file_name="ePCN.xlsx", stated_on=make.JANUARY, sha256=f"{number:064}", size=1,
        by=harrow.user("admin"), read_at=clock.now(), counts={"new": 1},
    )  # fmt: skip
    return PCNMatch.objects.create(
        run=run, pcn=pcn, code=f"U{number:05}", name=pcn.organisation.name.upper(),
        shared=1, held=1, named=2, has_same_name=True, has_same_commissioner=True,
    )  # fmt: skip


def stage(case: Case, status: str) -> None:
    """The case in that stage, past the workflow, which has its own tests."""
    Case.objects.filter(pk=case.pk).update(status=status)


def add_line(case: Case, rule: str) -> None:
    figures = {"minimum": 30000, "maximum": 50000} if rule == "population" else {}
    position = case.lines.count() + 1
    Line.objects.create(
        case=case,
        position=position,
        section="National",
        key=rule or f"answered-{position}",
        title=f"Line {position}",
        requirement="As the contract says.",
        rule=rule,
        parameters=figures,
    )


@transaction.atomic
def add_everything(harrow: Harrow, case: Case, times: int) -> None:
    """One more of all that a registration has, that many times."""
    for _ in range(times):
        number = next(NUMBERS)
        add_form(harrow, case, number)
        add_decisions(harrow, case, number)
        record(harrow.user("officer"), "submit", case, "Because.")
        record(harrow.user("officer"), "answered", case.lines.all()[0], whole=case)


def add_form(harrow: Harrow, case: Case, number: int) -> None:
    """A new version of the form with all that the last one held, and one more of each."""
    last, officer = case.current, harrow.user("officer")
    case.current = make.SubmissionFactory.create(
        case=case,
        number=last.number + 1 if last else 1,
        received_on=make.FORMS_DUE,
        stated_list_size=34406,
        stated_as_at=make.JANUARY,
        source=harrow.report,
        is_submitted=True,
    )
    case.save(update_fields=["current"])
    if last:
        last.members.update(submission=case.current)
        last.directors.update(submission=case.current)
    practice = make.PracticeFactory.create(code=f"E{80000 + number}", name=f"Surgery {number}")
    person = make.PersonFactory.create(name=f"Dr {number}", organisation=practice.organisation)
    make.SubmittedMemberFactory.create(submission=case.current, practice=practice, signed_on=make.FORMS_DUE)
    SubmittedDirector.objects.create(submission=case.current, person=person, practice=practice)
    held = {"pcn": case.pcn, "case": case, "starts_on": make.JANUARY, "source": harrow.report}
    Membership.objects.create(practice=practice, **held)
    ClinicalDirector.objects.create(person=person, practice=practice, **held)
    NominatedPayee.objects.create(organisation=practice.organisation, **held)
    for months in (0, 31):
        make.ListSizeFactory.create(
            organisation=practice.organisation,
            as_at=make.JANUARY + timedelta(days=months),
            source=harrow.report,
        )
    Recommendation.objects.create(
        case=case, submission=case.current, outcome="approve", reasons=["Because."], made_by=officer
    )
    document = Document(
        case=case, kind="map", name="map.png", token=f"{number:032}", media_type="image/png", size=1,
        sha256="0" * 64, uploaded_by=officer, submission=case.current,
    )  # fmt: skip
    document.file.save("unused", ContentFile(b"0"), save=False)
    document.save()
    for line in case.lines.filter(rule=""):
        Line.objects.filter(pk=line.pk).update(
            answer="met", answered_by=officer, answered_for=case.current, source=harrow.report
        )
        line.evidence.add(document)
    for line in case.lines.exclude(rule=""):
        Departure.objects.create(
            line=line, submission=case.current, reason="Because.", region=harrow.havering, is_sent=True
        )


def add_decisions(harrow: Harrow, case: Case, number: int) -> None:
    """The committee's approval with a condition and all that follows from it, and the panel's endorsement."""
    for body in (harrow.committee, harrow.panel):
        meeting = make.MeetingFactory.create(
            body=body, commissioner=harrow.ccg, held_on=date(2018, 1, 1) + timedelta(days=number)
        )
        held = make.AgendaItemFactory.create(meeting=meeting, position=1, title=str(case), subject=case)
        decision = decide(harrow, case, held, "approved" if body == harrow.committee else "endorsed")
        if body == harrow.committee:
            add_condition(harrow, decision, 1)
        issue(decision, harrow.user("manager"))
    # On the agenda of the meeting of the day, undecided.
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    make.AgendaItemFactory.create(
        meeting=meeting, position=meeting.items.count() + 1, title=str(case), subject=case
    )


def add_people(harrow: Harrow, times: int) -> None:
    """People who came to the committee of the day, and some who withdrew from its first item; successions."""
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    for _ in range(times):
        number = next(NUMBERS)
        stayed, left = (make.PersonFactory.create(name=f"{who} {number}") for who in ("Lay", "Dr"))
        for person in (stayed, left):
            make.AttendanceFactory.create(meeting=meeting, person=person)
        Withdrawal.objects.create(item=meeting.items.all()[0], person=left, reason="An interest.")
        before, after = (make.OrganisationFactory.create(name=f"NHS {number} {of}") for of in ("CCG", "ICB"))
        one = before if harrow.ccg.successions.exists() else harrow.ccg
        Succession.objects.create(predecessor=one, successor=after, kind="succeeded", on=date(2021, 4, 1))


def decide(harrow: Harrow, case: Case, item: Any, outcome: str) -> Decision:
    return Decision.objects.create(
        case=case,
        submission=case.submissions.latest("number"),
        body=item.meeting.body,
        item=item,
        outcome=outcome,
        reasons=["Because."],
        decided_on=item.meeting.held_on,
        recorded_by=harrow.user("secretary"),
        quorum_basis="attested",
        quorum_note="The report says so.",
        quorum_source=harrow.report,
        source=harrow.report,
    )


def add_condition(harrow: Harrow, decision: Decision, number: int) -> Condition:
    """An open condition with two pieces of evidence, two agreements and a date that moved twice."""
    officer = harrow.user("officer")
    condition = Condition.objects.create(
        decision=decision,
        case=decision.case,
        number=number,
        text="Show it.",
        reason="Because.",
        timing="after",
        owner_organisation=decision.case.pcn.organisation,
        due_on=date(2019, 9, 30),
        evidence_wanted="A paper",
        discharge_role="chair",
    )
    add_answers(harrow, condition)
    record(officer, "set", condition, whole=decision.case)
    return condition


def add_answers(harrow: Harrow, condition: Condition, times: int = 1) -> None:
    """Evidence with a document, an agreement with a party, another date and an event, that many times."""
    officer, case = harrow.user("officer"), condition.case
    for _ in range(times):
        Evidence.objects.create(
            condition=condition,
            text="A paper",
            submitted_by=officer,
            source=harrow.report,
            document=case.documents.all()[0],
        )
        agreement = Commitment.objects.create(
            case=case, condition=condition, kind="mou", text="To serve", promised_by="A", source=harrow.report
        )
        agreement.parties.add(case.pcn.organisation, *parties(case))
        DueDateChange.objects.create(
            condition=condition, new=date(2019, 9, 30), reason="Because.", by=harrow.user("secretary")
        )
        with transaction.atomic():
            record(officer, "extended", condition, "Because.", whole=case)


def parties(case: Case) -> Iterable[Any]:
    """Two other PCNs that were approved on a condition, where there are."""
    others = Case.objects.exclude(pk=case.pk).filter(conditions__isnull=False).distinct().order_by("pk")[:2]
    return [other.pcn.organisation for other in others]
