"""The map, bodies, and who sits on them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from governance.views import bodies


def urlpatterns(panels: Sequence[Callable[..., Any]]) -> list[URLPattern]:
    """The addresses; `panels` are shown on the page of a body."""
    return [
        path("governance/", bodies.Bodies.as_view(), name="map"),
        path("governance/bodies/<slug:slug>/", bodies.BodyPage.as_view(panels=panels), name="body"),
    ]
