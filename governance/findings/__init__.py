"""What the governance floor doubts from what it holds: bodies, lines, chairs, meetings and interests."""

from . import chairs, documents, interests, lines, meetings, quorum

RULES = (*documents.RULES, *lines.RULES, *chairs.RULES, *meetings.RULES, *interests.RULES, *quorum.RULES)
