"""The lists of claims, of posts and of baselines."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.jinja import number
from pcnportal.pages.tables import Column, Day, Pounds, Status, Table

PCN = "pcn__organisation__name"


class Month(Column):
    def show(self, value: Any) -> str:
        return f"{value:%B %Y}"


class Wte(Column):
    classes = "nhsuk-table__cell--numeric"

    def show(self, value: Any) -> str:
        return number(value)


class Reimbursed(Pounds):
    """Empty of a claim that is not agreed: nothing is reimbursed for it."""

    def show(self, value: Any) -> str:
        return "" if value is None else super().show(value)


class ClaimTable(Table):
    post = Column(
        "Post",
        accessor="post__title",
        order_by=("post__title", "-month", "pk"),
        to=lambda row: reverse("funding:claim", args=[row.pk]),
    )
    pcn = Column("PCN", accessor=f"post__{PCN}", order_by=(f"post__{PCN}", "-month", "pk"))
    role = Column(
        "Role", accessor="post__payment__name", order_by=("post__payment__position", "-month", "pk")
    )
    month = Month("Month", order_by=("month", "pk"))
    cost = Pounds("Actual cost", order_by=("cost", "pk"))
    reimbursed = Reimbursed("Reimbursed", orderable=False)
    status = Status("Status", accessor="status_label", orderable=False)
    submitted_by = Column("Submitted by", accessor="submitted_by__name", orderable=False)
    judged_by = Column("Agreed or refused by", accessor="judged_by__name", orderable=False)
    export_columns = {
        "id": "pk",
        "pcn": f"post__{PCN}",
        "commissioner": "post__pcn__commissioner__name",
        "role": "post__payment__name",
        "post": "post__title",
        "month": "month",
        "cost": "cost",
        "reimbursed": "reimbursed",
        "status": "status_label",
        "submitted_by": "submitted_by__name",
        "submitted_at": "submitted_at",
        "judged_by": "judged_by__name",
        "judged_at": "judged_at",
        "reason": "reason_judged",
        "withdrawn_by": "withdrawn_by__name",
        "withdrawn_at": "withdrawn_at",
        "reason_withdrawn": "reason_withdrawn",
    }


class PostTable(Table):
    title = Column("Post", order_by=("title", "pk"), to=lambda row: reverse("funding:post", args=[row.pk]))
    pcn = Column("PCN", accessor=PCN, order_by=(PCN, "pk"))
    role = Column("Role", accessor="payment__name", order_by=("payment__position", PCN, "pk"))
    wte = Wte("WTE", order_by=("wte", "pk"))
    starts_on = Day("Filled on", order_by=("starts_on", "pk"))
    ends_on = Day("Vacant from", order_by=("ends_on", "pk"))
    agreed = Wte("Months agreed", order_by=("agreed", "pk"))
    export_columns = {
        "id": "pk",
        "pcn": PCN,
        "commissioner": "pcn__commissioner__name",
        "role": "payment__name",
        "post": "title",
        "wte": "wte",
        "filled_on": "starts_on",
        "vacant_from": "ends_on",
        "months_agreed": "agreed",
        "source": "source__title",
    }


class BaselineTable(Table):
    pcn = Column("PCN", accessor=PCN, order_by=(PCN, "payment__position", "pk"))
    role = Column("Role", accessor="payment__name", order_by=("payment__position", PCN, "pk"))
    as_at = Day("In post on", order_by=("as_at", "pk"))
    wte = Wte("WTE", order_by=("wte", "pk"))
    source = Column("Source", accessor="source__title", order_by=("source__title", "pk"))
    export_columns = {
        "pcn": PCN,
        "commissioner": "pcn__commissioner__name",
        "role": "payment__name",
        "as_at": "as_at",
        "wte": "wte",
        "source": "source__title",
    }
