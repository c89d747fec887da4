"""The ten-minute page of a meeting."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from governance.advice import Advising
from governance.views.brief import BriefPage


def urlpatterns(advising: Sequence[Advising]) -> list[URLPattern]:
    """`advising` knows what items are about: what is asked, what is recommended, what fails."""
    return [
        path("governance/meetings/<int:pk>/brief/", BriefPage.as_view(advising=tuple(advising)), name="brief")
    ]
