"""For each verb of a case: a case to which it may be done, who does it, with what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pcnportal import clock
from registry.models import Case
from registry.workflow import move
from registry.workflow.outcomes import decision_in_force
from tests import factories as make
from tests import steps
from tests.harrow import Harrow

WHY = {"reason": "The practices asked for it."}
LATER = date(2019, 6, 17)


@dataclass
class Ready:
    """A verb that may be done; `go` does it."""

    verb: str
    case: Case
    by: str
    facts: dict[str, Any] = field(default_factory=dict)
    day: date = make.COMMITTEE_DAY

    def go(self, harrow: Harrow, **other: Any) -> Case:
        facts: dict[str, Any] = {"by": harrow.user(self.by), "seen": self.case.version} | self.facts | other
        with clock.at(self.day):
            return move(self.case, self.verb, **facts)


def answered(harrow: Harrow) -> Case:
    return steps.answer_everything(harrow, steps.under_review(harrow))


def meeting(body: str, day: date) -> Callable[[Harrow, Case], dict[str, Any]]:
    return lambda harrow, _case: {"meeting": harrow.meeting(getattr(harrow, body), day)}


def why(_harrow: Harrow, _case: Case) -> dict[str, Any]:
    return dict(WHY)


def nothing(_harrow: Harrow, _case: Case) -> dict[str, Any]:
    return {}


def decided(harrow: Harrow, _case: Case) -> dict[str, Any]:
    return {"reasons": list(steps.REASONS)} | harrow.quorum


def deferred(harrow: Harrow, case: Case) -> dict[str, Any]:
    return decided(harrow, case) | meeting("committee", LATER)(harrow, case)


def one_leaves(harrow: Harrow, _case: Case) -> dict[str, Any]:
    return WHY | {"practice": harrow.practice("E84062")}


def replaced(harrow: Harrow, case: Case) -> dict[str, Any]:
    return WHY | decided(harrow, case) | {"decision": decision_in_force(case), "outcome": "not_approve"}


Recipe = tuple[Callable[[Harrow], Case], str, Callable[[Harrow, Case], dict[str, Any]]]
RECIPES: dict[str, Recipe] = {
    "submit": (steps.drafted, "officer", nothing),
    "open_review": (steps.received, "officer", nothing),
    "return_form": (steps.under_review, "officer", why),
    "recommend": (answered, "officer", lambda *_: {"reasons": list(steps.REASONS)}),
    "put_on_agenda": (steps.recommended, "secretary", meeting("committee", make.COMMITTEE_DAY)),
    "take_off_agenda": (steps.before_committee, "secretary", why),
    "approve": (steps.before_committee, "secretary", decided),
    "not_approve": (steps.before_committee, "secretary", decided),
    "request_information": (steps.before_committee, "secretary", decided),
    "defer": (steps.before_committee, "secretary", deferred),
    "resume_review": (steps.information_requested, "officer", why),
    "put_before_panel": (steps.approved, "secretary", meeting("panel", make.PANEL_DAY)),
    "endorse": (steps.before_panel, "secretary", decided),
    "decline_endorsement": (steps.before_panel, "secretary", decided),
    "confirm": (steps.endorsed, "manager", nothing),
    "go_live": (steps.confirmed, "manager", nothing),
    "withdraw": (steps.received, "officer", why),
    "member_withdraws": (steps.approved, "officer", one_leaves),
    "review_again": (steps.approved, "officer", why),
    "replace": (steps.approved, "secretary", replaced),
}
PLAYED = {"decline_endorsement": make.PANEL_DAY} | {
    verb: day for verb, day in steps.DAYS.items() if verb in ("endorse", "confirm", "go_live")
}


def ready(harrow: Harrow, verb: str) -> Ready:
    bring, by, facts = RECIPES[verb]
    case = bring(harrow)
    return Ready(verb, case, by, facts(harrow, case), PLAYED.get(verb, make.COMMITTEE_DAY))
