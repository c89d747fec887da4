"""Where the results of a search lead."""

from urllib.parse import urlencode

from django.urls import reverse

CASES = "registry.view_case"


def all_of(page: str, /, **asked: str) -> str:
    """The list that holds all that a group shows ten of."""
    return f"{reverse(page)}?{urlencode(asked)}"
