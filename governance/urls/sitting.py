"""What is recorded of a meeting while it sits."""

from django.urls import path

from governance.views import meetings

urlpatterns = [
    path("governance/meetings/<int:pk>/attendance/", meetings.RecordAttendance.as_view(), name="attendance"),
    path("governance/items/<int:pk>/withdrawal/", meetings.RecordWithdrawal.as_view(), name="withdrawal"),
]
