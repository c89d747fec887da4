"""What is recorded of a meeting while it sits, and between meetings."""

from django.urls import URLPattern, path

from governance.proposing import Proposing
from governance.views import attendance, between, sitting


def urlpatterns(proposing: Proposing) -> list[URLPattern]:
    """The addresses; `proposing` asks about who came to a meeting."""
    return [
        path(
            "governance/meetings/<int:pk>/attendance/",
            attendance.RecordAttendance.as_view(proposing=proposing),
            name="attendance",
        ),
        path("governance/items/<int:pk>/withdrawal/", sitting.RecordWithdrawal.as_view(), name="withdrawal"),
        path("governance/items/<int:pk>/stand-over/", sitting.StandOver.as_view(), name="stand_over"),
        path("governance/bodies/<slug:slug>/quorum/", between.SetQuorum.as_view(), name="set_quorum"),
        path(
            "governance/bodies/<slug:slug>/between-meetings/new/",
            between.RecordBetween.as_view(),
            name="record_between",
        ),
        path("governance/between-meetings/", between.ActionsBetween.as_view(), name="actions_between"),
        path("governance/between-meetings/<int:pk>/", between.BetweenPage.as_view(), name="between"),
    ]
