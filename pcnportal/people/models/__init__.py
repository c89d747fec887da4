"""Who: organisations, persons, and the users of the portal with their dated roles."""

from .organisations import Organisation, Person, ends_after_start, in_force, newest_first
from .past import FormerDetail, Office, Succession
from .users import Role, User

__all__ = [
    "FormerDetail",
    "Office",
    "Organisation",
    "Person",
    "Role",
    "Succession",
    "User",
    "ends_after_start",
    "in_force",
    "newest_first",
]
