"""What the database refuses of the register, of cases, reviews, decisions and conditions."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from registry.models import Condition
from tests import factories as make
from tests.nonsense import constraints_of, refuses
from tests.registry.nonsense_rows import DAY, Rows

BACKWARDS = {"starts_on": DAY, "ends_on": DAY}
NONSENSE = {
    "pcn_period_ends_after_it_starts": lambda r: [r.period(**BACKWARDS)],
    "membership_ends_after_it_starts": lambda r: [r.membership(**BACKWARDS)],
    "director_ends_after_start": lambda r: [r.director(**BACKWARDS)],
    "payee_ends_after_it_starts": lambda r: [r.payee(**BACKWARDS)],
    "director_share_in_percent": lambda r: [r.director(share=100), r.director(share=0)],
    "list_size_not_negative": lambda r: [r.size(patients=0), r.size(as_at=DAY, patients=Decimal("-0.01"))],
    "average_starts_before_it_ends": lambda r: [r.size(averaged_from=DAY)],
    "list_size_stated_once_by_a_source": lambda r: [r.size(), r.size(patients=2)],
    "case_status_known": lambda r: [r.registration(kind="change", status="approved with conditions")],
    "one_open_registration_a_round": lambda r: [r.registration(status="withdrawn"), r.registration()],
    "form_version_numbered_once": lambda r: [r.form()] * 2,
    "one_form_being_filled_in": lambda r: [r.form(is_submitted=False), r.form(is_submitted=False, number=3)],
    "member_named_once_on_a_form": lambda r: [r.member(), r.member(practice=None)],
    "withdrawal_of_a_member_is_whole": lambda r: [r.member(withdrew_on=DAY)],
    "director_named_once_on_a_form": lambda r: [r.named()] * 2,
    "submitted_share_in_percent": lambda r: [r.named(share=Decimal("100.01"))],
    "checklist_edition_numbered_once": lambda r: [r.checklist()] * 2,
    "checklist_ends_after_it_starts": lambda r: [r.checklist(**BACKWARDS)],
    "requirement_named_once": lambda r: [r.requirement(), r.requirement(position=2)],
    "requirement_placed_once": lambda r: [r.requirement(), r.requirement(key="members")],
    "line_named_once": lambda r: [r.line(), r.line(position=2)],
    "line_placed_once": lambda r: [r.line(), r.line(key="members")],
    "an_answer_has_somebody": lambda r: [r.line(**r.answered | {"answered_by": None})],
    "one_departure_for_a_form": lambda r: [r.departure()] * 2,
    "reply_follows_sending": lambda r: [r.departure(reply="agreed")],
    "reply_is_whole": lambda r: [r.departure(is_sent=True, replied_on=DAY)],
    "attested_quorum_has_a_source": lambda r: [r.decision(), r.decision(quorum_basis="attested")],
    "replacement_has_a_reason": lambda r: [r.decision(supersedes=r.held_decision)],
    "condition_numbered_once": lambda r: [r.condition()] * 2,
    "condition_has_one_owner": lambda r: [r.condition(owner_person=r.person)],
    "condition_falls_due": lambda r: [r.condition(due_on=None)],
    "condition_has_one_who_discharges": lambda r: [r.condition(discharge_body=r.item.meeting.body)],
    "condition_closed_by_somebody": lambda r: [r.condition(result="met")],
    "waived_only_by_a_decision": lambda r: [r.condition(result="waived", closed_by=r.user)],
    "evidence_judged_by_somebody": lambda r: [r.evidence(judgement="met")],
    "only_an_applied_import_is_undone": lambda r: [r.run(), r.run(undone_at=timezone.now())],
    "an_applied_import_is_not_discarded": lambda r: [
        r.run(applied_at=timezone.now(), discarded_at=timezone.now())
    ],
    "file_statement_ends_after_it_starts": lambda r: [r.stated(), r.stated(**BACKWARDS)],
    "match_proposed_once": lambda r: [r.match()] * 2,
    "pcn_matched_to_one_code": lambda r: [r.match(**r.accepted), r.match(**r.accepted, code="U89806")],
    "code_matched_to_one_pcn": lambda r: [
        r.match(**r.accepted),
        r.match(**r.accepted, pcn=make.PCNFactory.create(name="Sphere PCN")),
    ],
    "match_decided_with_its_time": lambda r: [r.match(), r.match(code="U89806", is_accepted=False)],
    "match_shares_no_more_than_there_are": lambda r: [r.match(shared=2, named=2)],
}
MORE_NONSENSE = [
    ("director_share_in_percent", lambda r: [r.director(share=Decimal("100.01"))]),
    ("withdrawal_of_a_member_is_whole", lambda r: [r.member(withdrew_because="Its partners wrote.")]),
    ("submitted_share_in_percent", lambda r: [r.named(share=0)]),
    ("an_answer_has_somebody", lambda r: [r.line(**r.answered | {"answered_for": None})]),
    ("an_answer_has_somebody", lambda r: [r.line(**r.answered | {"answer": ""})]),
    ("reply_follows_sending", lambda r: [r.departure(sent_on=DAY)]),
    ("reply_is_whole", lambda r: [r.departure(is_sent=True, reply_source=r.source)]),
    ("attested_quorum_has_a_source", lambda r: [r.decision(quorum_source=r.source)]),
    ("replacement_has_a_reason", lambda r: [r.decision(replaced_because="The minutes say otherwise.")]),
    ("condition_has_one_owner", lambda r: [r.condition(owner_organisation=None)]),
    ("condition_has_one_who_discharges", lambda r: [r.condition(discharge_role="")]),
    ("condition_closed_by_somebody", lambda r: [r.condition(closed_by=r.user)]),
    ("condition_closed_by_somebody", lambda r: [r.condition(closed_on=DAY)]),
    ("evidence_judged_by_somebody", lambda r: [r.evidence(judged_by=r.user)]),
    ("evidence_judged_by_somebody", lambda r: [r.evidence(judged_on=DAY)]),
]


def test_every_constraint_is_tried():
    assert NONSENSE.keys() == constraints_of("registry")


@pytest.mark.parametrize(("name", "rows"), [*NONSENSE.items(), *MORE_NONSENSE])
def test_nonsense_is_refused(db, name, rows):
    refuses("registry", name, rows(Rows()))


def test_dates_that_no_document_gives_stay_empty(db):
    rows = Rows()
    rows.line(position=2, key="members", **rows.answered | {"answered_on": None})()
    rows.evidence(judgement="met", judged_by=rows.user)()
    rows.departure(is_sent=True, reply="agreed")()
    assert Condition.objects.get().closed_on is None


def test_a_decision_is_replaced_by_one_successor_only(db):
    rows = Rows()
    successor = {"supersedes": rows.held_decision, "replaced_because": "The minutes say otherwise."}
    replace = rows.decision(**successor)
    replace()
    with pytest.raises(IntegrityError, match="supersedes"):
        replace()


def test_periods_that_are_open_at_an_end_are_in_order(db):
    rows = Rows()
    for facts in ({}, {"starts_on": DAY}, {"ends_on": DAY}, {"starts_on": DAY, "ends_on": date(2019, 5, 21)}):
        for write in (rows.period, rows.membership, rows.director, rows.payee):
            write(**facts)()
