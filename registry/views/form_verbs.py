"""From a form that came to go-live: the pages of the small verbs, in the order of the workflow."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from governance.models import Body, Meeting
from pcnportal import clock
from pcnportal.pages.jinja import day as in_words
from pcnportal.pages.jinja import plural
from registry.brief import standing_decisions, words_of
from registry.checklist.preview import forecast
from registry.coverage import coverage_of
from registry.forms.verbs import AskForm, GoLiveForm, MeetingForm, MemberWithdrawsForm
from registry.models import Document, Submission
from registry.workflow.forms import form_of
from registry.workflow.outcomes import body_for, decision_in_force, item_for

from .verbs import Obstacle, VerbPage, Way


def received(form: Submission) -> str | None:
    """When the form came, as precisely as it is held."""
    if form.received_on is None:
        return None
    if form.received_precision == Submission.Precision.BY:
        return f"By {in_words(form.received_on)}; the day itself is not held"
    return in_words(form.received_on)


class SubmitPage(VerbPage):
    """Check the answers: the whole form once more, and what a review would find in it."""

    verb = "submit"
    title = "Check the form before you record it"
    happened = "The form of {object} is recorded as received."
    template_name = "registry/form/submit.jinja"

    def about(self) -> dict[str, Any]:
        form = form_of(self.object)
        members = list(form.members.select_related("practice__organisation"))
        return {
            "form_shown": form,
            "received": received(form),
            "members": members,
            "directors": list(form.directors.select_related("person", "practice__organisation")),
            "documents": list(self.object.documents.exclude(kind=Document.Kind.EVIDENCE)),
            "forecasts": forecast(self.object, form),
        }


class ReturnPage(VerbPage):
    verb = "return_form"
    intro = (
        "The form goes back to the PCN. What it sends then is a new version, and the portal shows what "
        "differs. This version stays as it is."
    )
    form_class = AskForm
    asks = ("What has to be changed or added", "Say what the PCN has to change or add")
    happened = "The form of {object} is returned."


class WithdrawPage(VerbPage):
    verb = "withdraw"
    intro = (
        "The registration ends here. It no longer places its practices, and it can't be taken up again: "
        "the PCN would start a new one. Everything that was recorded stays readable."
    )
    warning = True
    form_class = AskForm
    asks = ("Why it is withdrawn", "Say why the registration is withdrawn")
    happened = "The registration of {object} is withdrawn."


class MemberWithdrawsPage(VerbPage):
    verb = "member_withdraws"
    form_class = MemberWithdrawsForm
    intro = (
        "The practice is no longer placed by this registration, and the checklist counts without it. "
        "After the approval, the registration has to be reviewed again before it goes on."
    )
    happened = "It is recorded that {practice} withdrew from {object}."

    def form_kwargs(self) -> dict[str, Any]:
        return {"case": self.object}

    def said(self, form: Any) -> str:
        return self.happened.format(object=self.object, practice=form.cleaned_data["practice"])


class OpenReviewPage(VerbPage):
    verb = "open_review"
    intro = (
        "The requirements in force today are copied to this registration, so that later editions don't "
        "change its review. Then each line is answered, or computed from what is held."
    )
    happened = "The review of {object} is open."


class ResumeReviewPage(VerbPage):
    verb = "resume_review"
    intro = "The registration goes back under review. Its answers stay; you can change them."
    form_class = AskForm
    asks = ("Which further information was received", "Say which further information was received")
    happened = "{object} is under review again."


class ReviewAgainPage(VerbPage):
    verb = "review_again"
    intro = (
        "The registration goes back under review. The decision stays readable, but the body has to decide "
        "anew before anything is confirmed."
    )
    form_class = AskForm
    asks = ("Why it is reviewed again", "Say why the registration is reviewed again")
    happened = "{object} is under review again."


class AgendaPage(VerbPage):
    """Choose a coming meeting of the body that `decides`."""

    form_class = MeetingForm
    decides = "approve"
    template_name = "registry/form/agenda.jinja"

    @property
    def body(self) -> Body | None:
        if not hasattr(self, "_body"):
            self._body = body_for(self.object, self.decides)
        return self._body

    @property
    def meetings(self) -> "QuerySet[Meeting]":
        own = Meeting.objects.filter(body=self.body, commissioner=self.object.commissioner_id)
        coming = own.filter(held_on__gte=clock.today(), is_cancelled=False)
        return coming.order_by("held_on", "starts_at", "pk")

    def obstacles(self) -> list[Obstacle]:
        found = super().obstacles()
        if self.object.status not in self.sources:
            return found
        if self.body is None:
            return found or [Obstacle("Which body decides for this commissioner is not held.")]
        if not self.meetings.exists():
            found.append(
                self.way_to(
                    f"No meeting of the {self.body} is planned for today or later.",
                    Way(
                        "Plan a meeting", "governance:plan_meeting", "governance.plan_meeting", of_case=False
                    ),
                )
            )
        return found

    def form_kwargs(self) -> dict[str, Any]:
        return {"meetings": self.meetings}

    def initial(self) -> dict[str, Any]:
        return {"meeting": self.meetings.first()}

    def about(self) -> dict[str, Any]:
        may_plan = self.request.user.can("governance.plan_meeting", self.object.commissioner_id)
        return {"body": self.body, "may_plan": may_plan}

    def said(self, form: Any) -> str:
        meeting = form.cleaned_data["meeting"]
        return f"{self.object} is on the agenda of the {meeting.body} of {in_words(meeting.held_on)}."


class PutOnAgendaPage(AgendaPage):
    verb = "put_on_agenda"


class PutBeforePanelPage(AgendaPage):
    verb = "put_before_panel"
    decides = "endorse"


class TakeOffAgendaPage(VerbPage):
    verb = "take_off_agenda"
    form_class = AskForm
    asks = ("Why it is taken off", "Say why it is taken off the agenda")
    happened = "{object} is off the agenda and under review again."

    def about(self) -> dict[str, Any]:
        item = item_for(self.object, body_for(self.object, "approve"))
        where = (
            f"It is on the agenda of the {item.meeting.body} of {in_words(item.meeting.held_on)}. "
            if item
            else ""
        )
        return {
            "intro": f"{where}The item stays readable on the agenda, with your reason, and the registration "
            "goes back under review."
        }


class ConfirmPage(VerbPage):
    """What will be confirmed: the decision, its conditions, the panel's endorsement, the coverage."""

    verb = "confirm"
    happened = "{object} is confirmed, and its letter is issued."
    template_name = "registry/form/confirm.jinja"

    def about(self) -> dict[str, Any]:
        decisions = [(decision, words_of(decision)) for decision in standing_decisions(self.object)]
        return {
            "decisions": decisions,
            "conditions": list(decisions[0][0].conditions.all()) if decisions else [],
            "coverage": coverage_of(self.object.commissioner, clock.today()),
        }

    def after(self) -> str:
        decision = decision_in_force(self.object)
        return reverse("registry:letter", args=[decision.pk]) if decision else self.object.get_absolute_url()


class GoLivePage(VerbPage):
    verb = "go_live"
    form_class = GoLiveForm
    happened = "{object} is live."

    def form_kwargs(self) -> dict[str, Any]:
        return {"case": self.object}

    def initial(self) -> dict[str, Any]:
        return {"starts_on": self.object.round.go_live_on}

    def about(self) -> dict[str, Any]:
        form = self.object.current
        members = form.members.filter(has_withdrawn=False, practice__isnull=False).count() if form else 0
        directors = form.directors.count() if form else 0
        payee = "its nominated payee" if form and form.payee_id else "no nominated payee (not held)"
        return {
            "intro": f"From the day that you give, the register shows {plural(members, 'member practice')}, "
            f"{plural(directors, 'clinical director')} and {payee}, and the PCN as live. "
            "A decision can't be replaced after that."
        }

    def said(self, form: Any) -> str:
        return f"{self.object} is live since {in_words(form.cleaned_data['starts_on'])}."
