"""What somebody says of a match."""

from django import forms

from pcnportal.pages.forms import ReasonForm


class ConfirmForm(ReasonForm):
    reason = forms.CharField(
        label="Anything to note",
        help_text="The PCN gets the code, in place of any that was recorded. What the file says of its"
        " members is compared with the register again; where a commissioner recorded it otherwise, both stay"
        " beside each other.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )


class RejectForm(ReasonForm):
    reason = forms.CharField(
        label="Why are they two?",
        help_text="The file’s PCN then gets a row of its own.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
