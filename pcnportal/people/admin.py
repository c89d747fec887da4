"""Users and their roles, for administrators. Every change is recorded."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetPasswordMixin
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html

from pcnportal.history.record import record
from pcnportal.pages.fields import LookupField

from .models import Organisation, Person, Role, User

admin.site.site_header = admin.site.site_title = "PCN portal: administration"
admin.site.index_title = "Users, rules and the register"
admin.site.site_url = "/"
admin.site.unregister(Group)


class NewUserForm(SetPasswordMixin, forms.ModelForm):
    password1, password2 = SetPasswordMixin.create_password_fields("Password", "Password, once more")

    class Meta:
        model = User
        fields = ["email", "name"]

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        return super().clean() or {}

    def _post_clean(self) -> None:
        # The validators compare the password with the name and the address.
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        self.validate_password_for_user(self.instance)

    def clean_email(self) -> str:
        return lower_case(self.cleaned_data["email"])

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        return self.set_password_and_save(user, commit=commit)


class UserForm(forms.ModelForm):
    person = LookupField(
        Person.objects,
        code="slug",
        what="person",
        required=False,
        help_text="Where the user is somebody whom documents name.",
    )

    class Meta:
        model = User
        fields = ["email", "name", "person", "is_active"]

    def clean_email(self) -> str:
        return lower_case(self.cleaned_data["email"], besides=self.instance)


def lower_case(email: str, besides: User | None = None) -> str:
    """The address in small letters. Raises `ValidationError` where another user has it."""
    if User.objects.filter(email__iexact=email).exclude(pk=besides.pk if besides else 0).exists():
        raise forms.ValidationError("A user with this e-mail address exists.")
    return email.lower()


class RolesOfUser(admin.TabularInline):
    """A role ends by a date; it is never deleted."""

    model = Role
    extra = 0
    can_delete = False

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Who uses the portal works for a commissioner, a region or a partnership."""
        if db_field.name == "organisation":
            kinds = [Organisation.Kind.COMMISSIONER, Organisation.Kind.REGION, Organisation.Kind.PARTNERSHIP]
            kwargs["queryset"] = Organisation.objects.filter(kind__in=kinds)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NewPasswordForm(AdminPasswordChangeForm):
    """A password that the administrator types; an account without one is switched off by "may sign in"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Every change is recorded in its own transaction; the event names fields and roles."""

    form, add_form, change_password_form = UserForm, NewUserForm, NewPasswordForm
    fieldsets = [(None, {"fields": ["email", "name", "person", "is_active", "password_address"]})]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]
    readonly_fields = ["password_address"]
    inlines = [RolesOfUser]
    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "roles__role"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    filter_horizontal = ()

    @admin.display(description="password")
    def password_address(self, user: User) -> str:
        return format_html('<a href="{}">Set a new password</a>', f"/admin/people/user/{user.pk}/password/")

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        record(cast("User", request.user), "added the user", obj, fields=message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        record(cast("User", request.user), "changed the user", obj, fields=message)
        return super().log_change(request, obj, message)

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        return super().user_change_password(request, id, form_url)
