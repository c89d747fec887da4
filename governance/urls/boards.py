"""The map, bodies, and who sits on them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from governance.proposing import Proposing
from governance.views import bodies, body_parts, body_verbs, members
from governance.views.map import GovernanceMap

BODY = "governance/bodies/<slug:slug>/"


def urlpatterns(panels: Sequence[Callable[..., Any]], proposing: Proposing) -> list[URLPattern]:
    """The addresses; `panels` are shown on the page of a body, `proposing` asks about who sits on it."""
    by = {"proposing": proposing}
    return [
        path("governance/", GovernanceMap.as_view(), name="map"),
        path("governance/bodies/", bodies.BodyList.as_view(), name="bodies"),
        path("governance/bodies/new/", body_verbs.AddBody.as_view(), name="add_body"),
        path(BODY, bodies.BodyPage.as_view(panels=panels), name="body"),
        path(f"{BODY}change/", body_verbs.ChangeBody.as_view(), name="change_body"),
        path(f"{BODY}status/", body_verbs.ChangeStatus.as_view(), name="change_status"),
        path(f"{BODY}links/add/", body_parts.AddLink.as_view(), name="add_link"),
        path(f"{BODY}seats/add/", body_parts.AddSeat.as_view(**by), name="add_seat"),
        path(f"{BODY}terms/add/", body_verbs.AddTerms.as_view(), name="add_terms"),
        path("governance/links/<int:pk>/end/", body_parts.EndLink.as_view(), name="end_link"),
        path("governance/seats/<int:pk>/name/", body_parts.NameSeat.as_view(**by), name="name_seat"),
        path("governance/seats/<int:pk>/end/", body_parts.EndSeat.as_view(**by), name="end_seat"),
        path("governance/terms/<int:pk>/file/", body_verbs.TermsFile.as_view(), name="terms_file"),
        path("governance/members/", members.MemberList.as_view(), name="members"),
    ]
