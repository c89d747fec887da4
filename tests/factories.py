"""Rows for tests, with the real names of the source documents, so that a failing test reads like a case."""

from datetime import date
from decimal import Decimal

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from governance.models import AgendaItem, Attendance, Body, Meeting, QuorumRule
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, Role, User
from pcnportal.people.roles import RoleName
from registry.models import (
    PCN,
    Case,
    Checklist,
    ChecklistItem,
    Commissioner,
    ListSize,
    Practice,
    Round,
    Submission,
    SubmittedMember,
)

FORMS_DUE, COMMITTEE_DAY, PANEL_DAY = date(2019, 5, 15), date(2019, 5, 20), date(2019, 5, 24)
CONFIRM_BY, GO_LIVE = date(2019, 5, 31), date(2019, 7, 1)
JANUARY = date(2019, 1, 1)


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    title = "Harrow board report on Primary Care Networks"
    slug = factory.LazyAttribute(lambda source: slugify(source.title))
    kind = Source.Kind.DOCUMENT


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    name = "NHS Harrow CCG"
    code: str | None = None
    slug = factory.LazyAttribute(lambda organisation: slugify(organisation.name))
    kind = Organisation.Kind.COMMISSIONER


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person
        django_get_or_create = ("slug",)

    name = "Dr Meena Thakur"
    slug = factory.LazyAttribute(lambda person: slugify(person.name))


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        django_get_or_create = ("email",)

    email = "officer@harrow.example"
    name = factory.LazyAttribute(lambda user: user.email.partition("@")[0].capitalize())


class RoleFactory(DjangoModelFactory[Role]):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory, code="08E")
    role = RoleName.OFFICER
    starts_on = date(2019, 4, 1)


class BodyFactory(DjangoModelFactory[Body]):
    class Meta:
        model = Body
        django_get_or_create = ("slug",)

    name = "Primary Care Commissioning Committee"
    slug = factory.LazyAttribute(lambda body: slugify(body.name))
    kind = Body.Kind.COMMITTEE
    organisation = factory.SubFactory(OrganisationFactory, code="08E")


class QuorumRuleFactory(DjangoModelFactory[QuorumRule]):
    class Meta:
        model = QuorumRule

    body = factory.SubFactory(BodyFactory)
    voting_members = 2
    source = factory.SubFactory(SourceFactory)


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    commissioner = factory.SelfAttribute("body.organisation")
    held_on = COMMITTEE_DAY


class AttendanceFactory(DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(PersonFactory)
    presence = Attendance.Presence.PRESENT


class AgendaItemFactory(DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda number: number + 1)
    title = "Primary Care Networks"


class CommissionerFactory(DjangoModelFactory[Commissioner]):
    class Meta:
        model = Commissioner

    organisation = factory.SubFactory(OrganisationFactory, code="08E")
    short_name = "Harrow CCG"
    region = factory.SubFactory(
        OrganisationFactory, code="Y56", name="NHS England, London region", kind=Organisation.Kind.REGION
    )
    is_in_london = True


class PracticeFactory(DjangoModelFactory[Practice]):
    class Meta:
        model = Practice

    class Params:
        code = "E84039"
        name = "Honeypot Medical Centre"
        opened_on = date(1974, 4, 1)
        closed_on: date | None = None

    organisation = factory.SubFactory(
        OrganisationFactory,
        code=factory.SelfAttribute("..code"),
        name=factory.SelfAttribute("..name"),
        kind=Organisation.Kind.PRACTICE,
        opened_on=factory.SelfAttribute("..opened_on"),
        closed_on=factory.SelfAttribute("..closed_on"),
    )
    commissioner = factory.SubFactory(OrganisationFactory, code="08E")


class PCNFactory(DjangoModelFactory[PCN]):
    class Meta:
        model = PCN

    class Params:
        name = "Harrow East PCN"

    organisation = factory.SubFactory(
        OrganisationFactory, name=factory.SelfAttribute("..name"), kind=Organisation.Kind.PCN
    )
    commissioner = factory.SubFactory(OrganisationFactory, code="08E")


class ListSizeFactory(DjangoModelFactory[ListSize]):
    class Meta:
        model = ListSize

    kind = ListSize.Kind.REGISTERED
    as_at = JANUARY
    patients = Decimal(12852)
    source = factory.SubFactory(SourceFactory)


class RoundFactory(DjangoModelFactory[Round]):
    class Meta:
        model = Round
        django_get_or_create = ("year",)

    year = "2019/20"
    title = "Network Contract DES 2019/20"
    list_size_on = JANUARY
    deadline = FORMS_DUE
    confirm_by = CONFIRM_BY
    go_live_on = GO_LIVE
    source = factory.SubFactory(SourceFactory)


class ChecklistFactory(DjangoModelFactory[Checklist]):
    class Meta:
        model = Checklist

    slug = "national"
    title = "National requirements"
    is_national = True
    source = factory.SubFactory(SourceFactory)


class ChecklistItemFactory(DjangoModelFactory[ChecklistItem]):
    class Meta:
        model = ChecklistItem

    checklist = factory.SubFactory(ChecklistFactory)
    position = factory.Sequence(lambda number: number + 1)
    key = "members"
    title = "Member practices"
    requirement = factory.LazyAttribute(lambda item: f"{item.title}: as the contract says.")
    rule = factory.LazyAttribute(lambda item: item.key)


class CaseFactory(DjangoModelFactory[Case]):
    """A bare draft, for rules and constraints; cases that move are made by the verbs in `tests.harrow`."""

    class Meta:
        model = Case

    pcn = factory.SubFactory(PCNFactory)
    round = factory.SubFactory(RoundFactory)
    commissioner = factory.SelfAttribute("pcn.commissioner")


class SubmissionFactory(DjangoModelFactory[Submission]):
    class Meta:
        model = Submission

    case = factory.SubFactory(CaseFactory)
    number = 1


class SubmittedMemberFactory(DjangoModelFactory[SubmittedMember]):
    class Meta:
        model = SubmittedMember

    submission = factory.SubFactory(SubmissionFactory)
    code = factory.LazyAttribute(lambda member: member.practice.organisation.code)
