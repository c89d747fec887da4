"""What the governance floor doubts from what it holds: bodies, their lines, chairs and meetings."""

from . import chairs, documents, lines, meetings

RULES = (*documents.RULES, *lines.RULES, *chairs.RULES, *meetings.RULES)
