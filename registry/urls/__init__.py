"""The registry's addresses, by capability. What upper apps show on its pages is handed in by the roof."""

from django.urls import URLPattern

from . import conditions, decisions, forms, imports, register, registrations, review
from .register import Panels


def addresses(*, pcn: Panels = ()) -> tuple[list[URLPattern], str]:
    """The patterns and their namespace; `pcn` are panels of upper apps for the page of a PCN."""
    return [
        *register.addresses(pcn=pcn),
        *registrations.urlpatterns,
        *forms.urlpatterns,
        *review.urlpatterns,
        *decisions.urlpatterns,
        *conditions.urlpatterns,
        *imports.urlpatterns,
    ], "registry"
