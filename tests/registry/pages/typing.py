"""What the secretary types to record a decision."""

from typing import Any

from registry.models import Case
from tests.reading import signed_in

ASKED = "Show how the patients of Zain Medical Centre are served."


def decision(case: Case, *reasons: str, **said: Any) -> dict[str, Any]:
    """A decision with those reasons, its quorum attested by a source that is named."""
    case.refresh_from_db()
    cards = {f"reasons-{number}-text": text for number, text in enumerate(reasons)}
    count = {"reasons-TOTAL_FORMS": str(len(reasons)), "reasons-INITIAL_FORMS": "0"}
    quorum = {
        "quorum_note": "The minutes say that it was quorate.",
        "held_source": "named",
        "source_title": "Minutes of the committee",
    }
    return {"seen": case.version} | no_conditions() | quorum | count | cards | said


def no_conditions() -> dict[str, str]:
    return {"conditions-TOTAL_FORMS": "0", "conditions-INITIAL_FORMS": "0"}


def conditions(*cards: dict[str, Any]) -> dict[str, Any]:
    """Cards of conditions; each says only how it differs from the usual one."""
    usual = {
        "text": ASKED,
        "reason": "One practice is not contiguous.",
        "timing": "after",
        "owner": "GP Direct PCN",
        "due_event": "When a solution is in place",
        "evidence_wanted": "An agreement",
        "discharge": "role:chair",
    }
    typed = {
        f"conditions-{number}-{name}": value
        for number, card in enumerate(cards)
        for name, value in (usual | card).items()
    }
    return no_conditions() | {"conditions-TOTAL_FORMS": str(len(cards))} | typed


def send(user: Any, case: Case, page: str, data: dict[str, Any], step: str = "record") -> Any:
    """POST to a page of the case; `step` is record, change or "" for the check."""
    address = f"{case.get_absolute_url()}{page}"
    return signed_in(user).post(address, data | ({"_step": step} if step else {}))
