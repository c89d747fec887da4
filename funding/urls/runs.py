from typing import Any

from django.urls import path

from funding.models import PaymentRun
from funding.views import run_page, runs, statement
from funding.workflow.runs import PERMISSIONS, approve_run, discard_run
from pcnportal.pages.acts import act

RUN: dict[str, Any] = {
    "model": PaymentRun,
    "see": runs.SEE,
    "scope": "commissioner_id",
    "breadcrumbs": runs.RUNS,
}

urlpatterns = [
    path("funding/runs/", runs.RunList.as_view(), name="runs"),
    path("funding/runs/new/", runs.CalculatePage.as_view(), name="calculate_run"),
    path("funding/runs/<int:pk>/", run_page.RunPage.as_view(), name="run"),
    path(
        "funding/runs/<int:pk>/approve/",
        act(
            approve_run,
            permission=PERMISSIONS["approve"],
            title="Approve this payment run",
            intro="It is then what is paid, and can’t be changed: only another run follows it.",
            button="Approve",
            done="{object} is approved.",
            **RUN,
        ),
        name="approve_run",
    ),
    path(
        "funding/runs/<int:pk>/discard/",
        act(
            discard_run,
            permission=PERMISSIONS["discard"],
            reason="required",
            title="Discard this payment run",
            intro="Nothing of it is paid. What it calculated is kept, with your reason.",
            button="Discard",
            warning=True,
            done="{object} is discarded.",
            **RUN,
        ),
        name="discard_run",
    ),
    path("funding/runs/<int:pk>/schedule/", run_page.SchedulePage.as_view(), name="schedule"),
    path("funding/runs/<int:pk>/payments/", runs.PaymentList.as_view(), name="run_payments"),
    path("funding/runs/<int:pk>/<slug:pcn>/", statement.StatementPage.as_view(), name="statement"),
]
