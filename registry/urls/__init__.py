"""The registry's addresses, by capability."""

from . import conditions, decisions, forms, imports, register, registrations, review

app_name = "registry"
urlpatterns = [
    *register.urlpatterns,
    *registrations.urlpatterns,
    *forms.urlpatterns,
    *review.urlpatterns,
    *decisions.urlpatterns,
    *conditions.urlpatterns,
    *imports.urlpatterns,
]
