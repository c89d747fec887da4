"""A small Harrow: two commissioners, their bodies, the round, a short checklist and the demo's accounts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.models import Body, Meeting
from governance.workflow.meetings import plan_meeting
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User
from pcnportal.people.roles import RoleName
from pcnportal.story import ACCOUNTS
from registry.models import Practice, Round
from tests import factories as make
from tests.remembered import from_nothing, remembered

GP_DIRECT = {
    "E84058": "GP Direct",
    "E84005": "Kings Road Medical Centre",
    "E84062": "Shaftesbury Medical Centre",
}
EAST = {"E84039": "Honeypot Medical Centre", "E84075": "Mollison Way Surgery", "E84014": "Bacon Lane Surgery"}
LINES = {
    "members": "Member practices",
    "population": "Population",
    "signatures": "Signed by every member",
    "directors": "Clinical director",
    "payee": "Nominated payee",
}


@dataclass
class Harrow:
    """What every case of Harrow CCG stands on."""

    ccg: Organisation
    havering: Organisation
    round: Round
    report: Source
    committee: Body
    panel: Body
    users: dict[str, User]
    practices: dict[str, Practice] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """The demo's account of that name at Harrow, or `name` in full."""
        return self.users.get(f"{name}@harrow.example") or self.users[name]

    @remembered
    def practice(self, code: str) -> Practice:
        if code not in self.practices:
            self.practices[code] = make.PracticeFactory.create(code=code, name=(GP_DIRECT | EAST)[code])
        return self.practices[code]

    @remembered
    def meeting(self, body: Body, day: date) -> Meeting:
        """The meeting of the body on that day, planned where there is none."""
        held = Meeting.objects.filter(body=body, held_on=day).first()
        return held or plan_meeting(body, by=self.user("secretary"), commissioner=self.ccg, held_on=day)

    @property
    def quorum(self) -> dict[str, Any]:
        """Harrow's report gives neither attendance nor rule, so that it could decide is attested."""
        return {"quorum_note": "The report records the decision.", "quorum_source": self.report}


@from_nothing
def settle() -> Harrow:
    """Two commissioners, Harrow's bodies, round, checklist and the demo's accounts."""
    ccg = make.OrganisationFactory.create(code="08E")
    havering = make.OrganisationFactory.create(name="NHS Havering CCG", code="08F")
    committee = make.BodyFactory.create(organisation=ccg)
    panel = make.BodyFactory.create(
        name="North West London Health and Care Partnership panel",
        kind=Body.Kind.PANEL,
        organisation=make.OrganisationFactory.create(
            name="North West London Health and Care Partnership", kind=Organisation.Kind.PARTNERSHIP
        ),
    )
    panel.serves.add(ccg)
    make.CommissionerFactory.create(
        organisation=ccg, deciding_body=committee, endorsing_body=panel, local_criteria="north-west-london"
    )
    make.CommissionerFactory.create(organisation=havering, short_name="Havering CCG")
    _checklists()
    users = {}
    for email, name, code, role in ACCOUNTS:
        users[email] = make.UserFactory.create(email=email, name=name)
        make.RoleFactory.create(
            user=users[email], organisation={"08E": ccg, "08F": havering}[code], role=RoleName(role)
        )
    report = make.SourceFactory.create()
    return Harrow(ccg, havering, make.RoundFactory.create(), report, committee, panel, users)


def _checklists() -> None:
    national = make.ChecklistFactory.create()
    for position, (key, title) in enumerate(LINES.items(), start=1):
        figures = {"minimum": 30000, "maximum": 50000} if key == "population" else {}
        make.ChecklistItemFactory.create(
            checklist=national, position=position, key=key, title=title, parameters=figures
        )
    local = make.ChecklistFactory.create(
        slug="north-west-london", title="Local criteria, North West London", is_national=False
    )
    make.ChecklistItemFactory.create(
        checklist=local, position=1, key="contiguity", title="Contiguity", rule=""
    )
