"""The list of registrations, one of them, and its documents."""

from django.urls import path

from registry.views import documents, registration, registrations

urlpatterns = [
    path("registrations/", registrations.Registrations.as_view(), name="registrations"),
    path("registrations/<int:pk>/", registration.RegistrationPage.as_view(), name="registration"),
    path("registrations/<int:pk>/documents/add/", documents.AddDocument.as_view(), name="add_document"),
    path("documents/<int:pk>/", documents.Download.as_view(), name="document"),
]
