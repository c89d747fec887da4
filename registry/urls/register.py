from django.urls import path

from registry.views import register

urlpatterns = [
    path("practices/", register.PracticeList.as_view(), name="practices"),
    path("practices/<str:ods_code>/", register.PracticePage.as_view(), name="practice"),
    path("pcns/", register.PCNList.as_view(), name="pcns"),
    path("pcns/<slug:slug>/", register.PCNPage.as_view(), name="pcn"),
]
