"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

import funding.panels
import governance.urls
import registry.panels
import registry.urls
from pcnportal import findings_page
from pcnportal.findings.work import doubts_about
from pcnportal.history_page import HistoryPage
from pcnportal.home import HomePage
from pcnportal.pages import site
from pcnportal.search import SearchPage
from registry.advice import advise
from registry.workflow.conflicts import PROPOSING

urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path("", include("pcnportal.people.urls")),
    path("admin/", admin.site.urls),
    path("search/", SearchPage.as_view(), name="search"),
    path("history/", HistoryPage.as_view(), name="history"),
    path("", include(findings_page)),
    path("healthz", site.healthz, name="healthz"),
    path("favicon.ico", site.favicon),
]
urlpatterns += [
    path(
        "",
        include(
            governance.urls.addresses(
                meeting=[registry.panels.items_to_decide],
                body=[doubts_about],
                proposing=PROPOSING,
                advising=[advise],
            )
        ),
    ),
    path("", include(registry.urls.addresses(pcn=[funding.panels.funding_this_year]))),
    path("", include("funding.urls")),
]

handler400 = "pcnportal.pages.errors.bad_request"
handler403 = "pcnportal.pages.errors.not_allowed"
handler404 = "pcnportal.pages.errors.not_found"
handler500 = "pcnportal.pages.errors.broken"
