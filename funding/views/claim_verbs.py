"""One page for each verb of staff: baseline, post, claim."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from funding.forms.claims import BaselineForm, ClaimForm, JudgeForm, PostForm, VacateForm
from funding.models import Claim, Post
from funding.reimbursing import open_months
from funding.workflow.claims import (
    OWN,
    PERMISSIONS,
    fill_post,
    judge_claim,
    record_baseline,
    submit_claim,
    vacate_post,
    withdraw_claim,
)
from pcnportal.history.attested import attested_source
from pcnportal.pages.acts import act
from pcnportal.pages.pages import FormPage
from pcnportal.refusals import Refused
from registry.forms.documents import AGAIN
from registry.models import PCN

from .claims import FUNDING, VIEW


class OfPCN(FormPage):
    """Asks for the PCN itself; `?pcn=` fills it in."""

    list_name = ""

    def back(self) -> str:
        return reverse(self.list_name)

    def form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.user.scope(self.permission)}

    def initial(self) -> dict[str, Any]:
        own = PCN.objects.filter(commissioner__in=self.request.user.scope(self.permission))
        asked = slugify(self.request.GET.get("pcn", ""))
        return {"pcn": own.filter(organisation__slug=asked).first()}


class RecordBaseline(OfPCN):
    permission = PERMISSIONS["record_baseline"]
    form_class = BaselineForm
    title = "Record a baseline"
    intro = "The staff of a role who were in post before the reimbursements began, as the PCN agreed it."
    button = "Record the baseline"
    breadcrumbs = [FUNDING, ("Baselines of staff", "funding:baselines")]
    list_name = "funding:baselines"
    done = "The baseline is recorded."

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        record_baseline(
            typed["pcn"],
            by=self.request.user,
            payment=typed["payment"],
            wte=typed["wte"],
            source=attested_source(*form.named()),
            reason=typed["reason"],
        )


class FillPost(OfPCN):
    permission = PERMISSIONS["fill_post"]
    form_class = PostForm
    title = "Record a post"
    intro = (
        "Record those who were in post before the reimbursements began, too: the ones filled first count "
        "towards the baseline."
    )
    button = "Record the post"
    breadcrumbs = [FUNDING, ("Staff posts", "funding:posts")]
    list_name = "funding:posts"
    done = "The post is recorded."

    @transaction.atomic
    def save(self, form: Any) -> Post:
        typed = form.cleaned_data
        return fill_post(
            typed["pcn"],
            by=self.request.user,
            payment=typed["payment"],
            source=attested_source(*form.named()),
            **{name: typed[name] for name in ("title", "wte", "starts_on")},
        )


class OfPost(FormPage):
    see = VIEW
    scope = "commissioner.pk"
    model = Post

    def queryset(self) -> "QuerySet[Any]":
        return Post.objects.select_related("pcn__organisation", "pcn__commissioner", "payment")

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Funding", reverse("funding:years")),
            ("Staff posts", reverse("funding:posts")),
            (self.object.title, self.back()),
        ]


class VacatePost(OfPost):
    permission = PERMISSIONS["vacate_post"]
    form_class = VacateForm
    title = "The post is vacant"
    button = "Record it"
    done = "It is recorded that the post is vacant."

    def guard(self) -> None:
        if self.object.ends_on:
            raise Refused(f"The post is vacant from {self.object.ends_on:%-d %B %Y} already.")

    def save(self, form: Any) -> None:
        vacate_post(self.object, by=self.request.user, ends_on=form.cleaned_data["ends_on"])


class SubmitClaim(OfPost):
    permission = PERMISSIONS["submit_claim"]
    form_class = ClaimForm
    template_name = "funding/claims/submit.jinja"
    title = "Claim a month"
    button = "Submit the claim"
    done = "The claim is submitted. A second person agrees or refuses it."

    def guard(self) -> None:
        if not open_months(self.object):
            raise Refused("No month can be claimed for this post now.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"months": open_months(self.object)}

    def save(self, form: Any) -> Claim:
        typed = form.cleaned_data
        return submit_claim(
            self.object,
            by=self.request.user,
            month=typed["month"],
            cost=typed["cost"],
            upload=typed["file"],
            holds_private_details=typed["holds_private_details"] == "yes",
        )

    def show_form(self, form: Any, sets: Any, status: int = 200, **extra: Any) -> Any:
        if form.is_bound and form.errors and "file" not in form.errors and form.files:
            form.add_error("file", AGAIN)
        return super().show_form(form, sets, status, **extra)


class JudgeClaim(FormPage):
    permission = PERMISSIONS["judge_claim"]
    see = VIEW
    scope = "commissioner.pk"
    model = Claim
    form_class = JudgeForm
    title = "Agree or refuse the claim"
    button = "Record it"
    done = "It is recorded."

    def queryset(self) -> "QuerySet[Any]":
        return Claim.objects.select_related(
            "post__pcn__organisation", "post__pcn__commissioner", "post__payment"
        )

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Funding", reverse("funding:years")),
            ("Staff claims", reverse("funding:claims")),
            (str(self.object), self.back()),
        ]

    def guard(self) -> None:
        if self.object.status != Claim.Status.SUBMITTED:
            raise Refused(f"The claim is {self.object.status_label.lower()} already.")
        if self.object.submitted_by_id == self.request.user.pk:
            raise Refused(OWN)

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        judge_claim(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            status=typed["status"],
            reason=typed["reason"],
        )


withdraw = act(
    withdraw_claim,
    reason="required",
    permission=PERMISSIONS["withdraw_claim"],
    see=VIEW,
    scope="commissioner.pk",
    model=Claim,
    title="Withdraw the claim",
    intro="For a claim that was agreed and is wrong. The month may then be claimed again; the next payment "
    "run takes back what was paid too much.",
    button="Withdraw",
    done="The claim is withdrawn. The next payment run takes back what was paid for it.",
)
