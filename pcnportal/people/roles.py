"""The one map from role to permissions. Every verb, button and test reads it.

A permission is named `<app>.<verb>`; who may do it follows from here and from the organisation of the role.
"""

from django.db import models


class RoleName(models.TextChoices):
    OFFICER = "officer", "Primary care officer"
    MANAGER = "manager", "Primary care manager"
    SECRETARY = "secretary", "Committee secretary"
    CHAIR = "chair", "Committee chair"
    MEMBER = "member", "Committee member"
    FINANCE = "finance", "Finance"
    APPROVER = "approver", "Finance approver"
    AUDITOR = "auditor", "Auditor"
    ADMIN = "admin", "Administrator"


REGISTER = {"registry.view_register"}
READ = REGISTER | {
    "registry.view_case",
    "registry.view_document",
    "governance.view_meeting",
    "governance.view_interest",
    "governance.declare_interest",
    "governance.update_action",
    "registry.view_import",
    "findings.view_finding",
    "history.view_event",
    "funding.view_funding",
}
REVIEW = READ | {
    "registry.start_case",
    "registry.submit_case",
    "registry.review_case",
    "registry.return_case",
    "registry.recommend_case",
    "registry.withdraw_case",
    "registry.record_member_withdrawal",
    "registry.submit_evidence",
    "registry.record_commitment",
    "registry.change_register",
    "registry.decide_match",
    "findings.answer_finding",
    "funding.submit_claim",
}
# Who prepares and minutes meetings: the bodies, their agendas, papers, minutes and actions.
PREPARE = {
    "governance.change_body",
    "governance.plan_meeting",
    "governance.read_private_paper",
    "governance.record_attendance",
    "governance.write_minutes",
    "governance.publish_meeting",
    "governance.record_action_between",
    "governance.register_interest",
    "governance.judge_conflict",
    "governance.record_breach",
    "governance.view_breach",
    "governance.read_kept_interest",
    "governance.change_action",
    "registry.schedule_case",
    "registry.decide_case",
    "registry.replace_decision",
    "registry.extend_condition",
    "registry.judge_condition",
    "registry.waive_condition",
}

ROLES: dict[str, set[str]] = {
    RoleName.OFFICER: REVIEW,
    RoleName.MANAGER: REVIEW | PREPARE | {"registry.confirm_case", "registry.go_live"},
    RoleName.SECRETARY: READ | PREPARE,
    RoleName.CHAIR: READ
    | {
        "registry.judge_condition",
        "governance.read_private_paper",
        "governance.handle_conflict",
        "governance.view_breach",
        "governance.record_action_between",
        "governance.change_action",
    },
    RoleName.MEMBER: READ | {"governance.read_private_paper"},
    RoleName.FINANCE: READ
    | {
        "funding.change_rate",
        "funding.confirm_rate",
        "funding.calculate_run",
        "funding.discard_run",
        "funding.submit_claim",
        "funding.judge_claim",
        "findings.answer_finding",
    },
    RoleName.APPROVER: READ
    | {
        "funding.confirm_rate",
        "funding.approve_run",
        "funding.discard_run",
        "funding.judge_claim",
        "findings.answer_finding",
    },
    RoleName.AUDITOR: READ
    | {"governance.read_private_paper", "governance.view_breach", "governance.read_kept_interest"},
    RoleName.ADMIN: REGISTER
    | {
        "people.use_admin",
        "people.view_user",
        "people.add_user",
        "people.change_user",
        "people.view_role",
        "people.add_role",
        "people.change_role",
        "history.add_source",
        "registry.view_import",
        "registry.import_file",
        "registry.record_succession",
        "registry.decide_match",
        "findings.view_finding",
        "governance.change_quorumrule",
        "registry.change_checklist",
    },
}

PERMISSIONS = frozenset().union(*ROLES.values())
