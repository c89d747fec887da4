"""The words of a decision as a resolution of its body: what goes on after "RESOLVED that"."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
AGREED, NOT_AGREED, DEFERRED = "agreed", "not_agreed", "deferred"
# By what was decided: the outcome of the resolution, and its words.
RESOLVED = {
    "approved": (AGREED, "the registration of {pcn} be approved"),
    "not_approved": (NOT_AGREED, "the registration of {pcn} be not approved"),
    "information_requested": (DEFERRED, "further information on the registration of {pcn} be requested"),
    "deferred": (DEFERRED, "the registration of {pcn} be deferred"),
    "endorsed": (AGREED, "the registration of {pcn} be endorsed"),
    "endorsement_declined": (NOT_AGREED, "the registration of {pcn} be not endorsed"),
    "condition_waived": (AGREED, "condition {number} on the registration of {pcn} be waived"),
    "condition_discharged": (AGREED, "condition {number} on the registration of {pcn} be discharged"),
    "condition_not_satisfied": (
        NOT_AGREED,
        "condition {number} on the registration of {pcn} be not discharged, the evidence not satisfying it",
    ),
}


def resolved(outcome: str, pcn: str, *, conditions: int = 0, number: int | None = None) -> tuple[str, str]:
    """The resolution's outcome and words for a decision of that `outcome`.

    `conditions` is how many an approval set, `number` that of the condition that was judged or waived.
    """
    how, words = RESOLVED[outcome]
    text = words.format(pcn=pcn, number="" if number is None else number)
    if conditions:
        counted = NUMBERS[conditions] if conditions < len(NUMBERS) else str(conditions)
        text += f", subject to {counted} condition{'' if conditions == 1 else 's'}"
    return how, " ".join(text.split())
