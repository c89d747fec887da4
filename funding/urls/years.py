from django.urls import URLPattern, register_converter


class YearConverter:
    """A financial year in an address, such as 2019-20."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")

urlpatterns: list[URLPattern] = []
