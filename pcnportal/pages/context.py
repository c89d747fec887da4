"""What every page needs to know."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve

from pcnportal import clock
from pcnportal.people.idle import RENEW_SECONDS
from pcnportal.people.models import User

# (text, address, permission). An address that is not there yet is left out.
NAVIGATION = [
    ("My work", "/", ""),
    ("Registrations", "/registrations/", "registry.view_case"),
    ("Conditions", "/conditions/", "registry.view_case"),
    ("Decisions", "/decisions/", "registry.view_case"),
    ("Boards", "/governance/", "governance.view_meeting"),
    ("Meetings", "/governance/meetings/", "governance.view_meeting"),
    ("Actions", "/governance/actions/", "governance.view_meeting"),
    ("Funding", "/funding/", "funding.view_funding"),
    ("PCNs", "/pcns/", "registry.view_register"),
    ("Practices", "/practices/", "registry.view_register"),
    ("Findings", "/findings/", "findings.view_finding"),
    ("Imports", "/imports/", "registry.view_import"),
    ("History", "/history/", "history.view_event"),
    ("Administration", "/admin/", "people.use_admin"),
]


def is_there(path: str) -> bool:
    """Whether the portal has a page at this address. Not asked by name: a lower floor names no upper one."""
    return _resolves(path, get_urlconf() or settings.ROOT_URLCONF)


@cache
def _resolves(path: str, urlconf: str) -> bool:
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True


def navigation(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """The pages that the user may open; the one they are in is marked."""
    inside = max((href for _, href, _ in NAVIGATION if request.path.startswith(href)), key=len, default="")
    return [
        {
            "text": text,
            "href": href,
            "current": request.path == href,
            "active": href == inside != "/",
        }
        for text, href, permission in NAVIGATION
        if is_there(href) and (not permission or user.can(permission))
    ]


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of every page that is rendered for a request."""
    user: Any = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "user": user if signed_in else None,
        "navigation": navigation(request, user) if signed_in else [],
        "search_address": "/search/" if signed_in and is_there("/search/") else "",
        "played_day": clock.played_day(),
        # The session is renewed at most once in RENEW_SECONDS, so it may end that much earlier.
        "idle_seconds": max(settings.SESSION_IDLE_SECONDS - RENEW_SECONDS, 1) if signed_in else 0,
        "warning_seconds": settings.SESSION_WARNING_SECONDS,
    }
