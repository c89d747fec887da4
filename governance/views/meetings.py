"""One meeting: its page, and what every form about it has in common."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from governance.actions import CHANGE, due_words, given_on, open_on, owners_in_words
from governance.advice import is_next
from governance.agenda import title_of
from governance.attended import attended
from governance.conflicts import conflicts_seen_by, in_words
from governance.minutes import is_public, resolved_on
from governance.models import Meeting
from governance.quorum import quorums_of
from governance.unquorate import COMPUTED
from governance.views.when import when_of
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage, FormPage

TRAIL = [("Boards and committees", "governance:map"), ("Meetings", "governance:meetings")]


class MeetingPage(DetailPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Meeting
    template_name = "governance/meeting.jinja"
    breadcrumbs = TRAIL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Of another commissioner's meeting there is nothing to see but its published minutes."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            found = Meeting.objects.filter(**kwargs).first()
            if found is None or not is_public(found, self.request.user):
                raise
            return redirect("governance:minutes", found.pk)

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body", "commissioner", "source")

    def get_title(self) -> str:
        return str(self.object)

    def get_caption(self) -> str:
        return str(self.object.commissioner)

    def context(self) -> dict[str, Any]:
        user, meeting = self.request.user, self.object
        items = list(
            meeting.items.select_related("stood_over__meeting__body").prefetch_related(
                "subject", "withdrawals__person"
            )
        )
        for item in items:
            item.meeting, item.shown = meeting, title_of(item, user)
        quorums = quorums_of(meeting, items)
        resolved = resolved_on(user, items)
        said = {str(quorum) for quorum in quorums.values()}
        return {
            "when": when_of(meeting, user),
            "is_next": is_next(meeting, clock.today()),
            "items": [(item, quorums[item.pk]) for item in items],
            "conflicts": {pk: in_words(rows) for pk, rows in conflicts_seen_by(user, items).items()},
            "resolved": resolved,
            "without_quorum": {
                pk: quorums[pk].working
                for pk, rows in resolved.items()
                if quorums[pk].met is False and any(row.quorum_basis == COMPUTED for row in rows)
            },
            "one_quorum": said.pop() if len(said) == 1 and len(items) > 1 else "",
            "attended": attended(meeting),
            "given": given_on(items, user),
            "open_actions": open_on(meeting, items, user),
            "due_words": due_words,
            "owners_in_words": owners_in_words,
            "may_record_action": user.can(CHANGE, meeting.commissioner_id),
            "may_read_private": user.can("governance.read_private_paper", meeting.commissioner_id),
            "may_record": user.can("governance.record_attendance", meeting.commissioner_id),
            "events": events_of(meeting)[:50],
        }


class OfMeeting(FormPage):
    """What is recorded about a meeting by who prepares it."""

    permission = "governance.record_attendance"
    see = "governance.view_meeting"
    model: Any = Meeting
    scope = "commissioner_id"

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in TRAIL]
        return [*trail, (str(self.object), self.object.get_absolute_url())]
