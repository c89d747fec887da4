"""The statement of one PCN from a run: a page that prints on A4."""

from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from funding.models import PaymentRun, RunShare
from funding.run_sums import RunSums, State, is_partly, sums_of, sums_of_run, worth_in_words
from funding.views.run_page import OfRun, total
from funding.why import read_there
from pcnportal.history.models import Source


def size_used(line: Any) -> Decimal | None:
    """The list size of a line; of one reckoned in part the last that is held, where it has one rate."""
    rates = line.workings.get("rates", ())
    if not is_partly(line) or len(rates) != 1:
        return cast("Decimal | None", line.list_size_used)
    held = [part["patients"] for part in rates[0].get("lists", ()) if part["patients"] is not None]
    return Decimal(held[-1]) if held else None


class StatementPage(OfRun):
    template_name = "funding/runs/statement.jinja"

    def fetch(self) -> Any:
        self.pcn_slug = self.kwargs.pop("pcn")
        found = super().fetch()
        if not self.sums_of(found).lines:
            raise Http404
        return found

    def sums_of(self, run: PaymentRun) -> RunSums:
        self.found = sums_of_run(run, pcn__organisation__slug=self.pcn_slug)
        return self.found

    @cached_property
    def sums(self) -> RunSums:
        return self.found

    @property
    def pcn(self) -> Any:
        return self.found.lines[0].pcn

    def get_title(self) -> str:
        return f"Statement of {self.pcn}"

    def get_caption(self) -> str:
        return f"Network Contract DES {self.object.year}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), (str(self.object), self.object.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        run, sums = self.object, self.found
        payee = next((line.payee for line in sums.lines if line.payee), None)
        own = run.commissioner
        whole = sums_of(sums.lines, run.paid_on)
        return {
            "statement": [(line, sums_of([line], run.paid_on)) for line in sums.ordinary],
            "worth_in_words": worth_in_words,
            "is_partly": is_partly,
            "size_used": size_used,
            "lists": self.lists(),
            "whole": whole,
            "arrears": sums.arrears,
            "held": sums.held,
            "payee": payee,
            "months": self.months(),
            "shares": self.shares(),
            "sources": self.sources(),
            "year_page": reverse("funding:pcn_year", args=[run.year.slug, self.pcn_slug]),
            "kinds": State,
            "letter": {
                "from": [line for line in (str(own), own.postcode) if line],
                "to": [str(self.pcn)],
                "date": localdate(run.approved_at or run.calculated_at),
                "reference": f"payment run {run.pk}",
            },
        }

    def lists(self) -> list[tuple[Any, Any, str, list[str]]]:
        """(patients, day, source, payments) of each list size that is used."""
        found: dict[tuple[Any, Any, str], list[str]] = {}
        for line in self.found.ordinary:
            if line.list_size_used is not None:
                key = (line.list_size_used, line.list_as_at, str(line.list_source or ""))
                found.setdefault(key, []).append(str(line.payment))
        return [(*key, payments) for key, payments in found.items()]

    def months(self) -> dict[str, Any]:
        """Months down, payments across: pounds as reckoned, and in which run they are paid."""
        lines = [line for line in self.found.ordinary if line.parts]
        months = sorted({part.month for line in lines for part in line.parts})
        of = {(line.pk, part.month): part for line in lines for part in line.parts}
        rows = []
        for month in months:
            parts = [of.get((line.pk, month)) for line in lines]
            held = [part for part in parts if part]
            rows.append((month, parts, total(part.amount for part in held)))
        return {"lines": lines, "rows": rows}

    def shares(self) -> list[tuple[Any, list[RunShare]]]:
        """Of each line that is paid to practices what each of them gets."""
        found: dict[int, list[RunShare]] = {}
        lines = [line.pk for line in self.found.lines]
        held = RunShare.objects.filter(line__in=lines).select_related("practice__organisation")
        for share in held.order_by("line", "practice__organisation__name", "pk"):
            found.setdefault(share.line_id, []).append(share)
        return [(line, found[line.pk]) for line in self.found.lines if line.pk in found]

    def sources(self) -> list[Any]:
        """Where the lists come from that were used, then the rates.

        Of a source of rates alone only the name: what else it holds may be about another commissioner’s PCNs.
        """
        rates, lists = set(), set()
        for line in self.found.ordinary:
            for rate in line.workings.get("rates", ()):
                rates.add(rate["rate"])
                lists |= {one[3] for part in rate.get("lists", ()) for one in part.get("lists", ())}
        wanted = Source.objects.filter(pk__in=lists) | Source.objects.filter(rate__in=rates)
        found = wanted.distinct().order_by("published_on", "title")
        of_lists = [source for source in found if source.pk in lists]
        return of_lists + [read_there(source) for source in found if source.pk not in lists]
