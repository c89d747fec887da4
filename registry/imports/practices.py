"""Practices: what an epraccur changes."""

from __future__ import annotations

from datetime import date, timedelta

from pcnportal.people.models import Organisation

from .details import WORDS, Details, placeholder, words
from .held import Held, HeldOrganisation
from .plan import THIS_RUN, Change, NewOrganisation, Plan
from .reading.rows import OdsRow

Kind = Organisation.Kind
GP_PRACTICE = 4
DETAILS = ("name", "postcode", "opened_on", "closed_on", "is_dormant")


class Practices:
    """Adds to a plan what the rows of an epraccur change."""

    def __init__(self, plan: Plan, held: Held) -> None:
        self.plan, self.held = plan, held
        self.details = Details(plan, held)
        self.met: set[str] = set()

    def take(self, row: OdsRow) -> None:
        if row.status == "C" and row.closed_on is None:
            self.plan.say(
                "rejected", row.code, row.name, "status", "", row.status, row.line, "Closed without a date."
            )
            return
        org = self.held.by_code.get(row.code)
        if org is None:
            self.add(row)
        elif not self.compare(org, row):
            self.plan.unchanged += 1

    def add(self, row: OdsRow) -> None:
        is_practice = row.setting == GP_PRACTICE and bool(row.commissioner)
        self.plan.organisations.append(
            NewOrganisation(
                row.code,
                row.name,
                Kind.PRACTICE if is_practice else Kind.OTHER,
                row.postcode,
                row.opened_on,
                after(row.closed_on),
                row.status == "D",
            )
        )
        if is_practice:
            self.plan.practices.append((row.code, self.commissioner(row.commissioner)))
        what = "Practice" if is_practice else "Organisation"
        self.plan.say("new", row.code, row.name, what, "", "", row.line)

    def commissioner(self, code: str, name: str = "") -> str:
        """The code, with a row for it where none is held."""
        if code not in self.held.by_code and code not in self.met:
            self.met.add(code)
            called = name or placeholder(code)
            self.plan.organisations.append(NewOrganisation(code, called, Kind.COMMISSIONER))
            self.plan.say("new", code, called, "Commissioner")
        return code

    def compare(self, org: HeldOrganisation, row: OdsRow) -> bool:
        source = self.held.sources.get(org.source or 0)
        provisional = source is not None and source.run not in (None, "ods")
        said = {
            "name": row.name,
            "postcode": row.postcode,
            "opened_on": row.opened_on,
            "closed_on": after(row.closed_on),
            "is_dormant": row.status == "D",
        }
        differs = False
        if provisional:
            self.plan.changes.append(Change("organisation", org.pk, "source", org.source, THIS_RUN))
        for what in DETAILS:
            if provisional and what != "name":
                differs |= self.adopt(org, what, said[what], row.line)
            else:
                differs |= self.details.compare(org, what, said[what], line=row.line)
        if row.setting == GP_PRACTICE and row.commissioner:
            differs |= self.place(org, row)
        return differs

    def adopt(self, org: HeldOrganisation, what: str, new: object, line: int) -> bool:
        """A row that another kind of file made in passing: ODS's own file says what it is."""
        old = getattr(org, what)
        if old == new or (not new and Details.is_silent(what)):
            return False
        self.plan.changes.append(Change("organisation", org.pk, what, old, new))
        said = (WORDS[what], words(what, old), words(what, new), line)
        self.plan.say("changed", org.code or "", org.name, *said)
        return True

    def place(self, org: HeldOrganisation, row: OdsRow) -> bool:
        """Under its commissioner; an organisation that was no practice becomes one."""
        self.commissioner(row.commissioner)
        if org.pk in self.held.practices:
            return self.details.compare(
                org, "commissioner", row.commissioner, line=row.line, model="practice"
            )
        if org.kind not in (Kind.OTHER, Kind.PRACTICE):
            return False
        self.plan.practices.append((row.code, row.commissioner))
        if org.kind != Kind.PRACTICE:
            self.plan.changes.append(Change("organisation", org.pk, "kind", org.kind, str(Kind.PRACTICE)))
        self.plan.say("new", row.code, row.name, "Practice", "", "", row.line)
        return True


def after(last: date | None) -> date | None:
    """The first day on which something no longer holds: ODS gives the last day on which it did."""
    return last + timedelta(days=1) if last else None
