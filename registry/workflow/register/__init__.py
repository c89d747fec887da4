"""Dated changes of the register that a person records: practices, members, networks, posts."""

from .commissioners import succeed_commissioner, withdraw_succession
from .correcting import correct_membership
from .correcting_posts import correct_director, correct_payee, withdraw_post
from .details import correct_detail, spans_of, withdraw_detail
from .members import join_pcn, leave_pcn
from .networks import close_pcn, code_pcn, rename_pcn
from .openings import correct_opening, open_practice, withdraw_opening
from .posts import appoint_director, change_payee, end_director
from .practices import close_practice, disperse_list, merge_practice, take_on_list
from .reopening import (
    correct_closing,
    correct_pcn_closing,
    reopen_pcn,
    reopen_practice,
    withdraw_taking_over,
)
from .withdrawing import withdraw_membership

__all__ = [
    "appoint_director",
    "change_payee",
    "close_pcn",
    "close_practice",
    "code_pcn",
    "correct_closing",
    "correct_detail",
    "correct_director",
    "correct_membership",
    "correct_opening",
    "correct_payee",
    "correct_pcn_closing",
    "disperse_list",
    "end_director",
    "join_pcn",
    "leave_pcn",
    "merge_practice",
    "open_practice",
    "rename_pcn",
    "reopen_pcn",
    "reopen_practice",
    "spans_of",
    "succeed_commissioner",
    "take_on_list",
    "withdraw_detail",
    "withdraw_membership",
    "withdraw_opening",
    "withdraw_post",
    "withdraw_succession",
    "withdraw_taking_over",
]
