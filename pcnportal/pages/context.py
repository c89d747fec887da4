"""What every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pcnportal import clock
from pcnportal.people.idle import RENEW_SECONDS

# (text, name of the address, permission). An address that is not there yet is left out.
NAVIGATION = [
    ("My work", "home", ""),
    ("Registrations", "registrations", "registry.view_case"),
    ("Conditions", "conditions", "registry.view_case"),
    ("Decisions", "decisions", "registry.view_case"),
    ("Meetings", "meetings", "governance.view_meeting"),
    ("PCNs", "pcns", "registry.view_register"),
    ("Practices", "practices", "registry.view_register"),
    ("History", "history", "history.view_event"),
    ("Users", "admin:index", "people.use_admin"),
]


def address(name: str) -> str:
    """The address of a page, or nothing where the page is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that the user may open; the one they are in is marked."""
    items = [
        {"text": text, "href": href}
        for text, name, permission in NAVIGATION
        if (href := address(name)) and (not permission or request.user.can(permission))
    ]
    for item in items:
        here = request.path == item["href"]
        within = item["href"] != "/" and request.path.startswith(item["href"])
        item.update(current=here, active=within)
    return items


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of every page that is rendered for a request."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "user": user if signed_in else None,
        "navigation": navigation(request) if signed_in else [],
        "search_address": address("search") if signed_in else "",
        "played_day": clock.played_day(),
        # The session is renewed at most once in RENEW_SECONDS, so it may end that much earlier.
        "idle_seconds": max(settings.SESSION_IDLE_SECONDS - RENEW_SECONDS, 1) if signed_in else 0,
        "warning_seconds": settings.SESSION_WARNING_SECONDS,
    }
