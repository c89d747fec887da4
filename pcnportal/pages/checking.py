"""A form whose answers are checked before they are recorded."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from .forms import without_errors
from .pages import FormPage

STEP = "_step"


class Tried(Exception):
    """The verb would do it: now the answers are shown."""

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form


class CheckedFormPage(FormPage):
    """A `FormPage` with "Check your answers" before the verb: `record` calls it, in place of `save`.

    What was typed travels in hidden fields. Before the answers are shown the verb is tried and undone, so
    that what it would refuse is said beside the field and not after the check. `answers` gives the sections
    of the check: heading, id of that part of the form ("" where nothing is to change), and rows of
    (key, value); a value of none is "not held".
    """

    check_template = "layouts/check.jinja"
    check_title = "Check your answers"
    button = "Continue"
    record_button = "Record"

    def record(self, form: Any) -> Any:
        """Call the verb; returns as `save` does."""
        raise NotImplementedError

    def answers(self, form: Any) -> list[tuple[str, str, list[tuple[str, Any]]]]:
        raise NotImplementedError

    def follows(self, _form: Any) -> list[str]:
        """Sentences: what happens when it is recorded."""
        return []

    def save(self, form: Any) -> Any:
        with transaction.atomic():
            target = self.record(form)
            if self.request.POST.get(STEP) != "record":
                raise Tried(form)
        return target

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get(STEP) == "change":
            return self.show_again()
        try:
            return super().post(request, **kwargs)
        except Tried as tried:
            return self.show_check(tried.form)

    def show_again(self) -> HttpResponse:
        form, sets = self.forms(self.request.POST)
        without_errors(form)
        for found in sets.values():
            found.hide_errors()
        return self.show_form(form, sets)

    def show_check(self, form: Any) -> HttpResponse:
        # What was tried has left its traces in the record.
        self.object = self.fetch() if self.model else self.object
        self.template_name = self.check_template
        return self.show(
            title=self.check_title,
            sections=self.answers(form),
            follows=self.follows(form),
            record_button=self.record_button,
            step=STEP,
            back=self.back(),
        )
