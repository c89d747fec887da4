"""Conditions, their evidence and judgement, and what was promised in answer."""

from django.urls import path

from registry.views import condition_verbs as verbs
from registry.views.condition_agenda import PutOnAgenda
from registry.views.conditions import ConditionList, ConditionPage

urlpatterns = [
    path("conditions/", ConditionList.as_view(), name="conditions"),
    path("conditions/<int:pk>/", ConditionPage.as_view(), name="condition"),
    path("conditions/<int:pk>/submit-evidence/", verbs.SubmitEvidence.as_view(), name="submit_evidence"),
    path("conditions/<int:pk>/judge/", verbs.Judge.as_view(), name="judge"),
    path("conditions/<int:pk>/extend/", verbs.Extend.as_view(), name="extend"),
    path("conditions/<int:pk>/agenda/", PutOnAgenda.as_view(), name="condition_agenda"),
    path("conditions/<int:pk>/waive/", verbs.Waive.as_view(), name="waive"),
    path(
        "registrations/<int:pk>/commitments/add/", verbs.RecordCommitment.as_view(), name="record_commitment"
    ),
    path("commitments/<int:pk>/happened/", verbs.Happened.as_view(), name="happened"),
]
