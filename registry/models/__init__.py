"""The rows of the register and of its cases."""

from .cases import Case, Document, Round, Status, Submission, SubmittedDirector, SubmittedMember
from .decisions import (
    Commitment,
    Condition,
    Decision,
    DueDateChange,
    Evidence,
    Letter,
    condition_status,
)
from .register import (
    PCN,
    ClinicalDirector,
    Commissioner,
    ListSize,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Practice,
    list_size,
)
from .review import Checklist, ChecklistItem, Departure, Line, Recommendation

__all__ = [
    "PCN",
    "Case",
    "Checklist",
    "ChecklistItem",
    "ClinicalDirector",
    "Commissioner",
    "Commitment",
    "Condition",
    "Decision",
    "Departure",
    "Document",
    "DueDateChange",
    "Evidence",
    "Letter",
    "Line",
    "ListSize",
    "Membership",
    "NominatedPayee",
    "PCNPeriod",
    "Practice",
    "Recommendation",
    "Round",
    "Status",
    "Submission",
    "SubmittedDirector",
    "SubmittedMember",
    "condition_status",
    "list_size",
]
