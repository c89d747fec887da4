"""What a page of the admin would send."""

from typing import Any

from django.test import Client


def sent(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """The fields of a page's form as they stand, with those that were typed."""
    context = client.get(address).context
    held = context["adminform"].form
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    data: dict[str, Any] = {}
    for form in [held, *(f.management_form for f in formsets), *(f for s in formsets for f in s.forms)]:
        data |= {field.html_name: field.value() for field in form}
        data |= {f.html_initial_name: f.value() for f in form if f.field.show_hidden_initial}
    return {name: "" if value is None else value for name, value in (data | typed).items()}
