"""Harrow's registrations of 2019, as the board report of June 2019 tells them (its Appendix 1).

A step plays on the last day by which the report says it had happened; where the report gives no day for it,
the step is not dated, and the portal shows none.
"""

from datetime import date
from typing import Any

from governance.models import Body, Meeting
from governance.workflow.meetings import plan_meeting
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User
from registry.checklist import assess
from registry.models import PCN, Case, Line, Practice, Recommendation, Round, Submission
from registry.workflow import move
from registry.workflow.conditions import judge, record_commitment, submit_evidence
from registry.workflow.forms import edit_form, start_case
from registry.workflow.reviewing import answer_line, record_departure, send_departure

from .hammersmith_fulham import note_the_report
from .harrow_boards import adopt_as_working_model
from .harrow_facts import (
    AS_RECOMMENDED,
    ATTESTED,
    COLLABORATIVE,
    CONDITIONS,
    EAST,
    FORMS,
    QUORUM,
    REASONS,
    REPORT,
    promises,
)
from .harrow_partnership import agree, plan_partnership_meeting, tell
from .steps import Step


def _user(users: dict[str, User], role: str) -> User:
    return users[f"{role}@harrow.example"]


def _report() -> Source:
    return Source.objects.get(slug=REPORT)


def _harrow() -> Organisation:
    return Organisation.objects.get(code="08E")


def cases() -> list[Case]:
    """Harrow's registrations in the order of the report."""
    found = {case.pcn.organisation.slug: case for case in Case.objects.filter(commissioner=_harrow())}
    return [found[slug] for slug in FORMS]


def receive_forms(users: dict[str, User]) -> None:
    officer, round_, report = _user(users, "officer"), Round.objects.get(year="2019/20"), _report()
    for slug, (codes, directors) in FORMS.items():
        pcn = PCN.objects.get(organisation__slug=slug)
        stated = pcn.organisation.list_sizes.get(source=report, as_at=round_.list_size_on)
        case = start_case(by=officer, commissioner=pcn.commissioner, round=round_, pcn=pcn)
        edit_form(
            case,
            by=officer,
            seen=case.version,
            fields={
                "received_on": round_.deadline,
                "received_precision": Submission.Precision.BY,
                "stated_list_size": int(stated.patients),
                "stated_as_at": round_.list_size_on,
                "source": report,
            },
            members=[{"code": code} for code in codes.split()],
            directors=[{"name": name, "practice": code} for name, code in directors],
        )
        move(case, "submit", by=officer, seen=case.version)


def plan_meetings(users: dict[str, User]) -> None:
    secretary = _user(users, "secretary")
    for slug, day in (
        ("harrow-primary-care-commissioning-committee", date(2019, 5, 20)),
        ("north-west-london-hcp-panel", date(2019, 5, 24)),
    ):
        plan_meeting(
            Body.objects.get(slug=slug), by=secretary, commissioner=_harrow(), held_on=day, source=_report()
        )


def review(users: dict[str, User]) -> None:
    officer, secretary = _user(users, "officer"), _user(users, "secretary")
    committee = Meeting.objects.get(body__slug="harrow-primary-care-commissioning-committee")
    for case in cases():
        move(case, "open_review", by=officer, seen=case.version)
        _answer(case, officer)
        for assessed in assess(case, clock.today()):
            if assessed.is_failing:
                departure = record_departure(
                    assessed.line, by=officer, seen=_version(case), reason=" ".join(REASONS)
                )
                send_departure(departure, by=officer, seen=_version(case), sent_on=None)
        move(
            case,
            "recommend",
            by=officer,
            seen=_version(case),
            outcome=Recommendation.Outcome.APPROVE,
            reasons=REASONS,
            source=_report(),
        )
        move(case, "put_on_agenda", by=secretary, seen=_version(case), meeting=committee)


def _version(case: Case) -> int:
    case.refresh_from_db()
    return case.version


def _answer(case: Case, officer: User) -> None:
    for assessed in assess(case, clock.today()):
        if not assessed.takes_an_answer:
            continue
        answer, note = Line.Answer.MET, ATTESTED
        if assessed.line.key == "contiguity" and case.pcn.organisation.slug == COLLABORATIVE:
            answer = Line.Answer.NOT_MET
            note = "Zain Medical Centre does not adjoin the rest of the network."
        elif assessed.line.key == "community-view":
            note = "Community providers were widely consulted and raised no objection."
        line = assessed.line
        line.case = case
        answer_line(line, by=officer, seen=_version(case), answer=answer, note=note, source=_report())


