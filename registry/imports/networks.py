"""PCNs: what the first sheet of an ePCN changes."""

from __future__ import annotations

from datetime import date

from pcnportal.people.models import Organisation
from registry.models import PCNPeriod

from .held import HeldOrganisation, HeldPeriod
from .plan import Change, NewOrganisation, NewPeriod
from .practices import Practices, after
from .reading.rows import PCNRow

LIVE, CLOSED = PCNPeriod.Status.LIVE.value, PCNPeriod.Status.CLOSED.value


class Networks(Practices):
    """Adds to a plan what the rows of PCNs change."""

    def name_commissioner(self, code: str, name: str) -> str:
        """The commissioner's code, made where it is not held, with its name where only the code was."""
        org = self.held.by_code.get(code)
        if org is None:
            return self.commissioner(code, name)
        if name and code not in self.met:
            self.met.add(code)
            self.details.compare(org, "name", name, line=0)
        return code

    def take_pcn(self, row: PCNRow) -> None:
        self.name_commissioner(row.commissioner, row.commissioner_name)
        org = self.held.by_code.get(row.code)
        if org is None or org.pk not in self.held.pcns:
            self.add_pcn(row)
        elif not self.compare_pcn(org, row):
            self.plan.unchanged += 1

    def add_pcn(self, row: PCNRow) -> None:
        closed = after(row.closed_on)
        self.plan.organisations.append(
            NewOrganisation(row.code, row.name, Organisation.Kind.PCN, row.postcode, row.opened_on, closed)
        )
        self.plan.pcns.append((row.code, row.commissioner))
        self.plan.periods.append(NewPeriod(row.code, LIVE, row.opened_on, closed))
        if closed:
            self.plan.periods.append(NewPeriod(row.code, CLOSED, closed, None))
        self.plan.say("new", row.code, row.name, "PCN", "", "", row.line)

    def compare_pcn(self, org: HeldOrganisation, row: PCNRow) -> bool:
        is_of_a_file = org.source in self.held.files
        closed = after(row.closed_on)
        compare = self.details.compare
        differs = compare(org, "name", row.name, line=row.line)
        differs |= compare(org, "commissioner", row.commissioner, line=row.line, model="pcn")
        if is_of_a_file:
            differs |= compare(org, "postcode", row.postcode, line=row.line)
            differs |= compare(org, "opened_on", row.opened_on, line=row.line)
        if closed != org.closed_on and compare(org, "closed_on", closed, line=row.line):
            differs = True
            if is_of_a_file:
                self.move_periods(org, closed)
        return differs

    def move_periods(self, org: HeldOrganisation, closed: date | None) -> None:
        """Live until it closes, closed from then on; what an earlier file had wrong gets a successor."""
        held = {period.standing: period for period in self.held.periods.get(org.pk, ())}
        live, shut = held.get(LIVE), held.get(CLOSED)
        code = org.code or ""
        if closed is None:
            if shut:
                self.plan.periods.append(NewPeriod(code, LIVE, shut.starts_on, None, shut.pk))
            return
        if live and live.ends_on is None and _may_end(live, closed):
            self.plan.changes.append(Change("period", live.pk, "ends_on", None, closed))
        elif live and live.ends_on != closed:
            self.plan.periods.append(NewPeriod(code, LIVE, live.starts_on, closed, live.pk))
        if shut is None or shut.starts_on != closed:
            self.plan.periods.append(NewPeriod(code, CLOSED, closed, None, shut.pk if shut else None))


def _may_end(live: HeldPeriod, closed: date) -> bool:
    return live.starts_on is None or live.starts_on < closed
