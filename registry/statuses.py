"""Groups of stages that several places ask for."""

from registry.models import Status

# Stages in which a registration does not place its practices: not sent yet, or no longer wanted.
NOT_PLACING = (Status.DRAFT, Status.WITHDRAWN, Status.NOT_APPROVED, Status.CLOSED)

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
