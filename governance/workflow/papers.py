"""Papers of an item: add, replace with a reason, withdraw with a reason. Each is one transaction."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from governance.models import AgendaItem, Paper
from governance.pack import check_joins
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .agenda import begin
from .files import keep_file
from .placing import renumbered

PERMISSIONS = {
    "add_paper": "governance.plan_meeting",
    "replace_paper": "governance.plan_meeting",
    "withdraw_paper": "governance.plan_meeting",
}


@transaction.atomic
def add_paper(
    item: AgendaItem,
    *,
    by: User,
    seen: int,
    title: str,
    cover: str = "",
    upload: File | None = None,
    author: str = "",
    is_private: bool = False,
    is_late: bool = False,
    reason: str = "",
) -> Paper:
    """Put a paper behind the others of its item. `seen` is the version of the meeting.

    After publishing it is a late paper and `reason` says why. Raises `Refused` where it says nothing, or its
    file may not be kept.
    """
    begin(item.meeting, PERMISSIONS["add_paper"], by, seen, reason)
    if AgendaItem.objects.filter(pk=item.pk, is_taken_off=True).exists():
        raise Refused("The item is off the agenda.")
    last = item.papers.aggregate(last=Max("enclosure"))["last"] or 0
    facts = {"author": author.strip(), "is_private": is_private}
    paper = _kept(item, last + 1, by, title, cover, upload, **facts, is_late=is_late or _is_late(item))
    record(by, "added a paper", item, reason, whole=item.meeting, paper=paper.enclosure, sha256=_sha(paper))
    renumbered(item.meeting)
    return paper


@transaction.atomic
def replace_paper(
    paper: Paper,
    *,
    by: User,
    seen: int,
    reason: str,
    title: str,
    cover: str = "",
    upload: File | None = None,
    author: str = "",
    is_private: bool = False,
) -> Paper:
    """Put another paper in the place of this one, which stays readable to who may read the new one."""
    item = paper.item
    begin(item.meeting, PERMISSIONS["replace_paper"], by, seen, reason)
    _check_in_force(paper, reason, "Say why it is replaced.")
    facts = {"author": author.strip(), "is_private": is_private, "is_late": paper.is_late or _is_late(item)}
    made = _kept(
        item, paper.enclosure, by, title, cover, upload, **facts, supersedes=paper, reason=reason.strip()
    )
    if is_private:
        # What turned out to be private was private before.
        item.papers.filter(enclosure=paper.enclosure).update(is_private=True)
    record(by, "replaced a paper", item, reason, whole=item.meeting, paper=paper.enclosure, sha256=_sha(made))
    renumbered(item.meeting)
    return made


@transaction.atomic
def withdraw_paper(paper: Paper, *, by: User, seen: int, reason: str) -> None:
    """Take a paper out of the pack. Who prepares the meeting may still read it, nobody else."""
    item = paper.item
    begin(item.meeting, PERMISSIONS["withdraw_paper"], by, seen, reason)
    _check_in_force(paper, reason, "Say why it is withdrawn.")
    item.papers.filter(enclosure=paper.enclosure).update(withdrawn_because=reason.strip())
    record(by, "withdrew a paper", item, reason, whole=item.meeting, paper=paper.enclosure)


def _check_in_force(paper: Paper, reason: str, why: str) -> None:
    if not reason.strip():
        raise Refused(why, "reason")
    if Paper.objects.filter(supersedes=paper).exists():
        raise Refused("This paper is replaced already.")
    if Paper.objects.filter(pk=paper.pk).exclude(withdrawn_because="").exists():
        raise Refused("This paper is withdrawn already.")


def _is_late(item: AgendaItem) -> bool:
    return item.meeting.agenda_published_at is not None


def _kept(
    item: AgendaItem,
    enclosure: int,
    by: User,
    title: str,
    cover: str,
    upload: File | None,
    **facts: Any,
) -> Paper:
    if not title.strip():
        raise Refused("Say what the paper is called.", "title")
    if not cover.strip() and upload is None:
        raise Refused("Write what the paper says, or choose its file.", "cover")
    file = None
    if upload:
        file = keep_file(upload, by=by, commissioner=item.meeting.commissioner)
        # What can't be joined now would be missing from the pack when it is wanted.
        check_joins(file)
    return Paper.objects.create(
        item=item, enclosure=enclosure, title=title.strip(), cover=cover.strip(), file=file, **facts
    )


def _sha(paper: Paper) -> str:
    return paper.file.sha256 if paper.file else ""
