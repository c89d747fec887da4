"""Lists whose rows are worked out in memory, not asked of the database."""

from typing import Any

import django_filters


class Rows(list[Any]):
    """Rows of a list page that are filtered, ordered and paged as those of a query set are."""

    model = None

    def all(self) -> "Rows":
        return self

    def only(self, wanted: Any) -> "Rows":
        """Those for which `wanted` holds."""
        return Rows(row for row in self if wanted(row))


class RowsFilter(django_filters.FilterSet):
    """Filters of such a list: each names a `method` that takes `Rows`, a name and a value, gives `Rows`."""

    def filter_queryset(self, queryset: Any) -> Any:
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset
