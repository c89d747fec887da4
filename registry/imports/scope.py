"""Which rows of a file belong to the commissioners that were chosen."""

from collections.abc import Collection

from pcnportal.refusals import Refused

from .held import Held

# Published files keep what has ended: beside a whole register, one that leaves out a tenth of it was cut.
LEFT_OUT = 10
A_WHOLE_REGISTER = 1_000


class Scope:
    """Rows of the chosen commissioners' codes, or of what they hold already; every row where none is chosen.

    A practice whose commissioner was merged into another since still belongs to who holds it.
    """

    def __init__(self, codes: Collection[str], held: Held) -> None:
        self.codes = frozenset(codes)
        self.held = held

    def takes(self, commissioner: str, code: str = "") -> bool:
        return not self.codes or commissioner in self.codes or self.holds(code)

    def holds(self, code: str) -> bool:
        """Whether the practice or PCN of that code stands under a chosen commissioner."""
        if not self.codes:
            return True
        row = self.held.by_code.get(code)
        if row is None:
            return False
        own = self.held.practices.get(row.pk) or self.held.pcns.get(row.pk)
        return self.held.code(own) in self.codes

    def succeeds(self, commissioner: str, practices: Collection[str]) -> bool:
        """Whether it took over from a chosen commissioner that holds most of a PCN's practices."""
        after = self.held.by_code.get(commissioner)
        if after is None or not any(self.held.successor(pk, after.pk)[0] for pk in self.chosen):
            return False
        return 2 * sum(map(self.holds, practices)) > len(practices)

    @property
    def chosen(self) -> list[int]:
        return [self.held.by_code[code].pk for code in self.codes if code in self.held.by_code]

    def nothing(self) -> Refused:
        """The refusal of a file without a row of theirs; it names who took over from them."""
        after = {self.held.name(pk): pk for own in self.chosen for pk in self.held.successions.get(own, {})}
        heirs = " and ".join(f"{name} ({self.held.code(pk)})" for name, pk in sorted(after.items()))
        since = f" {heirs} took over: choose that code for files since then." if heirs else ""
        return Refused(
            f"No row of this file belongs to {', '.join(sorted(self.codes))}.{since}", "commissioners"
        )


def refuse_part(standing: Collection[str], named: Collection[str], what: str) -> None:
    """Raises `Refused` where a file names too few of the codes that stand. A few may be an extract."""
    left_out = len(set(standing) - set(named))
    if len(standing) >= A_WHOLE_REGISTER and left_out * LEFT_OUT > len(standing):
        raise Refused(
            f"This file leaves out {left_out:,} of the {len(standing):,} {what}. It is a part of a file, or"
            " another one: nothing was written.",
            "file",
        )
