"""A registration's form, and the verbs that need only a reason, a date or one choice."""

from django.urls import path

from registry.views import form_verbs as verbs
from registry.views.forms import DifferencesPage, FillInPage, StartPage

CASE = "registrations/<int:pk>"

urlpatterns = [
    path("registrations/new/", StartPage.as_view(), name="start"),
    path(f"{CASE}/form/", FillInPage.as_view(), name="form"),
    path(f"{CASE}/versions/", DifferencesPage.as_view(), name="differences"),
    *(
        path(f"{CASE}/{page.verb.replace('_', '-')}/", page.as_view(), name=page.verb)
        for page in (
            verbs.SubmitPage,
            verbs.ReturnPage,
            verbs.WithdrawPage,
            verbs.MemberWithdrawsPage,
            verbs.OpenReviewPage,
            verbs.ResumeReviewPage,
            verbs.ReviewAgainPage,
            verbs.PutOnAgendaPage,
            verbs.TakeOffAgendaPage,
            verbs.PutBeforePanelPage,
            verbs.ConfirmPage,
            verbs.GoLivePage,
        )
    ),
]
