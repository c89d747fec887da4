"""Who: organisations, persons, and the users of the portal with their dated roles."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Length

from pcnportal import clock

from .roles import ROLES, RoleName

models.CharField.register_lookup(Length)


def in_force(day: date, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows whose half-open period holds `day`; an empty start or end is open."""
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
    )


def newest_first(start: str = "starts_on") -> OrderBy:
    """By start, the newest first; a start that is not held is the oldest, on every database."""
    return F(start).desc(nulls_last=True)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Refuses a period that ends before it starts, or on the day it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
        name=name,
    )


class OrganisationManager(models.Manager["Organisation"]):
    def get_by_natural_key(self, reference: str) -> Organisation:
        """By ODS code, or by slug where the organisation has no code yet."""
        return self.get(Q(code=reference) | Q(slug=reference))


class Organisation(models.Model):
    """Every body that ODS codes, or would code: one row each."""

    class Kind(models.TextChoices):
        COMMISSIONER = "commissioner", "Commissioner"
        REGION = "region", "NHS England region"
        PARTNERSHIP = "partnership", "Partnership"
        FEDERATION = "federation", "GP federation"
        PROVIDER = "provider", "Community provider"
        COUNCIL = "council", "Council"
        PRACTICE = "practice", "Practice"
        PCN = "pcn", "Primary Care Network"
        OTHER = "other", "Other"

    code = models.CharField("ODS code", max_length=12, unique=True, null=True, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    postcode = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField("opened", null=True, blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)

    objects: ClassVar = OrganisationManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=True) | Q(code__length__gte=1), name="organisation_code_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=F("opened_on")),
                name="organisation_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code or self.slug,)

    def is_open(self, day: date) -> bool:
        """Open on `day`: opened_on <= day < closed_on; a date that is not held does not close it."""
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )


class PersonManager(models.Manager["Person"]):
    def get_by_natural_key(self, slug: str) -> Person:
        return self.get(slug=slug)


class Person(models.Model):
    """Somebody a document names: a clinical director, an owner of a condition, a member of a body."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)

    objects: ClassVar = PersonManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """By e-mail address, in upper or lower case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who signs in, by e-mail address. What they may do follows from their roles in force."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField("may sign in", default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects: ClassVar = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles_in_force(self) -> list[Role]:
        """Today's roles with their organisations: one query a request."""
        return list(self.roles.filter(in_force(clock.today())).select_related("organisation"))

    def can(self, permission: str, organisation: Organisation | int | None = None) -> bool:
        """Whether a role in force gives `permission`, for `organisation` where one is named."""
        scope = organisation.pk if isinstance(organisation, Organisation) else organisation
        return self.is_active and any(
            permission in ROLES[role.role] and scope in (None, role.organisation_id)
            for role in self.roles_in_force
        )

    def scope(self, permission: str) -> list[int]:
        """Ids of the organisations for which the user holds `permission`."""
        return sorted({r.organisation_id for r in self.roles_in_force if permission in ROLES[r.role]})

    @property
    def home_organisation(self) -> Organisation | None:
        """The organisation of the user's first role in force, or None."""
        return self.roles_in_force[0].organisation if self.roles_in_force else None

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets the user in."""
        return self.can("people.use_admin")

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.can(perm)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Role(models.Model):
    """What a user may do for an organisation, from a day until a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    role = models.CharField(max_length=20, choices=RoleName.choices)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_start("role_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"
