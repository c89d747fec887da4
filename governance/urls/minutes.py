"""Minutes, resolutions and the decisions register."""

from django.urls import path

from governance.views import decisions, minutes, resolving

MEETING, ITEM = "governance/meetings/<int:pk>/", "governance/items/<int:pk>/"

urlpatterns = [
    path(f"{MEETING}minutes/", minutes.MinutesPage.as_view(), name="minutes"),
    path(f"{MEETING}private-minutes/", minutes.PrivateMinutesPage.as_view(), name="private_minutes"),
    path(f"{MEETING}publish-minutes/", minutes.PublishMinutes.as_view(), name="publish_minutes"),
    path(f"{ITEM}minute/", minutes.WriteMinute.as_view(), name="write_minute"),
    path(f"{ITEM}resolve/", resolving.Resolve.as_view(), name="resolve"),
    path(
        "governance/resolutions/<int:pk>/replace/",
        resolving.ReplaceResolution.as_view(),
        name="replace_resolution",
    ),
    path("governance/decisions/", decisions.ResolutionList.as_view(), name="decisions"),
]
