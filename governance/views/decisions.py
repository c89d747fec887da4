"""The decisions register: every resolution of every body that the reader may see."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, prefetch_related_objects

from governance.filters.decisions import ResolutionFilter
from governance.minutes import VIEW, readable
from governance.models import Resolution, Vote
from governance.tables.decisions import ResolutionTable
from governance.views.meetings import TRAIL
from pcnportal.pages.lists import ListPage


class ResolutionList(ListPage):
    permission = VIEW
    model = Resolution
    table_class = ResolutionTable
    filterset_class = ResolutionFilter
    title = "Decisions register"
    what = ("resolution", "resolutions")
    intro = "What bodies resolved: your own commissioner’s, and the published public ones of others."
    template_name = "governance/minutes/decisions.jinja"
    breadcrumbs = TRAIL[:1]

    def rows(self) -> Any:
        newest = F("item__meeting__held_on").desc(nulls_last=True)
        return (
            Resolution.objects.filter(readable(self.request.user))
            .select_related(
                "item__meeting__body", "item__meeting__commissioner", "item__subject_type", "superseded_by"
            )
            .select_related("source")
            .order_by(newest, "-pk")
        )

    def complete(self, rows: list[Any]) -> list[Any]:
        """The votes of the rows in one query, what their items are about in one for each kind."""
        cast: dict[int, dict[str, int]] = defaultdict(dict)
        votes = Vote.objects.filter(resolution__in=[row.pk for row in rows]).order_by()
        for pk, how, number in votes.values_list("resolution", "cast").annotate(Count("pk")):
            cast[pk][how] = number
        own = set(self.request.user.scope(VIEW))
        for row in rows:
            row.is_own = row.item.meeting.commissioner_id in own
            row.words = f"{row.text[:200]}…" if len(row.text) > 200 else row.text
            row.standing = "Replaced" if hasattr(row, "superseded_by") else "Stands"
            row.tags = [row.get_outcome_display()] + (["Replaced"] if row.standing == "Replaced" else [])
            row.votes_in_words = votes_in_words(cast[row.pk])
        prefetch_related_objects([row.item for row in rows if row.is_own], "subject")
        return rows


def votes_in_words(cast: dict[str, int]) -> str:
    """5 for, 1 against, 2 abstained; nothing where no votes are held."""
    return ", ".join(f"{cast[how]} {label.lower()}" for how, label in Vote.Cast.choices if how in cast)
