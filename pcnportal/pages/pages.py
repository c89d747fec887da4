"""What pages are made of: a detail page and a form page. Lists: `lists.py`; one verb: `acts.py`.

A page names its `permission`. A record that is not the user's does not exist for them (404); a verb that
their role does not give is refused (403).
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from pcnportal.people.access import own_or_404
from pcnportal.people.models import User
from pcnportal.refusals import NotAllowed, Refused, Stale

from .asked import no_such_file
from .cards import Cards, changed_cards
from .forms import Seen, without_errors
from .writing import error_list


class Panel(NamedTuple):
    """A part of a page that an upper app adds: a template that finds its `context` under the name `panel`."""

    template: str
    context: dict[str, Any]


class SignedInRequest(HttpRequest):
    user: User


class Page(View):
    """A page for who holds `permission`, of a record where a `model` is named.

    `scope` is the path from the record to the id of its commissioner (`case.commissioner_id`); empty for the
    register, which everybody reads. `see` is the permission to see the record at all, where it differs from
    `permission`. `lookup` maps a name in the address to a look-up. `breadcrumbs` are (text, name of address).
    """

    request: SignedInRequest
    permission = ""
    see = ""
    title = ""
    caption = ""
    template_name = ""
    model: type[models.Model] | None = None
    scope = ""
    lookup: dict[str, str] = {}
    breadcrumbs: Sequence[tuple[str, str]] = ()
    panels: Sequence[Callable[..., Panel | None]] = ()
    object: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refused := no_such_file(request):
            return refused
        try:
            if self.model:
                self.object = self.fetch()
            elif self.permission and not self.request.user.can(self.permission):
                raise NotAllowed("Your role does not allow this.")
            return super().dispatch(request, *args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.sentence) from refusal

    def queryset(self) -> "models.QuerySet[Any]":
        return self.model._default_manager.all()  # type: ignore[union-attr]

    def fetch(self) -> Any:
        """The record of the address, fetched and authorised in one."""
        if "\x00" in "".join(map(str, self.kwargs.values())):
            raise Http404  # PostgreSQL refuses to look for it
        where = {self.lookup.get(name, name): value for name, value in self.kwargs.items()}
        found = get_object_or_404(self.queryset(), **where)
        user = self.request.user
        if not self.scope:
            if not user.can(self.permission):
                raise NotAllowed("Your role does not allow this.")
            return found
        own_or_404(user, self.see or self.permission, attrgetter(self.scope)(found))
        if not user.can(self.permission, attrgetter(self.scope)(found)):
            raise NotAllowed("Your role does not allow this.")
        return found

    def get_title(self) -> str:
        return self.title or str(self.object or "")

    def get_caption(self) -> str:
        return self.caption

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        """(text, address) of the pages above this one."""
        return [(text, name if name.startswith("/") else reverse(name)) for text, name in self.breadcrumbs]

    def context(self) -> dict[str, Any]:
        """What a page adds to its template."""
        return {}

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        panels = [made for panel in self.panels if (made := panel(self.request, self.object))]
        context = {
            "title": self.get_title(),
            "caption": self.get_caption(),
            "breadcrumbs": self.get_breadcrumbs(),
            "object": self.object,
            "panels": panels,
            **extra,
            **self.context(),
        }
        return render(self.request, self.template_name, context, status=status, using="jinja2")


class DetailPage(Page):
    """One record, or a page of its own kind; `template_name` extends layouts/detail.jinja."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show()


class FormPage(Page):
    """A form and the verb that it calls.

    `save` calls the verb and says where to go next: an address or a record; None for `back()`. A `Refused`
    becomes an error of the form, a `Stale` a 409 that keeps everything that was typed. `cards` maps prefixes
    to classes made by `cards.cards`; `save` finds their data in `self.cards_data[prefix]`. `guard` raises
    `Refused` where the form can't be used at all: its sentence is shown in place of the form.
    """

    template_name = "layouts/form.jinja"
    form_class: type[Any] = Seen
    button = "Save"
    warning = False
    done = ""
    intro = ""
    cards: dict[str, type[Cards]] = {}

    def initial(self) -> dict[str, Any]:
        return {}

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        return []

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def version(self) -> int | None:
        """The version that the form is about: goes into its field `seen`."""
        return getattr(self.object, "version", None)

    def guard(self) -> None:
        return None

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def back(self) -> str:
        """Where Cancel leads, and what is done where `save` says nothing else."""
        return self.object.get_absolute_url() if hasattr(self.object, "get_absolute_url") else reverse("home")

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        try:
            self.guard()
        except Refused as refusal:
            return self.show(blocked=refusal.sentence, back=self.back())
        return self.show_form(*self.forms(None))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        for prefix, made in self.cards.items():
            if (changed := changed_cards(request.POST, prefix, made.form)) is not None:
                return self.show_changed_cards(changed, prefix)
        form, sets = self.forms(request.POST)
        if not all([form.is_valid(), *(found.is_valid() for found in sets.values())]):
            try:
                self.guard()
            except Refused as refusal:
                return self.show(blocked=refusal.sentence, back=self.back())
            return self.show_form(form, sets)
        self.cards_data = {prefix: found.entered for prefix, found in sets.items()}
        try:
            target = self.save(form)
        except NotAllowed:
            raise
        except Stale as stale:
            return self.show_stale(stale)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return self.show_form(form, sets)
        if self.done:
            messages.success(request, self.done.format(object=self.object))
        return redirect(self.back() if target is None else target)

    def forms(self, data: QueryDict | None) -> tuple[Any, dict[str, Cards]]:
        """The form and its cards, bound where there is data."""
        initial = self.initial()
        if "seen" in self.form_class.base_fields:
            initial.setdefault("seen", self.version())
        files = self.request.FILES if data is not None else None
        form = self.form_class(data, files, initial=initial, **self.form_kwargs())
        sets = {
            prefix: made(data, prefix=prefix, initial=self.cards_initial(prefix))
            for prefix, made in self.cards.items()
        }
        return form, sets

    def show_form(
        self, form: BaseForm, sets: dict[str, Cards], status: int = 200, **extra: Any
    ) -> HttpResponse:
        every = [form, *(card for found in sets.values() for card in found.forms)] if form.is_bound else []
        errors = error_list(*every) + [
            {"text": str(sentence), "href": f"#{found.prefix}-errors"}
            for found in sets.values()
            if form.is_bound
            for sentence in found.non_form_errors()
        ]
        extra = {
            "button": self.button,
            "warning": self.warning,
            "intro": self.intro,
            "back": self.back(),
        } | extra
        return self.show(status, form=form, cards=sets, errors=errors, **extra)

    def show_changed_cards(self, data: QueryDict, prefix: str) -> HttpResponse:
        form, sets = self.forms(data)
        without_errors(form)
        for found in sets.values():
            found.hide_errors()
        if f"{prefix}-add" in data and sets[prefix].forms:
            sets[prefix].forms[-1].visible_fields()[0].field.widget.attrs["autofocus"] = ""
        return self.show_form(form, sets)

    def show_stale(self, stale: Stale) -> HttpResponse:
        """The same form with the record's present version: who reads what changed may send it again."""
        self.object = self.fetch() if self.model else self.object
        data = self.request.POST.copy()
        if (version := self.version()) is not None:
            data["seen"] = str(version)
        form, sets = self.forms(data)
        return self.show_form(form, sets, 409, stale=stale)
