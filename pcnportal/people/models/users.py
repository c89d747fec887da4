"""The users of the portal, with their dated roles."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from pcnportal import clock

from ..roles import ROLES, RoleName
from .organisations import Organisation, Person, ends_after_start, in_force
from .past import Line, Succession, lines_on, succeeded_by


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
        """Today’s roles with their organisations, and the same along a commissioner’s line of succession.

        A role counts at those whom its commissioner had succeeded by today, and at those that had succeeded
        it: what its area holds is there now. One query a request; a second one where there is such a line.
        """
        today = clock.today()
        own = models.OuterRef("organisation")
        line = Succession.objects.filter(succeeded_by(today), Q(successor=own) | Q(predecessor=own))
        held = self.roles.filter(in_force(today)).select_related("organisation")
        roles: list[Any] = list(held.annotate(is_in_a_line=models.Exists(line)))
        if not any(role.is_in_a_line for role in roles):
            return roles
        before, after = lines_on(today)
        return roles + [
            Role(
                user=self,
                organisation=organisation,
                role=role.role,
                starts_on=role.starts_on,
                ends_on=role.ends_on,
            )
            for role in roles
            for organisation in _together(role.organisation_id, before, after)
        ]

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


def _together(organisation: int, before: Line, after: Line) -> list[Organisation]:
    found = {other.pk: other for line in (before, after) for other in line.get(organisation, ())}
    return list(found.values())


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
