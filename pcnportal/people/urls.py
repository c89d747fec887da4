from django.urls import path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("password/", views.Account.as_view(), name="password"),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="password")),
    path("stay-signed-in/", views.stay_signed_in, name="stay-signed-in"),
    # Before the admin's own addresses: one sign-in, one page for the password.
    path("admin/login/", views.admin_sign_in),
    path("admin/logout/", views.SignOut.as_view()),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password")),
]
