"""Meetings: the list of them, planning one, planning the next ones from the rhythm."""

from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from governance.filters.planning import MeetingFilter
from governance.forms.planning import PlanForm, PlanNextForm, moved_note
from governance.known import bodies_for
from governance.models import Body, Meeting
from governance.planning import Slot, rhythms_from, rule_of, slots, turns_of
from governance.rhythm import in_words, lacking
from governance.tables.planning import MeetingTable
from governance.views.meetings import TRAIL
from governance.workflow.bodies import may_change
from governance.workflow.meetings import plan_meeting
from governance.workflow.planning import plan_from_rhythm
from pcnportal import clock
from pcnportal.pages.jinja import plural, words
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused


class MeetingList(ListPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Meeting
    table_class = MeetingTable
    filterset_class = MeetingFilter
    title = "Meetings"
    what = ("meeting", "meetings")
    template_name = "governance/planning/meetings.jinja"
    breadcrumbs = TRAIL[:1]

    def rows(self) -> Any:
        newest = F("held_on").desc(nulls_last=True)
        named = Meeting.objects.select_related("body", "commissioner").order_by(newest, "-starts_at", "-pk")
        return named.annotate(
            items_count=Count("items", filter=Q(items__is_taken_off=False))
        ).prefetch_related("moves")

    def complete(self, rows: list[Any]) -> list[Any]:
        for meeting in rows:
            meeting.stage = meeting.stage_on(clock.today())
        return rows

    def context(self) -> dict[str, Any]:
        return {"may_plan": self.request.user.can("governance.plan_meeting")}


class Planning(FormPage):
    """Meetings are planned for one of the user's commissioners."""

    permission = "governance.plan_meeting"

    def commissioners(self) -> Any:
        return Organisation.objects.filter(pk__in=self.request.user.scope(self.permission))


class PlanMeeting(Planning):
    form_class = PlanForm
    title = "Plan a meeting"
    button = "Plan the meeting"
    done = "The meeting is planned."
    breadcrumbs = TRAIL

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": self.commissioners()}

    def initial(self) -> dict[str, Any]:
        return {"body": self.request.GET.get("body")}

    def back(self) -> str:
        return reverse("governance:meetings")

    def save(self, form: Any) -> Any:
        typed = {name: value for name, value in form.cleaned_data.items() if name != "body"}
        return plan_meeting(form.cleaned_data["body"], by=self.request.user, **typed)


class PlanNext(Planning):
    see = "governance.view_meeting"
    model = Body
    form_class = PlanNextForm
    template_name = "governance/planning/next.jinja"
    title = "Plan the next meetings"
    button = "Plan these meetings"
    done = ""

    def queryset(self) -> Any:
        return bodies_for(self.request.user.scope(self.see)).select_related("organisation")

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(TRAIL[0][0], reverse(TRAIL[0][1])), (str(self.object), self.object.get_absolute_url())]

    @cached_property
    def served(self) -> list[Organisation]:
        """The user's commissioners for which the body meets."""
        meets_for = {self.object.organisation_id, *self.object.serves.values_list("pk", flat=True)}
        return [own for own in self.commissioners() if own.pk in meets_for]

    @cached_property
    def commissioner(self) -> Organisation | None:
        asked = self.request.GET.get("for", "")
        return next((own for own in self.served if str(own.pk) == asked), None) or next(
            iter(self.served), None
        )

    @cached_property
    def rhythms(self) -> list[Any]:
        return rhythms_from(self.object, clock.today())

    @cached_property
    def slots(self) -> list[Slot]:
        today = clock.today()
        return slots(self.object, self.commissioner, today, rhythms=self.rhythms) if self.commissioner else []

    @property
    def offered(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.meeting is None]

    def form_kwargs(self) -> dict[str, Any]:
        return {"offered": self.offered, "notes": self.notes()}

    def notes(self) -> dict[str, str]:
        """What is said below a date: why it was moved, and whose turn it would be to chair."""
        chairs = (
            turns_of(self.object, self.commissioner, (slot.proposed.day for slot in self.offered))
            if self.commissioner
            else {}
        )
        said = {}
        for number, slot in enumerate(self.offered):
            parts = [moved_note(slot)]
            if chair := chairs.get(-number - 1):
                parts.append(f"The turn to chair is that of {chair}.")
            if note := " ".join(part for part in parts if part):
                said[str(slot.proposed.period.first)] = note
        return said

    def initial(self) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "place")
        return {name: getattr(self.rhythms[0], name) for name in names} if self.rhythms else {}

    def context(self) -> dict[str, Any]:
        held = [slot for slot in self.slots if slot.meeting]
        return {
            "rhythms": [(r, in_words(rule_of(r)), words(lacking(rule_of(r)))) for r in self.rhythms],
            "planned": held,
            "may_change": may_change(self.object, self.request.user),
            "offered": self.offered,
            "commissioner": self.commissioner,
            "others": [own for own in self.served if own != self.commissioner],
        }

    def save(self, form: Any) -> Any:
        if self.commissioner is None:
            raise Refused("It meets for no commissioner for whom you plan meetings.")
        typed = form.cleaned_data
        wanted = {
            slot.proposed.period.first: typed[form.days[first]]
            for slot in self.offered
            if (first := str(slot.proposed.period.first)) in typed["periods"]
        }
        made = plan_from_rhythm(
            self.object,
            by=self.request.user,
            commissioner=self.commissioner,
            wanted=wanted,
            **{name: typed[name] for name in ("starts_at", "ends_at", "place")},
        )
        self.done = f"{plural(len(made), 'meeting')} planned: {words(f'{m.day:%-d %B %Y}' for m in made)}."
        return reverse("governance:plan_next", args=[self.object.slug])
