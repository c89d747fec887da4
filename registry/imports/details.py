"""One detail of an organisation that is held, beside what a file says of it.

A file keeps up what files wrote, with what stood before until its day. What a commissioner recorded stays,
and the file's word is kept beside it. A file older than what is known adds what stood before, no more.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from .held import Held, HeldOrganisation
from .plan import Beside, Change, Former, Plan, day, ended

# Details without former values: their days say themselves from when they hold.
DATES = ("opened_on", "closed_on")
WORDS = {
    "name": "Name",
    "postcode": "Postcode",
    "commissioner": "Commissioner",
    "opened_on": "Opened",
    "closed_on": "Closed",
    "is_dormant": "Dormant",
}


def plainly(name: str) -> str:
    """A name without what two spellings of it differ in: case, punctuation, "The", "&"."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    return re.sub(r"^the ", "", words.strip())


def words(what: str, value: Any) -> str:
    """A value in the words of the report: dates as the file gives them."""
    if isinstance(value, date):
        return ended(value) if what == "closed_on" else f"{value:%-d %B %Y}"
    return text(value)


def text(value: Any) -> str:
    """A value as a former detail holds it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return day(value) if isinstance(value, date) else str(value or "")


class Details:
    """Compares details with a file of the day `plan.stated_on`."""

    def __init__(self, plan: Plan, held: Held) -> None:
        self.plan, self.held = plan, held

    def compare(
        self, org: HeldOrganisation, what: str, new: Any, *, line: int, model: str = "organisation"
    ) -> bool:
        """Plan what becomes of one detail; whether anything does. A commissioner is given by its code."""
        old = self.old(org, what, model)
        if (
            old == new
            or (what == "name" and plainly(old) == plainly(new))
            or (not new and self.is_silent(what))
        ):
            return False
        if not old and what in ("postcode", "opened_on"):
            self.change(org, what, old, new, line, model)
        elif self.is_of_a_commissioner(org, what) and not self.succeeds(old, new, what):
            self.plan.beside.append(Beside(org.pk, what, text(new)))
            self.plan.say(
                "beside",
                org.code or "",
                org.name,
                WORDS[what],
                words(what, old),
                words(what, new),
                line,
                "A commissioner recorded it otherwise: the register keeps that.",
            )
        elif self.is_older(org, what):
            return self.add_the_past(org, what, new, line)
        else:
            self.change(org, what, old, new, line, model)
        return True

    def old(self, org: HeldOrganisation, what: str, model: str) -> Any:
        if what != "commissioner":
            return getattr(org, what)
        rows = self.held.practices if model == "practice" else self.held.pcns
        return self.held.code(rows.get(org.pk))

    @staticmethod
    def is_silent(what: str) -> bool:
        """Whether an empty cell says nothing; that there is no closing date says that it is open."""
        return what not in ("closed_on", "is_dormant")

    def change(
        self, org: HeldOrganisation, what: str, old: Any, new: Any, line: int, model: str = "organisation"
    ) -> None:
        self.plan.changes.append(Change(model, org.pk, what, old, new))
        kind = "closed" if what == "closed_on" and new else "changed"
        self.plan.say(kind, org.code or "", org.name, WORDS[what], words(what, old), words(what, new), line)
        if what in DATES or not (old or what == "is_dormant") or is_placeholder(org):
            return
        until = self.since(old, new, what)
        if until not in (held for held, _ in self.held.former.get((org.pk, what), ())):
            self.plan.former.append(Former(org.pk, what, text(old), until))

    def since(self, old: str, new: str, what: str) -> date:
        """The day of the change: that of the succession where the register holds it, else the file's."""
        on = self.succession(old, new)[1] if what == "commissioner" else None
        return on if on and on <= self.plan.stated_on else self.plan.stated_on

    def succession(self, old: str, new: str) -> tuple[bool, date | None]:
        before, after = (row.pk if row else 0 for row in map(self.held.by_code.get, (old, new)))
        return self.held.successor(before, after)

    def succeeds(self, old: Any, new: Any, what: str) -> bool:
        """Whether the file's commissioner took over from the one that is held, as the register knows."""
        return what == "commissioner" and self.succession(old, new)[0]

    def is_of_a_commissioner(self, org: HeldOrganisation, what: str) -> bool:
        source = self.held.sources.get(org.source or 0)
        if source is None or source.pk not in self.held.files:
            return True
        if what == "name" and not source.run:
            return True  # of a row that no import wrote somebody typed the name, from a document
        if what == "closed_on" and org.pk in self.held.closed_by_people:
            return True
        until, by = self.held.former.get((org.pk, what), [(date.min, None)])[-1]
        if until < self.held.put_right.get((org.pk, what), date.min):
            return True  # what a file made of it, somebody withdrew
        return until > date.min and by not in self.held.files

    def known_on(self, org: HeldOrganisation, what: str) -> date | None:
        """The day for which a file last gave or changed the detail."""
        changes = self.held.former.get((org.pk, what), [])
        source = self.held.sources.get(org.source or 0)
        days = [changes[-1][0] if changes else None, source.published_on if source else None]
        return max((found for found in days if found), default=None)

    def is_older(self, org: HeldOrganisation, what: str) -> bool:
        known = self.known_on(org, what)
        return known is not None and self.plan.stated_on < known

    def add_the_past(self, org: HeldOrganisation, what: str, new: Any, line: int) -> bool:
        """What an older file says stood before what is known; nothing where a former value covers its day."""
        known = self.known_on(org, what)
        changes = self.held.former.get((org.pk, what), [])
        covered = any(until > self.plan.stated_on for until, _ in changes)
        if what in DATES or known is None or covered:
            return False
        self.plan.former.append(Former(org.pk, what, text(new), known))
        self.plan.say(
            "changed",
            org.code or "",
            org.name,
            WORDS[what],
            "",
            text(new),
            line,
            f"Before {known:%-d %B %Y}.",
        )
        return True


def placeholder(code: str) -> str:
    """What a commissioner is called of which only the code is held."""
    return f"Commissioner {code} (name not held)"


def is_placeholder(org: HeldOrganisation) -> bool:
    return org.name == placeholder(org.code or "")
