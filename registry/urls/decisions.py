"""Deciding, the decisions register, the letter and the report."""

from django.urls import URLPattern, path

from registry.views import deciding, decisions, letter, replacing, report
from registry.workflow.outcomes import COMMITTEE_VERBS, PANEL_VERBS

urlpatterns: list[URLPattern] = [
    path("registrations/<int:pk>/decide/", deciding.DecidePage.as_view(), name="decide"),
    *(
        path(
            f"registrations/<int:pk>/{verb.replace('_', '-')}/",
            deciding.VerbPage.as_view(verb=verb),
            name=verb,
        )
        for verb in (*COMMITTEE_VERBS, *PANEL_VERBS)
    ),
    path("registrations/<int:pk>/replace/", replacing.replace, name="replace"),
    path("registrations/report/", report.ReportPage.as_view(), name="report"),
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions/<int:pk>/letter/", letter.LetterPage.as_view(), name="letter"),
]
