"""Bodies that decide, their meetings, who was there, and what was on the agenda. Knows no PCN."""

from .actions import Action, ActionOwner, ActionUpdate, Reminder
from .agenda import AgendaItem, Paper, StandingItem, Withdrawal
from .bodies import Body, BodyLink, Rhythm, Terms, TurnToChair
from .feeds import CalendarFeed
from .files import StoredFile
from .interests import Breach, Conflict, Interest
from .meetings import Attendance, Meeting, Move
from .members import QuorumRule, Seat
from .minutes import BetweenMeetings, Minute, Resolution, Vote

__all__ = [
    "Action",
    "ActionOwner",
    "ActionUpdate",
    "AgendaItem",
    "Attendance",
    "BetweenMeetings",
    "Body",
    "BodyLink",
    "Breach",
    "CalendarFeed",
    "Conflict",
    "Interest",
    "Meeting",
    "Minute",
    "Move",
    "Paper",
    "QuorumRule",
    "Reminder",
    "Resolution",
    "Rhythm",
    "Seat",
    "StandingItem",
    "StoredFile",
    "Terms",
    "TurnToChair",
    "Vote",
    "Withdrawal",
]
