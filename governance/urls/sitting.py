"""What is recorded of a meeting while it sits, and between meetings."""

from django.urls import path

from governance.views import attendance, between, sitting

urlpatterns = [
    path(
        "governance/meetings/<int:pk>/attendance/", attendance.RecordAttendance.as_view(), name="attendance"
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
