"""The register of interests, and one of its entries."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from governance.filters.interests import InterestFilter
from governance.interests import (
    ANYBODY,
    KEPT,
    PUBLISHED_FOR,
    chain_of,
    late_in_words,
    may_read_nature,
    published,
    readable_to,
    stage_of,
    until,
)
from governance.models import Interest
from governance.tables.interests import InterestTable
from governance.workflow.interests import OTHERS, OWN, may_change
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage

REGISTER = ("Register of interests", "governance:interests")
RELATED = ("person", "organisation", "commissioner", "superseded_by", "source")
HIDDEN = "Not published"


def with_stage(rows: list[Any], user: Any) -> list[Any]:
    """The entries with how they stand today, and what of them `user` reads."""
    today = clock.today()
    for entry in rows:
        entry.stage, entry.late = stage_of(entry, today), late_in_words(entry)
        may_read = may_read_nature(user, entry)
        entry.shown_nature = entry.nature if may_read else HIDDEN
        entry.shown_role = entry.get_role_display() if may_read else HIDDEN
        entry.published_until = until(entry.ends_on, PUBLISHED_FOR) if entry.ends_on else None
    return rows


class InterestList(ListPage):
    permission = ANYBODY
    model = Interest
    table_class = InterestTable
    filterset_class = InterestFilter
    title = "Register of interests"
    what = ("entry", "entries")
    intro = (
        "Interests that members of boards and committees declared. An entry is published while the interest "
        "is held and for six months after it ends. Of an indirect interest no name is given."
    )
    empty = "No interest is declared yet."
    template_name = "governance/interests/list.jinja"
    breadcrumbs = [("Boards and committees", "governance:map")]

    def rows(self) -> "QuerySet[Any]":
        today, user = clock.today(), self.request.user
        rows = Interest.objects.select_related(*RELATED).order_by("person__name", "pk")
        # Without a filter the published register is shown, also to who may read what is kept.
        asked = self.request.GET
        is_wider = bool(asked.get("status") or asked.get("whose"))
        return (
            rows.filter(readable_to(user, today))
            if is_wider
            else rows.filter(published(today), commissioner__in=user.scope(ANYBODY))
        )

    def complete(self, rows: list[Any]) -> list[Any]:
        return with_stage(rows, self.request.user)

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "may_declare": user.can(OWN),
            "may_register": user.can(OTHERS),
            "may_see_breaches": user.can("governance.view_breach"),
        }


class InterestPage(DetailPage):
    """One entry. Of one that is published no longer most readers learn no more than that."""

    permission = ANYBODY
    scope = "commissioner_id"
    model = Interest
    template_name = "governance/interests/interest.jinja"
    breadcrumbs = [REGISTER]

    def queryset(self) -> "QuerySet[Any]":
        return Interest.objects.select_related(*RELATED, "supersedes")

    @cached_property
    def is_readable(self) -> bool:
        rows = Interest.objects.filter(readable_to(self.request.user, clock.today()))
        return rows.filter(pk=self.object.pk).exists()

    def get_title(self) -> str:
        return str(self.object.person) if self.is_readable else str(self.object)

    def get_caption(self) -> str:
        return str(self.object) if self.is_readable else ""

    def context(self) -> dict[str, Any]:
        if not self.is_readable:
            return {"is_readable": False}
        entry, user = self.object, self.request.user
        with_stage([entry], user)
        may = may_change(user, entry) and entry.stage not in ("Withdrawn", "Replaced")
        earlier = with_stage(chain_of(entry), user) if self.reads_kept else []
        return {
            "is_readable": True,
            "may_read_nature": may_read_nature(user, entry),
            "may_change": may,
            "may_end": may and entry.ends_on is None,
            "reads_kept": self.reads_kept,
            "earlier": earlier,
            "later": getattr(entry, "superseded_by", None),
            "events": [event for one in (entry, *earlier) for event in events_of(one)],
        }

    @cached_property
    def reads_kept(self) -> bool:
        """Whether the reader sees what was corrected, taken back and why."""
        user, entry = self.request.user, self.object
        return user.can(KEPT, entry.commissioner_id) or (
            user.person_id is not None and user.person_id == entry.person_id
        )
