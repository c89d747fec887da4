"""The form by which a file comes to a case: its own small form, since a browser never keeps a chosen file."""

from django import forms

from pcnportal.pages.forms import PortalForm
from pcnportal.pages.uploads import ALLOWED
from registry.models import Document

AGAIN = "Choose the file again: a browser does not keep it when a form is sent."


class DocumentForm(PortalForm):
    """`holds_bank_details` is yes or no: the portal keeps none, so yes is refused with what to do instead."""

    kind = forms.ChoiceField(label="What is it?", choices=Document.Kind.choices, widget=forms.RadioSelect)
    holds_bank_details = forms.ChoiceField(
        label="Does the file hold bank details?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        help_text="An account number, a sort code or the name of an account.",
        error_messages={"required": "Say whether the file holds bank details"},
    )
    file = forms.FileField(
        label="File", help_text=f"{ALLOWED.removeprefix('Choose a ')}, 20 MB at most.", max_length=1000
    )
    options = {"holds_bank_details": {"inline": True, "small": True}, "kind": {"small": True}}

    def ask_for_the_file_again(self) -> None:
        """Where something else is wrong and a file came with it: say that it has to be chosen once more."""
        if self.errors and "file" not in self.errors and self.files:
            self.add_error("file", AGAIN)
