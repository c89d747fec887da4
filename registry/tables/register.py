"""The lists of practices and of PCNs."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse

from pcnportal.pages.tables import Column, Number, Status, Table
from registry.register import BY_NAME


@cache
def _under(name: str) -> str:
    return reverse(name, args=["x"]).removesuffix("x/")


def to(name: str, key: str, row: dict[str, Any]) -> str:
    """The address of a page by its code or slug, of the same day as the list.

    The URLconf is asked once and not for every row.
    """
    return f"{_under(name)}{quote(key)}/{row['asked']}"


class Short(Column):
    """A text that is not broken into lines."""

    classes = "nhsuk-u-nowrap"


class Name(Column):
    """Ordered as one alphabet, in capitals or not."""

    def order(self, queryset: "QuerySet[Any]", is_descending: bool) -> "tuple[QuerySet[Any], bool]":
        return queryset.order_by(BY_NAME.desc() if is_descending else BY_NAME.asc(), "pk"), True


class PracticePCN(Column):
    """The PCN on the day, else the one that a registration proposes."""

    def cell(self, value: Any, row: Any) -> Any:
        if row["pcn"]:
            return super().cell(value, row)
        return f"proposed: {row['proposed']}" if row["proposed"] else "in no PCN"


class PracticeTable(Table):
    quick = ("name", "code")
    name = Name(
        "Practice",
        accessor="organisation__name",
        to=lambda row: to("registry:practice", row["key"], row),
    )
    code = Short("ODS code", accessor="organisation__code", order_by=("organisation__code",))
    commissioner = Column(
        "Commissioner",
        accessor="commissioner__name",
        order_by=("commissioner__name", "organisation__name", "pk"),
    )
    pcn = PracticePCN(
        "PCN",
        order_by=("pcn", "proposed", "organisation__name", "pk"),
        to=lambda row: to("registry:pcn", row["pcn_slug"], row),
    )
    contract_type = Column("Contract", order_by=("contract_type", "organisation__name", "pk"))
    registered = Number("Patients", order_by=("registered", "pk"))
    dated = Short("List size of", orderable=False)
    status = Status("Status", orderable=False)
    export_columns = {
        "ods_code": "organisation__code",
        "name": "organisation__name",
        "commissioner": "commissioner__name",
        "pcn": "pcn",
        "contract_type": "contract_type",
        "registered": "registered",
        "status": "status",
        "proposed_pcn": "proposed",
        "registered_as_at": "registered_as_at",
        "registered_averaged_from": "registered_from",
        "postcode": "organisation__postcode",
        "opened_on": "organisation__opened_on",
        "closed_on": "organisation__closed_on",
    }


class Code(Short):
    def show(self, value: Any) -> str:
        return str(value or "no ODS code yet")


class Lists(Number):
    """The sum of the lists that are held, and beside it how many are not."""

    def cell(self, value: Any, row: Any) -> Any:
        shown, missing = super().cell(value, row), row["size"].not_held if "size" in row else ""
        return f"{shown} ({missing})" if missing and value is not None else shown


class PCNTable(Table):
    quick = ("name", "code")
    name = Name(
        "PCN",
        accessor="organisation__name",
        to=lambda row: to("registry:pcn", row["organisation__slug"], row),
    )
    code = Code("ODS code", accessor="organisation__code", order_by=("organisation__code", "pk"))
    commissioner = Column(
        "Commissioner",
        accessor="commissioner__name",
        order_by=("commissioner__name", "organisation__name", "pk"),
    )
    practices = Number("Practices", orderable=False)
    stated = Number("Stated list size", order_by=("stated", "pk"))
    check = Column("Size check", orderable=False)
    practice_total = Lists("Practices’ lists", orderable=False)
    status = Status("Status", orderable=False)
    export_columns = {
        "code": "organisation__code",
        "name": "organisation__name",
        "commissioner": "commissioner__name",
        "practices": "practices",
        "stated_list_size": "stated",
        "practice_list_size": "practice_total_whole",
        "status": "status",
        "stated_as_at": "stated_as_at",
        "stated_source": "stated_source",
        "practice_lists_dated": "practice_dates",
        "practice_lists_not_held": "practices_missing",
    }
