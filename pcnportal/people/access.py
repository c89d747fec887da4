"""May this person do that? Asked by every verb, once."""

from django.http import Http404

from pcnportal.refusals import NotAllowed

from .models import Organisation, User


def allow(user: User, permission: str, organisation: Organisation | None) -> None:
    """Pass where `user` holds `permission` for `organisation`, or at all where a record is nobody's own.

    Raises `NotAllowed` with a sentence for the user otherwise.
    """
    if user.can(permission, organisation):
        return
    if user.can(permission):
        raise NotAllowed(f"This belongs to another commissioner: {organisation}.")
    raise NotAllowed("Your role does not allow this.")


def own_or_404(user: User, permission: str, organisation_id: int) -> None:
    """Someone else's record does not exist for this user."""
    if not user.can(permission, organisation_id):
        raise Http404
