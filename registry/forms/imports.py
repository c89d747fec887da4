"""The form by which a published file comes into the portal."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError

from pcnportal.pages.fields import DateField
from pcnportal.pages.forms import PortalForm
from registry.forms.documents import AGAIN
from registry.models import ImportRun

CODES = re.compile(r"[A-Z0-9]{2,12}")
MOST_CODES = 50
WHERE = {
    "ods": "epraccur.csv, from the Organisation Data Service: “GP and GP practice related data”.",
    "epcn": "ePCN.xlsx, from the same page: “Primary Care Networks”. Both sheets are read.",
    "list_sizes": "gp-reg-pat-prac-all.csv, from “Patients Registered at a GP Practice”; or a file of your"
    " own with the columns ods_code,as_at,kind,patients,source.",
}


class UploadForm(PortalForm):
    """What the file is, the file, and what of it is wanted."""

    kind = forms.ChoiceField(
        label="What is it?", choices=ImportRun.Kind.choices, widget=forms.RadioSelect, required=True
    )
    stated_on = DateField(
        label="Date of the file",
        help_text="The day of which it speaks. Leave it empty where the file or its name says it, as in"
        " ePCN_2019-12-04.xlsx.",
        required=False,
    )
    commissioners = forms.CharField(
        label="Only these commissioners",
        help_text="Their ODS codes, for example 08E 08F. Leave it empty for all England.",
        required=False,
        max_length=400,
    )
    accept_matches = forms.BooleanField(
        label="Give PCNs without a code that of their row in the file, where every reason agrees",
        help_text="The same name, the same commissioner, most practices in both, and no rival. The others"
        " wait for a person.",
        required=False,
    )
    accept_jumps = forms.BooleanField(
        label="Take figures of your own file though most differ by half from what is held, or one is"
        " ten times what is held, or a tenth of it",
        help_text="Only where you know that they are right. They are shown by themselves before anything is"
        " written, and kept with your name.",
        required=False,
    )
    file = forms.FileField(
        label="File",
        help_text="It must hold no information about a patient, and no bank details. Nothing is written"
        " before you have read what it changes.",
        max_length=1000,
    )
    options = {"kind": {"hints": WHERE}, "commissioners": {"width": 20}}

    def clean_commissioners(self) -> tuple[str, ...]:
        codes = re.split(r"[\s,;]+", self.cleaned_data["commissioners"].upper().strip())
        codes = [code for code in codes if code]
        wrong = [code for code in codes if not CODES.fullmatch(code)]
        if wrong:
            raise ValidationError(
                f"“{wrong[0]}” is no ODS code: write codes such as 08E, with spaces between."
            )
        if len(codes) > MOST_CODES:
            raise ValidationError(f"Name {MOST_CODES} commissioners at most, or none for all England.")
        return tuple(dict.fromkeys(codes))

    def ask_for_the_file_again(self) -> None:
        """Where something else is wrong and a file came with it: say that it has to be chosen once more."""
        if self.errors and "file" not in self.errors and self.files:
            self.add_error("file", AGAIN)
