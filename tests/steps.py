"""A registration brought to each stage by the verbs that the pages call.

GP Direct PCN (34,406 patients) meets every line; Harrow East PCN (28,619) is below 30,000.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pcnportal import clock
from pcnportal.people.roles import RoleName
from registry.checklist import assess
from registry.models import PCN, Case, Condition, Decision, Line
from registry.workflow import move
from registry.workflow.forms import edit_form, start_case
from registry.workflow.outcomes import decision_in_force
from registry.workflow.reviewing import answer_line, record_departure, send_departure
from tests import factories as make
from tests.harrow import EAST, GP_DIRECT, Harrow
from tests.remembered import remembered

SIZES = {"GP Direct PCN": 34406, "Harrow East PCN": 28619}
DIRECTORS = {"E84058": "Dr Shahla Ahmad", "E84039": "Dr Meena Thakur"}
REASONS = ["Good working relationships serve patients."]
DAYS = {
    "submit": make.FORMS_DUE,
    "open_review": date(2019, 5, 16),
    "recommend": date(2019, 5, 17),
    "put_on_agenda": date(2019, 5, 17),
    "approve": make.COMMITTEE_DAY,
    "defer": make.COMMITTEE_DAY,
    "put_before_panel": make.COMMITTEE_DAY,
    "endorse": make.PANEL_DAY,
    "confirm": make.CONFIRM_BY,
    "go_live": make.GO_LIVE,
}


def form(harrow: Harrow, codes: Mapping[str, str] = GP_DIRECT, size: int = 34406) -> dict[str, Any]:
    """A form on which everything is held: every signature, one director, the payee."""
    first = harrow.practice(next(iter(codes)))
    return {
        "fields": {
            "received_on": make.FORMS_DUE,
            "stated_list_size": size,
            "stated_as_at": make.JANUARY,
            "payee": first.organisation,
            "source": harrow.report,
        },
        "members": [
            {"code": harrow.practice(code).organisation.code, "signed_on": date(2019, 5, 10)}
            for code in codes
        ],
        "directors": [
            {"name": DIRECTORS[first.organisation.code or ""], "practice": first.organisation.code}
        ],
    }


@remembered
def drafted(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    """A filled-in form that was not submitted yet."""
    with clock.at(DAYS["submit"]):
        pcn = PCN.objects.filter(organisation__name=name).first() or make.PCNFactory.create(name=name)
        case = start_case(by=harrow.user("officer"), commissioner=harrow.ccg, round=harrow.round, pcn=pcn)
        codes = EAST if name == "Harrow East PCN" else GP_DIRECT
        edit_form(
            case, by=harrow.user("officer"), seen=case.version, **form(harrow, codes, SIZES.get(name, 34406))
        )
    return case


def do(harrow: Harrow, case: Case, verb: str, by: str, **facts: Any) -> Case:
    """The verb on the day on which Harrow did it; gives the case."""
    with clock.at(DAYS[verb]):
        case.refresh_from_db()
        move(case, verb, by=harrow.user(by), seen=case.version, **facts)
    return case


@remembered
def received(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    return do(harrow, drafted(harrow, name), "submit", "officer")


@remembered
def under_review(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    return do(harrow, received(harrow, name), "open_review", "officer")


def line_of(case: Case, key: str) -> Line:
    return Line.objects.select_related("case__commissioner").get(case=case, key=key)


def answer_everything(harrow: Harrow, case: Case) -> Case:
    """Answer what a person answers as met, and send a departure for what is computed as not met."""
    officer = harrow.user("officer")
    for assessed in assess(case, clock.today()):
        line = line_of(case, assessed.line.key)
        if assessed.takes_an_answer:
            answer_line(
                line,
                by=officer,
                seen=line.case.version,
                answer="met",
                note="Discussed.",
                source=harrow.report,
            )
        elif assessed.is_failing:
            departure = record_departure(
                line, by=officer, seen=line.case.version, reason="A natural community."
            )
            send_departure(departure, by=officer, seen=departure.line.case.version, sent_on=None)
    case.refresh_from_db()
    return case


@remembered
def recommended(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    case = under_review(harrow, name)
    with clock.at(DAYS["recommend"]):
        answer_everything(harrow, case)
    return do(harrow, case, "recommend", "officer", reasons=REASONS)


@remembered
def before_committee(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    case = recommended(harrow, name)
    with clock.at(DAYS["put_on_agenda"]):
        meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    return do(harrow, case, "put_on_agenda", "secretary", meeting=meeting)


@remembered
def approved(
    harrow: Harrow, name: str = "GP Direct PCN", conditions: Sequence[Mapping[str, Any]] = ()
) -> Case:
    case = before_committee(harrow, name)
    return do(harrow, case, "approve", "secretary", reasons=REASONS, conditions=conditions, **harrow.quorum)


@remembered
def before_panel(harrow: Harrow, name: str = "GP Direct PCN", **approval: Any) -> Case:
    case = approved(harrow, name, **approval)
    with clock.at(DAYS["put_before_panel"]):
        meeting = harrow.meeting(harrow.panel, make.PANEL_DAY)
    return do(harrow, case, "put_before_panel", "secretary", meeting=meeting)


@remembered
def endorsed(harrow: Harrow, name: str = "GP Direct PCN", **approval: Any) -> Case:
    case = before_panel(harrow, name, **approval)
    return do(harrow, case, "endorse", "secretary", reasons=REASONS, **harrow.quorum)


@remembered
def confirmed(harrow: Harrow, name: str = "GP Direct PCN", **approval: Any) -> Case:
    return do(harrow, endorsed(harrow, name, **approval), "confirm", "manager")


@remembered
def live(harrow: Harrow, name: str = "GP Direct PCN", **approval: Any) -> Case:
    return do(harrow, confirmed(harrow, name, **approval), "go_live", "manager")


def wanted(harrow: Harrow, **other: Any) -> dict[str, Any]:
    """A condition as the committee sets it; `other` replaces parts of it."""
    return {
        "text": "Assure the committee that the network is resilient and sustainable.",
        "reason": "The network holds fewer than 30,000 patients.",
        "timing": Condition.Timing.BEFORE,
        "owner_organisation": harrow.practice("E84058").organisation,
        "due_on": date(2019, 6, 30),
        "evidence_wanted": "An assurance document",
        "discharge_role": RoleName.CHAIR,
    } | other


@remembered
def information_requested(harrow: Harrow, name: str = "GP Direct PCN") -> Case:
    case = before_committee(harrow, name)
    with clock.at(make.COMMITTEE_DAY):
        move(
            case,
            "request_information",
            by=harrow.user("secretary"),
            seen=case.version,
            reasons=["The map is unclear."],
            **harrow.quorum,
        )
    return case


def decision_of(case: Case) -> Decision:
    """The committee's decision that stands."""
    made = decision_in_force(case)
    assert made is not None
    return made
