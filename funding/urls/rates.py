"""Rates: all of them, one, and what can be done with it."""

from django.urls import path

from funding.views import rate_verbs
from funding.views.rates import RateList, RatePage

urlpatterns = [
    path("funding/rates/", RateList.as_view(), name="rates"),
    path("funding/rates/new/", rate_verbs.AddRate.as_view(), name="add_rate"),
    path("funding/rates/<int:pk>/", RatePage.as_view(), name="rate"),
    path("funding/rates/<int:pk>/confirm/", rate_verbs.ConfirmRate.as_view(), name="confirm_rate"),
    path("funding/rates/<int:pk>/replace/", rate_verbs.ReplaceRate.as_view(), name="replace_rate"),
    path("funding/rates/<int:pk>/withdraw/", rate_verbs.WithdrawRate.as_view(), name="withdraw_rate"),
]
