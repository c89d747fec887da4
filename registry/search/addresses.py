"""Where the results of a search lead."""

from urllib.parse import urlencode

from django.urls import reverse

from pcnportal.people.models import Organisation

WITHIN = (Organisation.Kind.LOCALITY, Organisation.Kind.FEDERATION)
CASES = "registry.view_case"


def all_of(page: str, /, **asked: str) -> str:
    """The list that holds all that a group shows ten of."""
    return f"{reverse(page)}?{urlencode(asked)}"


def place_of(organisation: Organisation) -> str:
    """Where a locality or a federation stands on the page of the commissioners; nothing for another."""
    return f"{reverse('registry:commissioners')}#{organisation.slug}" if organisation.kind in WITHIN else ""
