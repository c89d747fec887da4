"""Staff: baselines, posts and claims."""

from django.urls import path

from funding.views import claim_verbs, claims

urlpatterns = [
    path("funding/claims/", claims.ClaimList.as_view(), name="claims"),
    path("funding/claims/<int:pk>/", claims.ClaimPage.as_view(), name="claim"),
    path("funding/claims/<int:pk>/evidence/", claims.Evidence.as_view(), name="evidence"),
    path("funding/claims/<int:pk>/judge/", claim_verbs.JudgeClaim.as_view(), name="judge_claim"),
    path("funding/claims/<int:pk>/withdraw/", claim_verbs.withdraw, name="withdraw_claim"),
    path("funding/posts/", claims.PostList.as_view(), name="posts"),
    path("funding/posts/new/", claim_verbs.FillPost.as_view(), name="fill_post"),
    path("funding/posts/<int:pk>/", claims.PostPage.as_view(), name="post"),
    path("funding/posts/<int:pk>/vacant/", claim_verbs.VacatePost.as_view(), name="vacate_post"),
    path("funding/posts/<int:pk>/claim/", claim_verbs.SubmitClaim.as_view(), name="submit_claim"),
    path("funding/baselines/", claims.BaselineList.as_view(), name="baselines"),
    path("funding/baselines/new/", claim_verbs.RecordBaseline.as_view(), name="record_baseline"),
]
