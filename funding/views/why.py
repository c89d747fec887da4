"""Why an amount is what it is: one page that can be sent to a PCN."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from funding.doubted import doubts_beside
from funding.entitlement import NOTHING
from funding.held import holdings_of
from funding.paid import runs_of
from funding.reimbursing import behind, staff_of, withdrawn_of
from funding.rows import Row
from funding.views.pcn_year import OfPCN
from funding.why import multiplied, shares_of, sources_of, workings_of
from funding.year_of import streams_of
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Organisation


class WhyPage(OfPCN, DetailPage):
    template_name = "funding/years/why.jinja"

    @cached_property
    def row(self) -> Row:
        _ = self.pcn  # somebody else's is not there
        found = next((row for row in self.rows if row.line.payment.slug == self.kwargs["payment"]), None)
        if found is None:
            raise Http404
        return found

    def get(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.object = self.row
        return super().get(_request, **kwargs)

    def get_title(self) -> str:
        return f"{self.row.payment} {self.year}"

    def get_caption(self) -> str:
        return self.name

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        of_pcn = reverse("funding:pcn_year", args=[self.year.slug, self.kwargs["pcn"]])
        return [
            ("Funding", reverse("funding:years")),
            (str(self.year), self.year.get_absolute_url() + self.asked),
            (self.name, of_pcn + self.asked),
        ]

    def context(self) -> dict[str, Any]:
        row, workings = self.row, workings_of(self.row)
        runs = runs_of(self.year, self.pcn.pk, self.day)
        payee = row.line.network.payee
        shares = shares_of(row)
        is_staff = row.line.payment.is_staff
        staff = staff_of(self.year, self.pcn.pk, row.line.payment.pk) if is_staff else None
        last = row.line.term.ends_on - timedelta(days=1)
        return {
            **self.of_pcn(),
            "letter": {"from": [self.commissioner], "to": [self.name], "date": self.day, "reference": ""},
            "row": row,
            "term": row.line.term,
            "term_last": last,
            "counts_until": min(last, row.last_counted or last),
            "workings": workings,
            "multiplied": multiplied,
            "stream": streams_of([row], runs, self.day)[0],
            "doubts": doubts_beside(self.request.user, [row]).get(row.line.payment.pk, []),
            "holdings": holdings_of([row]),
            "shares": shares,
            "shared": sum((share.amount for share in shares), NOTHING) if shares else None,
            "staff": staff,
            "claims": behind(self.year, self.pcn.pk, row.line.payment.pk) if is_staff else [],
            "withdrawn": withdrawn_of(self.year, self.pcn.pk, row.line.payment.pk) if is_staff else [],
            "payee": Organisation.objects.filter(pk=payee).first() if payee else None,
            "sources": sources_of(row, workings, staff.sources if staff else ()),
        }
