"""What others have published about the money."""

from django.urls import path

from funding.views.published import PublishedList, PublishedTablePage

urlpatterns = [
    path("funding/published/", PublishedList.as_view(), name="published"),
    path("funding/published/<slug:slug>/", PublishedTablePage.as_view(), name="published_table"),
]