def decide(users: dict[str, User]) -> None:
    secretary, report = _user(users, "secretary"), _report()
    for case in cases():
        move(
            case,
            "approve",
            by=secretary,
            seen=case.version,
            reasons=AS_RECOMMENDED,
            conditions=CONDITIONS.get(case.pcn.organisation.slug, lambda _case: [])(case),
            quorum_note=QUORUM,
            quorum_source=report,
            source=report,
        )


def answer_the_conditions(users: dict[str, User]) -> None:
    """What went to the panel on 24 May 2019 in answer to the committee's two conditions."""
    officer, report = _user(users, "officer"), _report()
    by_slug = {case.pcn.organisation.slug: case for case in cases()}
    east, collaborative = by_slug[EAST], by_slug[COLLABORATIVE]
    submit_evidence(
        east.conditions.get(),
        by=officer,
        seen=east.version,
        text="Harrow East PCN’s assurance document on its sustainability and resilience went to the panel.",
        source=report,
    )
    zain = Practice.objects.get(organisation__code="E84653").organisation
    savita = Practice.objects.get(organisation__code="E84681").organisation
    shared: dict[str, Any] = {
        "condition": collaborative.conditions.get(),
        "promised_by": "Zain Medical Centre (Dr M Shahzad)",
        "reported_on": clock.today(),
        "source": report,
    }
    for promise in promises(zain, savita, east.pcn.organisation):
        record_commitment(collaborative, by=officer, seen=_version(collaborative), **(shared | promise))


def put_before_panel(users: dict[str, User]) -> None:
    panel = Meeting.objects.get(body__slug="north-west-london-hcp-panel")
    for case in cases():
        move(case, "put_before_panel", by=_user(users, "secretary"), seen=case.version, meeting=panel)


def endorse(users: dict[str, User]) -> None:
    secretary, report = _user(users, "secretary"), _report()
    quorum: dict[str, Any] = {"quorum_note": QUORUM, "quorum_source": report, "source": report}
    reason = "The assurance given and the commissioner’s submission as a whole"
    for case in cases():
        move(case, "endorse", by=secretary, seen=case.version, reasons=[reason], **quorum)
        if case.pcn.organisation.slug == EAST:
            judge(
                case.conditions.get(),
                by=secretary,
                seen=case.version,
                judgement="met",
                note="The panel endorsed the registration on the strength of the assurance document.",
                item=case.decisions.get(outcome="endorsed").item,
                **quorum,
            )


def confirm(users: dict[str, User]) -> None:
    for case in cases():
        move(case, "confirm", by=_user(users, "manager"), seen=case.version)


def go_live(users: dict[str, User]) -> None:
    for case in cases():
        move(case, "go_live", by=_user(users, "manager"), seen=case.version)


STEPS = (
    Step(date(2019, 5, 15), receive_forms, by_morning=True, dated=False),
    Step(date(2019, 5, 16), plan_meetings, by_morning=True, dated=False),
    Step(date(2019, 5, 20), review, by_morning=True, dated=False),
    Step(date(2019, 5, 20), decide),
    Step(date(2019, 5, 24), put_before_panel, by_morning=True, dated=False),
    Step(date(2019, 5, 24), answer_the_conditions, by_morning=True),
    Step(date(2019, 5, 24), endorse),
    Step(date(2019, 5, 31), confirm, by_morning=True, dated=False),
    Step(date(2019, 6, 18), plan_partnership_meeting, by_morning=True, dated=False),
    Step(date(2019, 6, 18), agree),
    Step(date(2019, 6, 18), adopt_as_working_model),
    # The board report is of June 2019; the minutes speak of 1 July 2019 as of a day to come.
    Step(date(2019, 6, 30), tell, by_morning=True, dated=False),
    Step(date(2019, 6, 30), note_the_report, by_morning=True, dated=False),
    Step(date(2019, 7, 1), go_live, by_morning=True),
)


def replay(users: dict[str, User], until: date) -> None:
    """Play every step that has happened by the morning of `until`."""
    for step in STEPS:
        if step.day < until or (step.by_morning and step.day == until):
            with clock.at(step.day, dated=step.dated):
                step.play(users)


__all__ = ["STEPS", "replay"]
