"""The rows of the register and of its cases."""

from .cases import Case, Document, Round, Status, Submission, SubmittedDirector, SubmittedMember
from .conditions import Commitment, Condition, DueDateChange, Evidence, condition_status
from .decisions import Decision, Letter
from .imports import FileStatement, ImportRun, PCNMatch
from .register import (
    PCN,
    ClinicalDirector,
    Commissioner,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Practice,
)
from .review import Checklist, ChecklistItem, Departure, Line, Recommendation
from .sizes import ListSize, list_size, newest_list_size

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
    "FileStatement",
    "ImportRun",
    "Letter",
    "Line",
    "ListSize",
    "Membership",
    "NominatedPayee",
    "PCNMatch",
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
    "newest_list_size",
]
