"""A session ends after a time without activity (SESSION_IDLE_SECONDS)."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Renewed at most once a minute, so that reading a page does not write to the database each time.
RENEW_SECONDS = 60


class IdleSessionMiddleware:
    """Renews the session of a signed-in user who is active."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            seen = request.session.get("seen", 0)
            if time.time() - seen > RENEW_SECONDS:
                request.session["seen"] = int(time.time())
        return self.get_response(request)
