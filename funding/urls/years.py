from django.urls import path, register_converter

from funding.views import pcn_year, why, years


class YearConverter:
    """A financial year in an address, such as 2019-20."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")

urlpatterns = [
    path("funding/", years.Years.as_view(), name="years"),
    path("funding/<year:fy>/", years.YearPage.as_view(), name="year"),
    path("funding/<year:fy>/<slug:pcn>/", pcn_year.PCNYear.as_view(), name="pcn_year"),
    path("funding/<year:fy>/<slug:pcn>/<slug:payment>/", why.WhyPage.as_view(), name="why"),
]
