"""A registration that is pushed about: by the right people and the wrong ones, in any order, on any day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pcnportal import clock
from pcnportal.refusals import Refused
from registry.checklist import assess
from registry.models import Case, Condition, Departure, Status
from registry.workflow import TRANSITIONS, move
from registry.workflow.conditions import judge, submit_evidence, waive
from registry.workflow.forms import edit_form
from registry.workflow.outcomes import decision_in_force, item_for
from registry.workflow.replacing import STAGE, endorsement_in_force, replaceable
from registry.workflow.reviewing import answer_line, record_departure, record_reply, send_departure
from tests import factories as make
from tests import steps
from tests.claims import everything
from tests.harrow import Harrow

TEAM = ("officer", "manager", "secretary", "chair", "member", "officer@havering.example")
OFFICERS = (
    "submit",
    "open_review",
    "return_form",
    "resume_review",
    "review_again",
    "withdraw",
    "member_withdraws",
    "recommend",
)
STRAIGHT_ON = {
    Status.RECEIVED: "open_review",
    Status.INFORMATION_REQUESTED: "resume_review",
    Status.BEFORE_COMMITTEE: "approve",
    Status.ENDORSED: "confirm",
    Status.CONFIRMED: "go_live",
}


def usual(verb: str) -> str:
    """Who does that as a rule."""
    if verb in ("confirm", "go_live"):
        return "manager"
    return "officer" if verb in OFFICERS else "secretary"


@dataclass
class Walk:
    """One registration of GP Direct PCN, on a day that only moves forwards."""

    harrow: Harrow
    case: Case
    day: date = make.FORMS_DUE
    done: list[str] = field(default_factory=list)

    def fresh(self) -> Case:
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    def attempt(self, act: Any, name: str) -> bool:
        """Do it on the walk's day. A refusal has to leave every row as it was."""
        before = everything()
        try:
            with clock.at(self.day):
                act()
        except Refused:
            assert everything() == before, f"{name} was refused and wrote all the same"
            return False
        self.done.append(name)
        return True

    def verb(self, verb: str, by: str = "", choice: int = 0, late: int = 0) -> bool:
        case = self.fresh()
        user = self.harrow.user(by or usual(verb))
        facts = self.facts(verb, choice)
        return self.attempt(
            lambda: move(Case.objects.get(pk=case.pk), verb, by=user, seen=case.version - late, **facts), verb
        )

    def facts(self, verb: str, choice: int) -> dict[str, Any]:
        """What goes with a verb; some choices are wrong on purpose."""
        harrow, decided = self.harrow, {"reasons": ["", *steps.REASONS]} | self.harrow.quorum
        coming = self.day + timedelta(choice % 4 - 1)
        if verb in ("put_on_agenda", "put_before_panel"):
            body = harrow.panel if (verb == "put_before_panel") != (choice % 7 == 6) else harrow.committee
            return {"meeting": harrow.meeting(body, coming)}
        if verb == "defer":
            return decided | {"meeting": harrow.meeting(harrow.committee, coming)}
        if verb == "approve":
            asked = [steps.wanted(harrow, due_on=date(2020, 1, 1), timing=t) for t in ("before", "after")]
            return decided | {"conditions": asked[: choice % 3]}
        if verb in ("not_approve", "request_information", "endorse", "decline_endorsement"):
            return decided
        if verb == "recommend":
            return {"reasons": steps.REASONS, "outcome": "not_approve" if choice % 5 == 4 else "approve"}
        if verb == "member_withdraws":
            return {"reason": "It wrote.", "practice": harrow.practice("E84062")}
        if verb == "replace":
            return self.replacement(choice)
        return {"reason": "" if choice % 6 == 5 else "As minuted."}

    def replacement(self, choice: int) -> dict[str, Any]:
        decisions = [*replaceable(self.case), decision_in_force(self.case), endorsement_in_force(self.case)]
        outcomes = list(STAGE)
        facts = {"reason": "The minutes say otherwise.", "reasons": steps.REASONS} | self.harrow.quorum
        chosen = decisions[choice % 2] or decisions[0] or self.case.decisions.first()
        outcome = outcomes[choice % 6]
        later = self.harrow.meeting(self.harrow.committee, self.day + timedelta(choice % 4))
        meeting = {"meeting": later} if outcome == "defer" else {}
        return facts | meeting | {"decision": chosen, "outcome": outcome}

    def proceed(self, choice: int = 0) -> None:
        """The next step of a registration that gets on."""
        case = self.fresh()
        if case.review_wanted_because and case.status in (Status.APPROVED, Status.ENDORSED, Status.CONFIRMED):
            self.verb("review_again")
        elif case.status in (Status.DRAFT, Status.RETURNED, Status.NOT_APPROVED):
            self.fill_in()
            self.verb("submit")
        elif case.status == Status.UNDER_REVIEW:
            self.review(choice)
        elif case.status == Status.APPROVED:
            self.before_the_panel(choice)
        elif case.status in STRAIGHT_ON:
            self.prepare(choice)
            self.verb(STRAIGHT_ON[Status(case.status)], choice=choice)

    def prepare(self, choice: int) -> None:
        """What a careful person sees to before the next step; who is careless leaves out this or that."""
        if choice % 4 != 3:
            self.wait_for(item_for(self.case, self.harrow.committee))
        if self.case.status == Status.CONFIRMED:
            self.day = max(self.day, make.GO_LIVE)
            if choice % 5 != 4:
                self.close_conditions()

    def open_verb(self, choice: int) -> None:
        """Any verb that the stage leaves open."""
        status = self.fresh().status
        verbs = [verb for verb, transition in TRANSITIONS.items() if status in transition.source]
        if verbs:
            self.verb(verbs[choice % len(verbs)], choice=choice // len(verbs))

    def wait_for(self, item: Any) -> None:
        if item:
            self.day = max(self.day, item.meeting.held_on)

    def before_the_panel(self, choice: int) -> None:
        item = item_for(self.case, self.harrow.panel)
        if choice % 5 == 4:
            self.verb("confirm")
        elif item is None:
            self.verb("put_before_panel", choice=choice % 3 + 1)
        else:
            self.wait_for(item)
            self.verb("endorse")

    def fill_in(self) -> None:
        typed = steps.form(self.harrow)
        typed["fields"]["received_on"] = self.day
        case, officer = self.fresh(), self.harrow.user("officer")
        self.attempt(lambda: edit_form(case, by=officer, seen=case.version, **typed), "fill in")

    def review(self, choice: int) -> None:
        if choice % 6 != 5:
            self.answer_all()
        if not self.fresh().recommendations.filter(submission=self.case.current_id).exists():
            self.verb("recommend")
        else:
            self.verb("put_on_agenda", choice=choice % 3 + 1)

    def answer_all(self) -> None:
        officer = self.harrow.user("officer")
        for assessed in assess(self.fresh(), self.day):
            line = steps.line_of(self.case, assessed.line.key)
            facts = {"by": officer, "seen": line.case.version}
            if assessed.is_open:
                given = {"answer": "met", "note": "Seen.", "source": self.harrow.report}
                self.attempt(lambda line=line, facts=facts | given: answer_line(line, **facts), "answer")
            elif assessed.is_failing and not Departure.objects.filter(line=line).exists():
                self.attempt(
                    lambda line=line, facts=facts: send_departure(
                        record_departure(line, reason="Small.", **facts),
                        by=officer,
                        seen=line.case.version,
                        sent_on=None,
                    ),
                    "depart",
                )

    def region_answers(self, choice: int) -> None:
        departure = Departure.objects.filter(line__case=self.case).select_related("line__case").first()
        if departure:
            said, seen = ("agreed", "refused")[choice % 2], departure.line.case.version
            officer = self.harrow.user("officer")
            self.attempt(lambda: record_reply(departure, by=officer, seen=seen, reply=said), "reply")

    def condition(self, choice: int) -> Condition | None:
        found = list(Condition.objects.filter(case=self.case).select_related("case"))
        return found[choice % len(found)] if found else None

    def close_conditions(self) -> None:
        for asked in Condition.objects.filter(case=self.case, result="").select_related("case"):
            self.hand_in(asked)
            self.judge(Condition.objects.select_related("case").get(pk=asked.pk), 0)

    def hand_in(self, asked: Condition | None) -> None:
        if asked:
            by, seen = self.harrow.user("officer"), asked.case.version
            self.attempt(lambda: submit_evidence(asked, by=by, seen=seen, text="Here."), "evidence")

    def judge(self, asked: Condition | None, choice: int) -> None:
        if asked:
            by, seen = self.harrow.user("chair"), asked.case.version
            said = ("met", "not_satisfied")[choice % 2]
            self.attempt(lambda: judge(asked, by=by, seen=seen, judgement=said, note="Read."), "judge")

    def waive(self, asked: Condition | None) -> None:
        if asked:
            by, seen = self.harrow.user("secretary"), asked.case.version
            item = asked.decision.item
            self.attempt(
                lambda: waive(asked, by=by, seen=seen, reason="Gone.", item=item, **self.harrow.quorum),
                "waive",
            )
