"""Signing in and changing a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField

from pcnportal.pages.forms import PortalForm


class SignInForm(PortalForm, AuthenticationForm):
    username = UsernameField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. "
        "Passwords distinguish small and capital letters.",
        "inactive": "This account may not sign in.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The field's label comes from the model otherwise.
        self.fields["username"].label = "E-mail address"
        self.fields["username"].error_messages["required"] = "Enter your e-mail address"
        self.fields["password"].error_messages["required"] = "Enter your password"


class PasswordForm(PortalForm, PasswordChangeForm):
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "old_password": ("Your present password", "", "Enter your present password"),
            "new_password1": (
                "New password",
                "At least 12 characters. Three words together are easy to remember.",
                "Enter a new password",
            ),
            "new_password2": ("New password, once more", "", "Enter the new password once more"),
        }
        for name, (label, hint, required) in said.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("autofocus", None)  # the page begins above the form
            field.error_messages["required"] = required

    error_messages = {
        "password_incorrect": "Your present password is not right.",
        "password_mismatch": "The two new passwords differ.",
    }
