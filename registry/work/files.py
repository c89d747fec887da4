"""Files that were read: PCNs that wait to be matched, and imports that nobody applied or discarded yet."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pcnportal.pages.jinja import plural
from pcnportal.pages.work import Link, Task
from pcnportal.people.models import User
from registry.filters.imports import SAID, STATES
from registry.models import ImportRun, PCNMatch

SHOWN = 6


def tasks_of(user: User) -> Iterable[Task]:
    """One query for who may decide a match, one for who may import."""
    if own := user.scope("registry.decide_match"):
        waiting = PCNMatch.objects.filter(SAID["waiting"], pcn__commissioner__in=own)
        yield from _task(
            list(waiting.select_related("pcn__organisation").defer("reason")),
            ("PCN waits to be matched to its ODS code", "PCNs wait to be matched to their ODS codes"),
            f"{reverse('registry:matches')}?said=waiting",
            lambda match: str(match.pcn),
        )
    if user.can("registry.import_file"):
        proposed = ImportRun.objects.filter(**STATES["proposed"])
        yield from _task(
            list(proposed.defer("report", "undo")),
            ("file is read and not applied yet", "files are read and not applied yet"),
            f"{reverse('registry:imports')}?state=proposed",
            str,
        )


def _task(rows: list[Any], what: tuple[str, str], href: str, name: Any) -> Iterable[Task]:
    if rows:
        links = tuple(Link(name(row), row.get_absolute_url()) for row in rows[:SHOWN])
        yield Task(text=plural(len(rows), *what), href=href, links=links)
