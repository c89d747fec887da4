"""When things go wrong: plain sentences with a way out."""

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("pcnportal.errors")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "This request could not be understood", "errors/400.jinja")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says what the role does not allow, where the refusal has a sentence; never what it hides."""
    return _page(request, 403, "You can't do this", "errors/403.jinja", sentence=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "Page not found", "errors/404.jinja")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from another site."""
    return _page(request, 403, "This form could not be accepted", "errors/csrf.jinja")


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a reference that is in the log. Asks neither the database nor the session."""
    reference = secrets.token_hex(4).upper()
    log.error("Reference %s: %s %s", reference, request.method, request.path, exc_info=sys.exc_info())
    context = {"title": "Something went wrong", "reference": reference}
    return HttpResponse(render_to_string("errors/500.jinja", context, using="jinja2"), status=500)


def _page(request: HttpRequest, status: int, title: str, template: str, **extra: Any) -> HttpResponse:
    return render(request, template, {"title": title, **extra}, status=status, using="jinja2")
