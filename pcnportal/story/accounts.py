"""The demo's accounts. They are nobody: the people that documents name never sign in here."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from pcnportal import clock
from pcnportal.people.models import Organisation, Person, Role, User
from pcnportal.people.roles import RoleName

PASSWORD = "pcn-demo-2019"  # noqa: S105  (public: the demo holds no secret)
SINCE = date(2019, 4, 1)
# Accounts that are a person, so that they can declare interests; they sit on no body that documents name.
DECLARE = (RoleName.CHAIR, RoleName.MEMBER)

# E-mail address, name, ODS code of the organisation, role.
ACCOUNTS = (
    ("officer@harrow.example", "Harrow primary care officer", "08E", RoleName.OFFICER),
    ("manager@harrow.example", "Harrow primary care manager", "08E", RoleName.MANAGER),
    ("secretary@harrow.example", "Harrow committee secretary", "08E", RoleName.SECRETARY),
    ("chair@harrow.example", "Harrow committee chair", "08E", RoleName.CHAIR),
    ("member@harrow.example", "Harrow committee member", "08E", RoleName.MEMBER),
    ("finance@harrow.example", "Harrow finance", "08E", RoleName.FINANCE),
    ("approver@harrow.example", "Harrow finance approver", "08E", RoleName.APPROVER),
    ("auditor@harrow.example", "Harrow auditor", "08E", RoleName.AUDITOR),
    ("admin@harrow.example", "Harrow administrator", "08E", RoleName.ADMIN),
    ("officer@havering.example", "Havering primary care officer", "08F", RoleName.OFFICER),
    ("finance@havering.example", "Havering finance", "08F", RoleName.FINANCE),
)
# For the story of other commissioners: who records what their documents tell.
OTHERS = (
    (
        "secretary@hammersmithfulham.example",
        "Hammersmith and Fulham committee secretary",
        "08C",
        RoleName.SECRETARY,
    ),
)
# Of commissioners that succeed others: there from the day on which theirs opens.
SUCCESSORS = (
    ("officer@nwlondon.example", "North West London primary care officer", "W2U3Z", RoleName.OFFICER),
)


def open_accounts() -> dict[str, User]:
    """Make the accounts of today, all with the demo's password; gives them by e-mail address."""
    hashed = make_password(PASSWORD)
    every = (*ACCOUNTS, *OTHERS, *SUCCESSORS)
    organisations = {o.code: o for o in Organisation.objects.filter(code__in={code for *_, code, _ in every})}
    users = {}
    for email, name, code, role in every:
        organisation = organisations[code]
        since = max(SINCE, organisation.opened_on or SINCE)
        if since > max(SINCE, clock.today()):
            continue
        person = None
        if role in DECLARE:
            person = Person.objects.create(slug=slugify(name), name=name, organisation=organisation)
        user = User.objects.create(email=email, name=name, password=hashed, person=person)
        Role.objects.create(user=user, organisation=organisation, role=role, starts_on=since)
        users[email] = user
    return users
