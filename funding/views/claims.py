"""Claims, posts and baselines: their lists, and one of them."""

from pathlib import PurePosixPath
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from funding.filters.claims import BaselineFilter, ClaimFilter, PostFilter
from funding.models import Baseline, Claim, Post
from funding.reimbursed import with_reimbursed
from funding.reimbursing import open_months, reckoned, role_of, year_of
from funding.tables.claims import PCN, BaselineTable, ClaimTable, PostTable
from funding.workflow.claims import PERMISSIONS
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.downloads import attachment
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, Page
from pcnportal.pages.spreadsheets import KINDS as SPREADSHEETS
from pcnportal.pages.uploads import KINDS

VIEW = "funding.view_funding"
FUNDING = ("Funding", "funding:years")


class ClaimList(ListPage):
    permission = VIEW
    scope = "post__pcn__commissioner_id"
    title = "Staff claims"
    what = ("claim", "claims")
    intro = (
        "What posts cost, month by month, with the evidence. What is agreed by a second person is reimbursed "
        "by the next payment run."
    )
    template_name = "funding/claims/list.jinja"
    breadcrumbs = [FUNDING]
    model = Claim
    table_class = ClaimTable
    filterset_class = ClaimFilter

    def rows(self) -> "QuerySet[Any]":
        people = ("submitted_by", "judged_by", "withdrawn_by")
        return Claim.objects.select_related(
            "post__pcn__organisation", "post__pcn__commissioner", "post__payment", *people
        ).order_by("-month", f"post__{PCN}", "pk")

    def complete(self, rows: list[Any]) -> list[Any]:
        return with_reimbursed(rows)


class PostList(ListPage):
    permission = VIEW
    scope = "pcn__commissioner_id"
    title = "Staff posts"
    what = ("post", "posts")
    intro = "Posts of the roles that are reimbursed, from the day they were filled. No person is named."
    template_name = "funding/claims/posts.jinja"
    breadcrumbs = [FUNDING]
    model = Post
    table_class = PostTable
    filterset_class = PostFilter

    def rows(self) -> "QuerySet[Any]":
        agreed = Count("claims", filter=Q(claims__status=Claim.Status.AGREED))
        return (
            Post.objects.select_related("pcn__organisation", "pcn__commissioner", "payment", "source")
            .annotate(agreed=agreed)
            .order_by(PCN, "payment__position", "starts_on", "pk")
        )

    def context(self) -> dict[str, Any]:
        return {"may_fill": self.request.user.can(PERMISSIONS["fill_post"])}


class BaselineList(ListPage):
    permission = VIEW
    scope = "pcn__commissioner_id"
    title = "Baselines of staff"
    what = ("baseline", "baselines")
    intro = (
        "Staff of a role who were in post before the reimbursements began. Only what is above them is "
        "reimbursed; where a baseline is not held, nothing can be claimed."
    )
    template_name = "funding/claims/baselines.jinja"
    breadcrumbs = [FUNDING]
    model = Baseline
    table_class = BaselineTable
    filterset_class = BaselineFilter

    def rows(self) -> "QuerySet[Any]":
        return (
            Baseline.objects.filter(superseded_by__isnull=True)
            .select_related("pcn__organisation", "pcn__commissioner", "payment", "source")
            .order_by(PCN, "payment__position", "pk")
        )

    def context(self) -> dict[str, Any]:
        return {"may_record": self.request.user.can(PERMISSIONS["record_baseline"])}


class ClaimPage(DetailPage):
    permission = VIEW
    scope = "commissioner.pk"
    model = Claim
    template_name = "funding/claims/claim.jinja"
    breadcrumbs = [FUNDING, ("Staff claims", "funding:claims")]

    def queryset(self) -> "QuerySet[Any]":
        return Claim.objects.select_related(
            "post__pcn__organisation", "post__pcn__commissioner", "post__payment", "submitted_by", "judged_by"
        )

    def get_caption(self) -> str:
        return f"{self.object.post.pcn}, {self.object.post.payment}"

    def get_title(self) -> str:
        return f"{self.object.post.title}, {self.object.month:%B %Y}"

    def context(self) -> dict[str, Any]:
        claim, user = self.object, self.request.user
        actions = []
        may_judge = user.can(PERMISSIONS["judge_claim"], claim.commissioner)
        if may_judge and claim.status == Claim.Status.SUBMITTED:
            own = claim.submitted_by_id == user.pk
            missing = "You submitted it, so someone else agrees or refuses it." if own else ""
            href = reverse("funding:judge_claim", args=[claim.pk])
            actions.append({"text": "Agree or refuse", "href": href, "missing": missing})
        if may_judge and claim.status == Claim.Status.AGREED:
            own = claim.submitted_by_id == user.pk
            missing = "You submitted it, so someone else withdraws it." if own else ""
            href = reverse("funding:withdraw_claim", args=[claim.pk])
            actions.append({"text": "Withdraw the claim", "href": href, "missing": missing})
        return {
            "reckoned": reckoned(claim),
            "actions": actions,
            "may_read_evidence": may_judge,
            "events": events_of(claim),
        }


class Evidence(Page):
    """The file that shows the cost. It may tell what a person earns, so only who judges claims reads it."""

    permission = PERMISSIONS["judge_claim"]
    see = VIEW
    scope = "commissioner.pk"
    model = Claim

    def queryset(self) -> "QuerySet[Any]":
        return Claim.objects.select_related("post__pcn__commissioner")

    def get(self, _request: HttpRequest, **_kwargs: Any) -> FileResponse:
        claim = self.object
        kinds = KINDS | SPREADSHEETS
        return attachment(claim.file, claim.file_name, kinds[PurePosixPath(claim.file_name.lower()).suffix])


class PostPage(DetailPage):
    permission = VIEW
    scope = "commissioner.pk"
    model = Post
    template_name = "funding/claims/post.jinja"
    breadcrumbs = [FUNDING, ("Staff posts", "funding:posts")]

    def queryset(self) -> "QuerySet[Any]":
        return Post.objects.select_related("pcn__organisation", "pcn__commissioner", "payment", "source")

    def get_title(self) -> str:
        return str(self.object.title)

    def get_caption(self) -> str:
        return f"{self.object.pcn}, {self.object.payment}"

    def context(self) -> dict[str, Any]:
        post, user = self.object, self.request.user
        year = year_of(clock.today())
        actions = []
        if user.can(PERMISSIONS["submit_claim"], post.commissioner):
            missing = "" if open_months(post) else "No month that is over can be claimed now."
            href = reverse("funding:submit_claim", args=[post.pk])
            actions = [
                {"text": "Claim a month", "href": href, "missing": missing},
                {"text": "The post is vacant", "href": reverse("funding:vacate_post", args=[post.pk])},
            ]
        return {
            "actions": actions[: 1 if post.ends_on else 2],
            "claims": with_reimbursed(post.claims.select_related("post").order_by("month", "pk")),
            "year": year,
            "role": role_of(post, year) if year else None,
            "events": events_of(post),
        }
