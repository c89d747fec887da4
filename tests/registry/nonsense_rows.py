"""Rows of the registry that are in order, and of which a test changes a part into nonsense."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from registry import models as m
from tests import factories as make

DAY = date(2019, 5, 20)


class Rows:
    """Each method gives a function that writes one row; what it stands on is there by then."""

    @cached_property
    def case(self) -> m.Case:
        case = make.CaseFactory.create()
        case.current = make.SubmissionFactory.create(case=case, is_submitted=True)
        case.save()
        return case

    @cached_property
    def user(self) -> Any:
        return make.UserFactory.create()

    @cached_property
    def practice(self) -> m.Practice:
        return make.PracticeFactory.create()

    @cached_property
    def person(self) -> Any:
        return make.PersonFactory.create()

    @cached_property
    def source(self) -> Any:
        return make.SourceFactory.create()

    @cached_property
    def item(self) -> Any:
        return make.AgendaItemFactory.create()

    def of(self, model: Any, given: dict[str, Any], **changes: Any) -> Any:
        return lambda: model.objects.create(**(given | changes))

    def period(self, **changes: Any) -> Any:
        return self.of(m.PCNPeriod, {"pcn": self.case.pcn, "status": "live"}, **changes)

    def membership(self, **changes: Any) -> Any:
        return self.of(m.Membership, {"pcn": self.case.pcn, "practice": self.practice}, **changes)

    def director(self, **changes: Any) -> Any:
        return self.of(m.ClinicalDirector, {"pcn": self.case.pcn, "person": self.person}, **changes)

    def payee(self, **changes: Any) -> Any:
        given = {"pcn": self.case.pcn, "organisation": self.practice.organisation}
        return self.of(m.NominatedPayee, given, **changes)

    def size(self, **changes: Any) -> Any:
        given = {"organisation": self.practice.organisation, "kind": "registered", "as_at": DAY}
        return self.of(m.ListSize, given | {"patients": Decimal(1), "source": self.source}, **changes)

    def registration(self, **changes: Any) -> Any:
        given = {"pcn": self.case.pcn, "round": self.case.round, "commissioner": self.case.commissioner}
        return self.of(m.Case, given, **changes)

    def form(self, **changes: Any) -> Any:
        return self.of(m.Submission, {"case": self.case, "number": 2, "is_submitted": True}, **changes)

    def member(self, **changes: Any) -> Any:
        given = {"submission": self.case.current, "code": "E84039", "practice": self.practice}
        return self.of(m.SubmittedMember, given, **changes)

    def named(self, **changes: Any) -> Any:
        given = {"submission": self.case.current, "person": self.person}
        return self.of(m.SubmittedDirector, given, **changes)

    def checklist(self, **changes: Any) -> Any:
        given = {"slug": "national", "edition": 1, "title": "National", "source": self.source}
        return self.of(m.Checklist, given, **changes)

    @cached_property
    def held_checklist(self) -> m.Checklist:
        return make.ChecklistFactory.create()

    def requirement(self, **changes: Any) -> Any:
        given = {"checklist": self.held_checklist, "position": 1, "key": "payee", "title": "Payee"}
        return self.of(m.ChecklistItem, given, **changes)

    def line(self, **changes: Any) -> Any:
        given = {"case": self.case, "position": 1, "section": "National", "key": "payee", "title": "Payee"}
        return self.of(m.Line, given, **changes)

    @cached_property
    def answered(self) -> dict[str, Any]:
        return {"answer": "met", "answered_by": self.user, "answered_for": self.case.current}

    @cached_property
    def held_line(self) -> m.Line:
        return self.line()()

    def departure(self, **changes: Any) -> Any:
        given = {
            "line": self.held_line,
            "submission": self.case.current,
            "reason": "Small.",
            "region": self.case.commissioner,
        }
        return self.of(m.Departure, given, **changes)

    def decision(self, **changes: Any) -> Any:
        given = {
            "case": self.case,
            "submission": self.case.current,
            "body": self.item.meeting.body,
            "item": self.item,
            "outcome": "approved",
            "decided_on": DAY,
            "recorded_by": self.user,
            "quorum_basis": "computed",
            "quorum_note": "Quorate.",
        }
        return self.of(m.Decision, given, **changes)

    @cached_property
    def held_decision(self) -> m.Decision:
        return self.decision()()

    def condition(self, **changes: Any) -> Any:
        given = {
            "decision": self.held_decision,
            "case": self.case,
            "number": 1,
            "text": "Assure the committee.",
            "reason": "It is small.",
            "timing": "before",
            "owner_organisation": self.case.pcn.organisation,
            "due_on": DAY,
            "evidence_wanted": "A document",
            "discharge_role": "chair",
        }
        return self.of(m.Condition, given, **changes)

    @cached_property
    def held_condition(self) -> m.Condition:
        return self.condition()()

    def evidence(self, **changes: Any) -> Any:
        given = {"condition": self.held_condition, "text": "Here.", "submitted_by": self.user}
        return self.of(m.Evidence, given, **changes)

    def run(self, **changes: Any) -> Any:
        given = {"kind": "epcn", "file_name": "ePCN.xlsx", "stated_on": DAY, "sha256": "0" * 64, "size": 1}
        return self.of(m.ImportRun, given | {"read_at": timezone.now()}, **changes)

    @cached_property
    def held_run(self) -> m.ImportRun:
        made: m.ImportRun = self.run()()
        return made

    def stated(self, **changes: Any) -> Any:
        given = {"run": self.held_run, "organisation": self.practice.organisation, "what": "membership"}
        return self.of(m.FileStatement, given | {"value": "U51050"}, **changes)

    def match(self, **changes: Any) -> Any:
        given = {"run": self.held_run, "pcn": self.case.pcn, "code": "U51050", "name": "HARROW EAST PCN"}
        given |= {"shared": 1, "held": 1, "named": 1, "has_same_name": True, "has_same_commissioner": True}
        return self.of(m.PCNMatch, given, **changes)

    @cached_property
    def accepted(self) -> dict[str, Any]:
        return {"is_accepted": True, "decided_at": timezone.now()}
