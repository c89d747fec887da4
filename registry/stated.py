"""What documents state of a PCN's patients without a day: shown as printed, counted with no list size."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from pcnportal.findings.models import Statement
from pcnportal.findings.statements import label
from pcnportal.pages.lists import as_at
from pcnportal.pages.pages import Panel
from registry.models import PCN, ListSize

# What counts patients, by the same words as a list size.
KINDS = [ListSize.Kind.REGISTERED, ListSize.Kind.RESIDENT]


@dataclass(frozen=True)
class Printed:
    what: str
    statement: Statement

    @property
    def where(self) -> str:
        source, page = self.statement.source, self.statement.page
        return f"{source}, {page[0].lower()}{page[1:]}" if page else str(source)


def stated_of(request: HttpRequest, pcn: PCN) -> Panel | None:
    """The figures of documents that had come out by the day that is shown; None where there is none."""
    keys: list[Any] = [pcn.organisation.slug, pcn.organisation.code]
    rows = Statement.objects.filter(
        Q(source__published_on__isnull=True) | Q(source__published_on__lte=as_at(request)),
        about_type__app_label="registry",
        about_type__model="pcn",
        about__in=[key for key in keys if key],
        what__in=KINDS,
        on=None,
    )
    found = [Printed(label(row.what), row) for row in rows.select_related("source").order_by("what", "pk")]
    if not found:
        return None
    is_both = len({one.statement.what for one in found}) > 1
    return Panel("registry/panels/stated.jinja", {"stated": found, "is_both": is_both})
