"""The columns of the payment runs, and of what one of them pays to whom."""

from typing import Any

from pcnportal.pages.jinja import NOT_HELD, moment
from pcnportal.pages.tables import Column, Day, Pounds, Status, Table


class Moment(Column):
    """A day and a time; an empty cell where there is none."""

    def show(self, value: Any) -> str:
        return moment(value) if value else ""


class Payee(Column):
    """Who is paid; said where nobody is held."""

    def show(self, value: Any) -> str:
        return value or NOT_HELD


class RunTable(Table):
    paid_on = Day("Pays what is due by", to=lambda row: row.get_absolute_url())
    year = Column("Year", accessor="year__name", order_by=("year__starts_on",))
    commissioner = Column("Commissioner", accessor="commissioner__name", order_by=("commissioner__name",))
    said = Status("Status", accessor="get_status_display", order_by=("status",))
    to_pay = Pounds("Pays", orderable=False)
    arrears = Pounds("Of which arrears", orderable=False)
    calculated_by = Column("Calculated by", accessor="calculated_by__name", order_by=("calculated_by__name",))
    approved_by = Column("Approved by", accessor="approved_by__name", order_by=("approved_by__name",))
    export_columns = {
        "id": "pk",
        "commissioner": "commissioner__name",
        "year": "year__name",
        "paid_on": "paid_on",
        "status": "get_status_display",
        "to_pay": "to_pay",
        "arrears": "arrears",
        "calculated_by": "calculated_by__name",
        "calculated_at": "calculated_at",
        "approved_by": "approved_by__name",
        "approved_at": "approved_at",
        "discarded_by": "discarded_by__name",
        "discarded_at": "discarded_at",
        "reason": "reason",
    }


class PaymentTable(Table):
    payee = Payee("Payee", order_by=("payee",))
    pcn = Column("PCN", to=lambda row: row.address)
    payment = Column("Payment")
    month = Day("For the month from")
    due_on = Day("Due on")
    kind = Status("Kind")
    amount = Pounds("Amount")
    export_columns = {
        "run": "run",
        "commissioner": "commissioner",
        "year": "year",
        "paid_on": "paid_on",
        "pcn_code": "pcn_code",
        "pcn": "pcn",
        "payment": "payment",
        "allocation": "allocation",
        "payee_code": "payee_code",
        "payee": "payee",
        "month": "month",
        "due_on": "due_on",
        "kind": "kind",
        "amount": "amount",
    }
