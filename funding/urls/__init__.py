"""Funding's addresses, by capability."""

from . import budgets, claims, published, rates, runs, years

app_name = "funding"
urlpatterns = [
    *rates.urlpatterns,
    *runs.urlpatterns,
    *claims.urlpatterns,
    *budgets.urlpatterns,
    *published.urlpatterns,
    *years.urlpatterns,
]
