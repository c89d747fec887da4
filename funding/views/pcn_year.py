"""One PCN's year of money."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from funding.doubted import doubts_beside
from funding.held import holdings_of
from funding.paid import runs_of
from funding.rows import Row, rows_of
from funding.totals import total_of
from funding.views.day import OfYear
from funding.year_of import across, streams_of
from pcnportal.pages.context import is_there
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import Organisation
from registry.models import PCN


class OfPCN(OfYear):
    """A page of the year of one PCN; somebody else's is not there."""

    kwargs: dict[str, Any]
    permission = ""  # who may see no money at all finds no page either

    @cached_property
    def pcn(self) -> PCN:
        """The PCN of the address, and whether the user may see its money, in one."""
        if not self.own():
            raise Http404
        pcns = PCN.objects.select_related("organisation", "commissioner")
        pcn: PCN = get_object_or_404(pcns, organisation__slug=self.kwargs["pcn"])
        self.rows: list[Row] = rows_of(self.year, self.own(), self.day, pcn.pk)
        if not self.rows and pcn.commissioner_id not in self.own():
            raise Http404
        return pcn

    @property
    def name(self) -> str:
        return self.rows[0].pcn if self.rows else str(self.pcn)

    @property
    def commissioner(self) -> str:
        return self.rows[0].commissioner if self.rows else str(self.pcn.commissioner)

    def of_pcn(self) -> dict[str, Any]:
        return {
            **self.of_year(),
            "pcn": self.pcn,
            "name": self.name,
            "commissioner": self.commissioner,
        }


class PCNYear(OfPCN, DetailPage):
    template_name = "funding/years/pcn.jinja"

    def get(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.object = self.pcn
        return super().get(_request, **kwargs)

    def get_title(self) -> str:
        return self.name

    def get_caption(self) -> str:
        return f"Funding {self.year} · {self.commissioner}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        above = self.year.get_absolute_url() + self.asked
        return [("Funding", reverse("funding:years")), (str(self.year), above)]

    def context(self) -> dict[str, Any]:
        runs = runs_of(self.year, self.pcn.pk, self.day)
        streams = streams_of(self.rows, runs, self.day)
        newest = max((paid.run for some in runs.values() for paid in some), key=lambda r: r.pk, default=None)
        payee = self.rows[0].line.network.payee if self.rows else None
        return {
            **self.of_pcn(),
            "streams": streams,
            "whole": total_of("All", self.rows),
            "holdings": holdings_of(self.rows),
            "months": across(self.year, streams),
            "newest": newest,
            "statement": self.statement(newest),
            "payee": Organisation.objects.filter(pk=payee).first() if payee else None,
            "has_rates": bool(self.rows) or self.year.terms.exists(),
            "doubts": doubts_beside(self.request.user, self.rows),
            "published": any(row.published for row in self.rows),
        }

    def statement(self, run: Any) -> str:
        """The address of the newest statement; nothing without an approved run."""
        if run is None:
            return ""
        address = f"{run.get_absolute_url()}{self.kwargs['pcn']}/"
        return address if is_there(address) else ""
