"""Bodies: the list of them, and one."""

from typing import Any

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from governance.known import bodies_for, held, known
from governance.mapping import boxes_of, in_words, with_next_meeting
from governance.models import Action, BetweenMeetings, Body, Meeting, Resolution, Seat
from governance.planning import turns_of
from governance.tables.boards import BodyFilter, BodyTable
from governance.views.map import VIEW
from governance.workflow.bodies import PERMISSION, may_change
from governance.workflow.taking_back import CALLED, said_of, to_come
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage, as_at
from pcnportal.pages.pages import DetailPage

MAP = ("Boards and committees", "governance:map")
SHOWN = 10
TAKE_BACK = {"rhythms": "take_back_rhythm", "turns": "take_back_turns", "quorum_rules": "take_back_quorum"}


class BodyList(ListPage):
    permission = VIEW
    model = Body
    table_class = BodyTable
    filterset_class = BodyFilter
    title = "Bodies"
    what = ("body", "bodies")
    empty = "No body is held of which your organisation has part."
    template_name = "governance/boards/list.jinja"
    breadcrumbs = [MAP]

    def rows(self) -> Any:
        day = as_at(self.request)
        return with_next_meeting(self.request.user.scope(VIEW), day).filter(known(day))

    def complete(self, rows: list[Any]) -> list[Any]:
        for box in boxes_of(rows, as_at(self.request)):
            box.body.rhythm, box.body.chair = box.rhythm, box.chair  # type: ignore[attr-defined]
        return rows

    def context(self) -> dict[str, Any]:
        return {
            "may_add": self.request.user.can(PERMISSION),
            "other": ("Members", reverse("governance:members")),
        }


class BodyPage(DetailPage):
    """One body, as it is held on the day: of today, or of its first document where that is of later."""

    permission = VIEW
    template_name = "governance/boards/body.jinja"
    model = Body
    breadcrumbs = [MAP]

    def queryset(self) -> Any:
        return bodies_for(self.request.user.scope(VIEW)).select_related("organisation", "source")

    def get_caption(self) -> str:
        return f"{self.object.get_kind_display()} of {self.object.organisation}"

    def context(self) -> dict[str, Any]:
        body, user = self.object, self.request.user
        source = body.source
        first = source.published_on if source else None
        day = max(first, clock.today()) if first else clock.today()
        own = user.scope(VIEW)
        meetings = Meeting.objects.filter(body=body, commissioner__in=own).select_related("commissioner")
        coming = list(
            meetings.filter(held_on__gte=day, is_cancelled=False).order_by("held_on", "starts_at", "pk")[
                :SHOWN
            ]
        )
        rhythm = body.rhythms.filter(held(day)).select_related("source").first()
        may = may_change(body, user)
        return {
            "day": day,
            "is_to_come": day > clock.today(),
            "coming": coming,
            "past": meetings.filter(Q(held_on__lt=day) | Q(held_on__isnull=True)).order_by("-held_on", "-pk")[
                :SHOWN
            ],
            "rhythm": rhythm,
            "rhythm_in_words": in_words(rhythm, whole=True) if rhythm else None,
            "to_come": self.to_come() if may else [],
            "turns": body.turns.filter(held(day))
            .select_related("organisation", "source")
            .order_by("position"),
            "whose_turn": self.whose_turn(coming, day),
            "seats": self.seats(day),
            "quorum": body.quorum_rules.filter(held(day)).select_related("source").first(),
            "up": body.links.filter(held(day)).select_related("to", "source"),
            "down": body.links_in.filter(held(day)).select_related("body", "source"),
            "terms": body.terms.select_related("file", "source", "superseded_by"),
            "counts": self.counts(own),
            "may_change": may,
            "may_plan": user.can("governance.plan_meeting"),
            "may_act_between": user.can("governance.record_action_between"),
            "events": events_of(body)[:50] if user.can("history.view_event") else None,
        }

    def seats(self, day: Any) -> list[tuple[str, list[Seat]]]:
        """Today's seats by part: members, who is in attendance, deputies; empty parts left out."""
        rows = list(
            self.object.seats.filter(held(day)).select_related(
                "person", "organisation", "deputises__person", "deputises__organisation", "source"
            )
        )
        parts = [
            (label, [seat for seat in rows if seat.part == part])
            for part, label in (
                (Seat.Part.MEMBER, "Members"),
                (Seat.Part.IN_ATTENDANCE, "In attendance"),
                (Seat.Part.DEPUTY, "Deputies"),
            )
        ]
        return [(label, found) for label, found in parts if found]

    def to_come(self) -> list[tuple[str, str, str]]:
        """(what, what it says, where it is taken back) of what was set from today or a later day."""
        found = [(kind, to_come(self.object, kind)) for kind in CALLED]
        return [
            (CALLED[kind], said_of(rows), reverse(f"governance:{TAKE_BACK[kind]}", args=[self.object.slug]))
            for kind, rows in found
            if rows
        ]

    def whose_turn(self, coming: list[Meeting], day: Any) -> Any:
        """Who chairs the next meeting where partners take turns; of the next one to be planned if none is."""
        of = coming[0].commissioner if coming else self.object.organisation
        found = turns_of(self.object, of, () if coming else [day])
        return found.get(coming[0].pk if coming else -1)

    def counts(self, own: list[int]) -> list[tuple[str, int, str]]:
        """(what, how many, address) of its decisions and its actions."""
        decided = Resolution.objects.filter(
            item__meeting__body=self.object, item__meeting__commissioner__in=own, superseded_by__isnull=True
        ).count()
        actions = Action.objects.filter(body=self.object, commissioner__in=own).aggregate(
            open=Count("pk", filter=Q(status=Action.Status.OPEN)), every=Count("pk")
        )
        between = BetweenMeetings.objects.filter(body=self.object, commissioner__in=own).count()
        asked = f"?{urlencode({'body': self.object.name})}"
        return [
            ("Decisions", decided, _address("governance:decisions", asked)),
            ("Actions", actions["every"], _address("governance:actions", asked)),
            ("Open actions", actions["open"], _address("governance:actions", f"{asked}&status=open")),
            ("Actions between meetings", between, _address("governance:actions_between", asked)),
        ]


def _address(name: str, asked: str) -> str:
    try:
        return reverse(name) + asked
    except NoReverseMatch:
        return ""
