"""What is recorded of a meeting while it sits."""

from django.urls import path

from governance.views import sitting

urlpatterns = [
    path("governance/meetings/<int:pk>/attendance/", sitting.RecordAttendance.as_view(), name="attendance"),
    path("governance/items/<int:pk>/withdrawal/", sitting.RecordWithdrawal.as_view(), name="withdrawal"),
]
