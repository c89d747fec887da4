"""Signing in and out, one's password, the session."""

import time
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST

from pcnportal.history.record import record
from pcnportal.pages.pages import FormPage
from pcnportal.pages.writing import error_list

from .forms import PasswordForm, SignInForm
from .models import User
from .roles import RoleName

DEMO_PASSWORD = "pcn-demo-2019"  # noqa: S105, the accounts of the demo are public


class SignIn(views.LoginView):
    form_class = SignInForm
    template_name = "people/sign_in.jinja"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "title": "Sign in",
            "errors": error_list(form) if form.is_bound else [],
            "ended": "ended" in self.request.GET,
            "accounts": demo_accounts() if settings.DEMO else [],
            "demo_password": DEMO_PASSWORD,
        }


def demo_accounts() -> list[tuple[str, str]]:
    """Address and role of each account of the demo."""
    users = User.objects.filter(email__endswith=".example", is_active=True).prefetch_related(
        "roles__organisation"
    )
    rows = [(user.email, [str(role) for role in user.roles.all()]) for user in users]
    order = [str(RoleName(name).label) for name in RoleName.values]
    rows.sort(key=lambda row: (row[0].split("@")[1], order.index(row[1][0].split(",")[0]) if row[1] else 99))
    return [(email, "; ".join(roles)) for email, roles in rows]


@method_decorator(login_not_required, name="dispatch")
class SignOut(views.LogoutView):
    """By POST. An idle session ends with `ended`, and says so on the sign-in page."""

    http_method_names = ["post", "options"]

    def get_success_url(self) -> str:
        asked = {"ended": "1"} if "ended" in self.request.POST else {}
        target = self.request.POST.get("next", "")
        if target and url_has_allowed_host_and_scheme(target, allowed_hosts={self.request.get_host()}):
            asked["next"] = target
        return f"{resolve_url(settings.LOGIN_URL)}{'?' if asked else ''}{urlencode(asked)}"


class Account(FormPage):
    """Who one is here, what one may do, and a new password."""

    form_class = PasswordForm
    template_name = "people/password.jinja"
    title = "Your account"
    button = "Change password"

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def forms(self, data: Any) -> Any:
        return PasswordForm(user=self.request.user, data=data), {}

    @transaction.atomic
    def save(self, form: PasswordForm) -> str:
        user = form.save()
        record(user, "changed the password", user)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, "Your password is changed.")
        return reverse("home")


@require_POST
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """Renews the session: 204 for the script, the page one came from without it."""
    request.session["seen"] = int(time.time())
    if request.headers.get("Sec-Fetch-Mode", "") == "navigate":
        return redirect("home")
    return HttpResponse(status=204)


def locked_out(request: HttpRequest, _response: Any = None, credentials: Any = None) -> HttpResponse:
    """The page after too many failed sign-ins: 429, with the time to wait."""
    wait = get_cool_off(request)
    minutes = int(wait.total_seconds() // 60) if wait else 0
    context = {
        "title": "Too many attempts to sign in",
        "minutes": minutes,
        "limit": settings.AXES_FAILURE_LIMIT,
    }
    return render(request, "people/locked_out.jinja", context, status=429, using="jinja2")


def typed_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address under which failed sign-ins are counted: capital letters make no difference."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(typed).strip().lower()


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin has no sign-in of its own."""
    if request.user.is_authenticated:
        raise PermissionDenied("Your role does not allow this.")
    return redirect(
        f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.GET.get('next', '/admin/')})}"
    )


admin_sign_in = login_not_required(admin_sign_in)
