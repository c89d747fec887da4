"""Groups of stages that several places ask for."""

from registry.models import Status

# Stages in which a registration does not place its practices: not sent yet, or no longer wanted.
NOT_PLACING = (Status.DRAFT, Status.WITHDRAWN, Status.NOT_APPROVED, Status.CLOSED)

# Stages in which its form claims no practice: once it is live, the register's memberships say where each is.
NOT_CLAIMING = (*NOT_PLACING, Status.LIVE)

OPEN = (
    Status.DRAFT,
    Status.RECEIVED,
    Status.RETURNED,
    Status.UNDER_REVIEW,
    Status.BEFORE_COMMITTEE,
    Status.APPROVED,
    Status.NOT_APPROVED,
    Status.INFORMATION_REQUESTED,
    Status.ENDORSED,
    Status.CONFIRMED,
)
