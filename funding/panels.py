"""What funding shows on pages of the floors below: the roof hands these to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from funding.doubted import doubts_beside
from funding.models import FinancialYear
from funding.paid import runs_of
from funding.rows import rows_of
from funding.totals import total_of
from funding.year_of import streams_of
from pcnportal import clock
from pcnportal.pages.lists import as_at
from pcnportal.pages.pages import Panel
from registry.models import PCN

SEE = "funding.view_funding"


def funding_this_year(request: Any, pcn: PCN) -> Panel | None:
    """The PCN’s payments of the year that the page shows, for who may see its money."""
    own, day = request.user.scope(SEE), as_at(request)
    if not own:
        return None
    year = FinancialYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()
    rows = rows_of(year, own, day, pcn.pk) if year else []
    if not rows:
        return None
    runs = runs_of(year, pcn.pk, day)
    asked = "" if day == clock.today() else f"?as_at={day.isoformat()}"
    context = {
        "year": year,
        "day": day,
        "asked": asked,
        "href": reverse("funding:pcn_year", args=[year.slug, pcn.organisation.slug]) + asked,
        "streams": streams_of(rows, runs, day),
        "doubts": doubts_beside(request.user, rows),
        "published": any(row.published for row in rows),
        "whole": total_of("All", rows),
        "name": rows[0].pcn,
    }
    return Panel("funding/years/panel.jinja", context)
