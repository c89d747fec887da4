"""Who: organisations, persons, and the users of the portal with their dated roles."""

from .identity import ByIdentity, Identified
from .organisations import Organisation, Person, ends_after_start, in_force, newest_first
from .past import FormerDetail, Office, Succession, lines_on, succeeded_by
from .users import Role, User

__all__ = [
    "ByIdentity",
    "FormerDetail",
    "Identified",
    "Office",
    "Organisation",
    "Person",
    "Role",
    "Succession",
    "User",
    "ends_after_start",
    "in_force",
    "lines_on",
    "newest_first",
    "succeeded_by",
]
