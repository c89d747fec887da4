"""Every address of the portal, read off the URLconf."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A pattern of the URLconf. `name` is its full name, or its route where it has none."""

    name: str
    route: str
    view: Any

    def path(self, **values: Any) -> str:
        """The path, with a value for each parameter."""
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.route)


def every_address() -> list[Address]:
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, spaces: str, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _walk(pattern, inner, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield Address(f"{spaces}{pattern.name}" if pattern.name else route, route, view)
