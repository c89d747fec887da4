"""What the admin's pages have in common: rows to read, and rows to keep with an event for every saving."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from pcnportal.people.models import Organisation, User

from .models import Source
from .record import record


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)


class NoDeleting(admin.ModelAdmin):
    show_full_result_count = False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ReadOnly(NoDeleting):
    """Rows that `permission` lets somebody read, and nobody change here."""

    permission = "registry.view_register"

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(self.permission)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class DatedForm(forms.ModelForm):
    """A row that holds from a day until a day."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "The end is not after the start.")
        return data


class Kept(NoDeleting):
    """Rows that who holds `permission` adds and changes. Each saving writes one event: what changed."""

    permission = ""

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(self.permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return user_of(request).can(self.permission)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(self.permission)

    def commissioner_of(self, _row: Any) -> Organisation | None:
        """Whose history tells of the change; None where it concerns every commissioner."""
        return None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A source that somebody attested belongs to a case: the others are offered."""
        if db_field.related_model is Source:
            kwargs["queryset"] = Source.objects.exclude(kind=Source.Kind.ATTESTED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        said = [*_changed(form, change), *(sentence for rows in formsets for sentence in _rows(rows))]
        if said:
            name = form.instance._meta.verbose_name
            record(
                user_of(request),
                f"{'changed' if change else 'added'} the {name}",
                form.instance,
                commissioner=self.commissioner_of(form.instance),
                changed=said,
            )


def _changed(form: Any, change: bool) -> list[str]:
    """Each field with its new value, and with the old one where there was one."""
    said = []
    for name in form.changed_data:
        label, new = form[name].label, _told(form, name, form[name].value())
        old = f"{_told(form, name, form.initial.get(name))} → " if change else ""
        said.append(f"{label}: {old}{new}")
    return said


def _told(form: Any, name: str, value: Any) -> str:
    """A value as it is typed; a row by its name."""
    if value in (None, ""):
        return "nothing"
    choices = getattr(form.fields[name], "queryset", None)
    if choices is not None:
        return str(choices.filter(pk=value).first() or value)
    return ", ".join(str(value).splitlines())


def _rows(formset: Any) -> list[str]:
    name = formset.model._meta.verbose_name
    return [
        *(f"{name} {row}: {', '.join(fields)}" for row, fields in formset.changed_objects),
        *(f"{name} {row}: added" for row in formset.new_objects),
    ]


@admin.register(Source)
class SourceAdmin(Kept):
    """Documents and files that figures and rules come from. One that is named stays as it is."""

    permission = "history.add_source"
    list_display = ["title", "kind", "publisher", "published_on"]
    list_filter = ["kind"]
    search_fields = ["title", "publisher"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(kind=Source.Kind.ATTESTED)

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
