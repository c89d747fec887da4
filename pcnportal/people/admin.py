"""Users and their roles, for administrators of the organisations they work for. Every change is recorded."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetPasswordMixin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.pages.fields import LookupField

from .models import Organisation, Person, Role, User

admin.site.site_header = admin.site.site_title = "PCN portal: administration"
admin.site.index_title = "Users, rules and the register"
admin.site.site_url = "/"
admin.site.unregister(Group)


def organisations_of(request: HttpRequest) -> "QuerySet[Organisation]":
    """The organisations whose users the administrator keeps."""
    return Organisation.objects.filter(pk__in=cast("User", request.user).scope("people.use_admin"))


def roles_elsewhere(request: HttpRequest, user: User) -> "QuerySet[Role]":
    """The user's roles, of today or to come, at organisations of other administrators."""
    lasting = user.roles.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today()))
    return lasting.exclude(organisation__in=organisations_of(request)).select_related("organisation")


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


class RoleForm(forms.ModelForm):
    """A role stays with its organisation: it ends there, and another begins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["organisation"].disabled = True


class Roles(BaseInlineFormSet):
    def initial_form_count(self) -> int:
        """No more rows than there are, whatever was sent."""
        return min(super().initial_form_count(), len(self.get_queryset()))


class RolesOfUser(admin.TabularInline):
    """A role ends by a date; it is never deleted. An administrator gives those of the own organisations."""

    model, form, formset = Role, RoleForm, Roles
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(organisation__in=organisations_of(request))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Who uses the portal works for a commissioner, a region or a partnership."""
        if db_field.name == "organisation":
            kinds = [Organisation.Kind.COMMISSIONER, Organisation.Kind.REGION, Organisation.Kind.PARTNERSHIP]
            kwargs["queryset"] = organisations_of(request).filter(kind__in=kinds)
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
    """Users who hold or held a role where the administrator is one, and users without any role yet.

    Every change is recorded in its own transaction, in the history of the organisation that it concerns. Who
    works for somebody else's organisation too keeps the account as it is: it opens that one's papers.
    """

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

    def get_queryset(self, request: HttpRequest) -> Any:
        held = Role.objects.filter(user=OuterRef("pk"))
        own = held.filter(organisation__in=organisations_of(request))
        return super().get_queryset(request).filter(Exists(own) | ~Exists(held))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        shared = obj is not None and roles_elsewhere(request, obj).exists()
        return ["email", "name", "person", "is_active", "elsewhere"] if shared else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        if "elsewhere" not in self.get_readonly_fields(request, obj):
            return self.fieldsets
        return [(None, {"fields": ["email", "name", "person", "is_active", "elsewhere"]})]

    @admin.display(description="password")
    def password_address(self, user: User) -> str:
        return format_html('<a href="{}">Set a new password</a>', f"/admin/people/user/{user.pk}/password/")

    @admin.display(description="account")
    def elsewhere(self, _user: User) -> str:
        return (
            "Holds a role at another organisation too, so that you can't change the account or its password."
        )

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        tell(request, "added the user", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        tell(request, "changed the user", obj, message)
        return super().log_change(request, obj, message)

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        user = self.get_object(request, id)
        if user and roles_elsewhere(request, user).exists():
            raise PermissionDenied("This user holds a role at another organisation too.")
        return super().user_change_password(request, id, form_url)


def tell(request: HttpRequest, verb: str, user: User, message: list[dict[str, Any]]) -> None:
    """One event for each organisation whose roles changed.

    Where none did, it is for those of the user, or else of the administrator. `message` is Django's
    list of what changed; the event names fields and roles, and no other values.
    """
    own = organisations_of(request)
    names = {
        str(role): role.organisation for role in user.roles.filter(organisation__in=own).select_related()
    }
    changed = [(part.get("object", ""), what, part) for entry in message for what, part in entry.items()]
    touched = {names[name] for name, *_ in changed if name in names} or set(names.values()) or set(own)
    for organisation in sorted(touched, key=lambda organisation: organisation.pk):
        said = [
            f"{name}: {fields or what}" if name else fields
            for name, what, part in changed
            if (fields := ", ".join(part.get("fields", ()))) or name
            if not name or names.get(name) == organisation
        ]
        record(cast("User", request.user), verb, user, commissioner=organisation, changed="; ".join(said))
