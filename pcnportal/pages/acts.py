"""A page for one verb."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

from .forms import ReasonForm, Seen
from .pages import FormPage


class Act(FormPage):
    """One verb: GET asks, POST does it. Made by `act`."""

    verb: Callable[..., Any]

    def save(self, form: Any) -> Any:
        reason = {"reason": form.cleaned_data["reason"]} if "reason" in form.fields else {}
        type(self).verb(self.object, by=self.request.user, seen=form.cleaned_data["seen"], **reason)
        return None


class OptionalReasonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


REASONS: dict[str, type[Any]] = {"none": Seen, "optional": OptionalReasonForm, "required": ReasonForm}


def act(
    verb: Callable[..., Any], *, reason: str = "none", **attributes: Any
) -> Callable[..., HttpResponseBase]:
    """The view of one verb, called as verb(record, by=user, seen=version[, reason=words]).

    `reason` is none, optional or required; `attributes` are those of a `FormPage`: title, permission, model…
    """
    own = {"verb": staticmethod(verb), "form_class": REASONS[reason], **attributes}
    made: type[Act] = type("Act", (Act,), own)
    return made.as_view()
