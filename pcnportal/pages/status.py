"""The tag of a status. Its colour repeats what the word says and never says more."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

GOOD, GOING, LOOK, BAD, OVER = "green", "blue", "yellow", "red", "grey"

COLOURS = {
    "Draft": OVER,
    "Received": GOING,
    "Under review": GOING,
    "Before committee": "purple",
    "Returned": "orange",
    "Further information requested": "orange",
    "Approved": GOOD,
    "Approved with conditions": LOOK,
    "Not approved": BAD,
    "Not agreed": BAD,
    "Noted": GOING,
    "Endorsed": "aqua-green",
    "Endorsement declined": BAD,
    "Confirmed": "aqua-green",
    "Live": GOOD,
    "Deferred": "orange",
    "Re-review wanted": BAD,
    "Withdrawn": OVER,
    "Closed": OVER,
    "Proposed": GOING,
    "Dormant": LOOK,
    # conditions, actions, findings
    "Open": GOING,
    "Due soon": "orange",
    "Overdue": BAD,
    "Evidence submitted": "purple",
    "Met": GOOD,
    "Waived": OVER,
    "Replaced": OVER,
    "Done": GOOD,
    "Waiting": LOOK,
    "Accepted": OVER,
    "Corrected": GOOD,
    # lines of a checklist
    "Not met": "orange",
    "Departure": "orange",
    "Attested": "aqua-green",
    "Computed": GOING,
    "Indicative only": LOOK,
    "Not applicable": OVER,
    "To answer": GOING,
    "Reason missing": BAD,
    "Not sent": "orange",
    "Regional answer not held": LOOK,
    "Agreed": GOOD,
    "Refused": BAD,
    "Not held": OVER,
    "In range": GOOD,
    # meetings
    "Planned": GOING,
    "Published": GOOD,
    "Private": "purple",
    "Late": "orange",
    "Held": OVER,
    "Cancelled": "orange",
    "Date not held": OVER,
    "Handled": GOOD,
    "Warning": LOOK,
    "Set aside": OVER,
    "No longer so": OVER,
    "In force": GOING,
    "Ended": OVER,
    "No longer published": OVER,
    "To come": GOING,
    "Declared late": "orange",
    # actions between meetings
    "Ratified": GOOD,
    "To be ratified": "orange",
    "Not ratified": BAD,
    "Quorate": GOOD,
    "Not quorate": BAD,
    # what became of a file
    "Applied": GOOD,
    "Undone": OVER,
    "Discarded": OVER,
    # money
    "Due": GOOD,
    "Rate not confirmed": LOOK,
    "No rate held": OVER,
    "No claim agreed": OVER,
    "Arrears": "orange",
    "Vouched for": GOOD,
    "To be confirmed": LOOK,
    "List not held": OVER,
    "Maximum": GOING,
    "Maximum, not vouched for": LOOK,
    "Submitted": "purple",
    "Waiting for approval": LOOK,
    # where a fact comes from
    "Assumed": LOOK,
    "Supported": GOOD,
    "Recommended": "purple",
    "Not written by the portal": BAD,
}


def colour(word: str) -> str:
    """The NHS colour of a status, by its word or by its beginning ("Not met: contiguity"); else white."""
    return COLOURS.get(word) or COLOURS.get(word.split(":")[0]) or "white"


def tag(word: object) -> SafeString | str:
    """The tag of one status; nothing for an empty one."""
    return _tag(str(word or ""))


@lru_cache(maxsize=1024)
def _tag(text: str) -> SafeString | str:
    return (
        format_html('<strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>', colour(text), text) if text else ""
    )
