"""The conflicts of interest of an agenda item: all of them, and the verbs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from governance.agenda import title_of
from governance.conflicts import conflicts_seen_by, next_step, rule_titles, stage_of
from governance.forms.conflicts import AddConflictForm, HandleForm, JudgeForm
from governance.interests import KEPT, readable_to
from governance.models import AgendaItem, Conflict, Interest
from governance.proposing import NOBODY, Proposing
from governance.quorum import quorum_of
from governance.views.meetings import TRAIL
from governance.workflow.conflicts import (
    HANDLE,
    JUDGE,
    STAY,
    add_conflict,
    chairs,
    handle_conflict,
    judge_conflict,
)
from pcnportal import clock
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.refusals import Refused

SEE = "governance.view_meeting"


class OfItem:
    """What pages about an item's conflicts share."""

    request: Any
    object: Any
    proposing: Proposing = NOBODY

    @property
    def item(self) -> AgendaItem:
        return self.object.item if isinstance(self.object, Conflict) else self.object

    def get_caption(self) -> str:
        return title_of(self.item, self.request.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.item.meeting
        return [
            *((text, reverse(name)) for text, name in TRAIL),
            (str(meeting), meeting.get_absolute_url()),
        ]

    def back(self) -> str:
        return reverse("governance:conflicts", args=[self.item.pk])


class Conflicts(OfItem, DetailPage):
    permission = SEE
    scope = "meeting.commissioner_id"
    model = AgendaItem
    title = "Conflicts of interest"
    template_name = "governance/interests/conflicts.jinja"

    def queryset(self) -> "QuerySet[Any]":
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def context(self) -> dict[str, Any]:
        item, user = self.object, self.request.user
        commissioner = item.meeting.commissioner_id
        rows: list[Any] = list(conflicts_seen_by(user, [item])[item.pk])
        titles = rule_titles(self.proposing.rules)
        is_open = not (item.is_taken_off or item.meeting.is_cancelled or item.meeting.minutes_published_at)
        may_judge, may_handle = (user.can(verb, commissioner) for verb in (JUDGE, HANDLE))
        readable = set(
            Interest.objects.filter(
                readable_to(user, clock.today()), pk__in=[row.interest_id for row in rows]
            ).values_list("pk", flat=True)
        )
        for row in rows:
            row.stage, row.rule_title = stage_of(row), titles.get(row.rule, row.rule)
            row.next = next_step(row) if is_open else ""
            row.may_read_interest = row.interest_id in readable
            row.may_judge = is_open and may_judge and not row.handling and user.person_id != row.person_id
            row.may_handle = is_open and may_handle and row.judgement == Conflict.Judgement.CONFIRMED
        is_known = self.proposing.knows(item)
        return {
            "conflicts": rows,
            "quorum": quorum_of(item),
            "withdrawals": item.withdrawals.select_related("person"),
            "is_known": is_known,
            "may_look": is_known
            and is_open
            and may_judge
            and item.meeting.held_on is not None
            and item.meeting.held_on >= clock.today(),
            "may_add": is_open and may_judge,
            "reads_all": may_judge or may_handle or user.can(KEPT, commissioner),
        }


class OfConflict(OfItem, FormPage):
    see = SEE
    scope = "item.meeting.commissioner_id"
    model = Conflict
    template_name = "governance/interests/conflict_form.jinja"
    verb: Any

    def queryset(self) -> "QuerySet[Any]":
        return Conflict.objects.select_related("item__meeting__body", "item__meeting__commissioner", "person")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), ("Conflicts of interest", self.back())]

    def save(self, form: Any) -> Any:
        return self.verb(self.object, by=self.request.user, **form.cleaned_data)


class JudgeConflict(OfConflict):
    permission = JUDGE
    form_class = JudgeForm
    title = "Confirm the conflict or set it aside"
    button = "Save"
    done = "The conflict is judged."
    verb = staticmethod(judge_conflict)

    def guard(self) -> None:
        if self.request.user.person_id == self.object.person_id:
            raise Refused("This is your own: somebody else judges it.")
        if self.object.handling:
            raise Refused("The chair has recorded what was done: it is no longer set aside.")

    def initial(self) -> dict[str, Any]:
        return {"judgement": self.object.judgement, "reason": self.object.reason}


class HandleConflict(OfConflict):
    permission = HANDLE
    form_class = HandleForm
    title = "What was done about the conflict"
    button = "Save what was done"
    done = "What was done is recorded; the quorum of the item follows from it."
    verb = staticmethod(handle_conflict)

    def guard(self) -> None:
        if self.object.judgement != Conflict.Judgement.CONFIRMED:
            raise Refused("The secretary has not confirmed it yet.")

    def form_kwargs(self) -> dict[str, Any]:
        offered = set(Conflict.Handling.values)
        if self.request.user.person_id == self.object.person_id:
            offered -= set(STAY)
        if not chairs(self.item.meeting, self.object.person):
            offered.discard(Conflict.Handling.VICE_CHAIR)
        return {"offered": offered}

    def initial(self) -> dict[str, Any]:
        return {"handling": self.object.handling, "note": self.object.handling_note}


class OfThisItem(OfItem, FormPage):
    permission = JUDGE
    see = SEE
    scope = "meeting.commissioner_id"
    model = AgendaItem

    def queryset(self) -> "QuerySet[Any]":
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def version(self) -> int:
        return int(self.object.meeting.version)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), ("Conflicts of interest", self.back())]


class AddConflict(OfThisItem):
    form_class = AddConflictForm
    title = "Add a conflict that was declared"
    button = "Add the conflict"
    done = "The conflict is recorded. The chair says next what was done."
    intro = "For one that no rule names, such as one declared at the meeting."

    def save(self, form: Any) -> Any:
        add_conflict(self.object, by=self.request.user, **form.cleaned_data)


class LookAgain(OfThisItem):
    title = "Look again for conflicts of interest"
    button = "Look again"
    done = "The rules were asked again, with the members, interests and seats as they are now."
    intro = "What was judged stays. New conflicts are added; those that are no longer so are marked."

    def save(self, form: Any) -> Any:
        self.proposing.look(self.object, by=self.request.user, seen=form.cleaned_data["seen"])


class Rules(DetailPage):
    permission = SEE
    title = "Rules by which conflicts are proposed"
    template_name = "governance/interests/rules.jinja"
    breadcrumbs = TRAIL
    proposing: Proposing = NOBODY

    def context(self) -> dict[str, Any]:
        return {"rules": self.proposing.rules}
