"""What a machine asks of the portal: whether it is well, and its icon."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from pcnportal.history import triggers


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 where the database answers and history is protected, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        protected = triggers.installed()
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    if not protected:
        return HttpResponse("History is not protected: run migrate.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def favicon(_request: HttpRequest) -> HttpResponse:
    """Asked for by browsers on pages that name no icon: the admin's, documents."""
    return redirect(static("portal/assets/images/favicon.ico"))
