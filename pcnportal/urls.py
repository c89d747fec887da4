"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

import governance.urls
from pcnportal.history_page import HistoryPage
from pcnportal.pages import site

urlpatterns = [
    path(
        "", TemplateView.as_view(template_name="home.jinja", extra_context={"title": "My work"}), name="home"
    ),
    path("", include("pcnportal.people.urls")),
    path("admin/", admin.site.urls),
    path("history/", HistoryPage.as_view(), name="history"),
    path("healthz", site.healthz, name="healthz"),
    path("favicon.ico", site.favicon),
]
urlpatterns += [path("", include(governance.urls.addresses())), path("", include("registry.urls"))]

handler400 = "pcnportal.pages.errors.bad_request"
handler403 = "pcnportal.pages.errors.not_allowed"
handler404 = "pcnportal.pages.errors.not_found"
handler500 = "pcnportal.pages.errors.broken"
