"""Makes a pack for a reader, or says why it is too large; and what is kept of its numbering."""

from collections.abc import Sequence
from typing import Any

from governance.agenda import called, closed_to
from governance.models import Meeting, StoredFile
from pcnportal.pages.uploads import MEGABYTE
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .front import PRIVATE_PART, Choice, front_of
from .joining import Joined
from .numbering import number_pages
from .plan import PDF, Section, attached_name, sections_of, taken_off
from .sheets import picture

# Of the papers of one pack together: what is joined is held in memory.
LARGEST, MOST_PAGES = 100 * MEGABYTE, 2000
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


class TooLarge(Refused):
    """The papers together are more than the portal joins."""


def frozen(meeting: Meeting) -> list[list[Any]]:
    """The numbering of the pack as it stands, to be held in `Meeting.numbering` from publishing on."""
    sections = [(section.key, section.pages) for section in sections_of(meeting)]
    return [list(run) for run in number_pages(sections, meeting.numbering)[1]]


def pack_of(meeting: Meeting, *, reader: User | None = None) -> bytes:
    """The public pack of a meeting; with a `reader` the private one, without what is closed to that reader.

    A page is called the same in both, and by every reader. Raises `TooLarge`, and `NotAllowed` where the
    reader may not read private papers.
    """
    if reader:
        allow(reader, "governance.read_private_paper", meeting.commissioner)
    every = sections_of(meeting)
    labels, _ = number_pages([(one.key, one.pages) for one in every], meeting.numbering)
    items = {one.item.pk: one.item for one in every}
    closed = closed_to(reader, meeting, list(items.values())) if reader else set(items)
    chosen = [one for one in every if not one.is_private or one.item.pk not in closed]
    check_size(chosen)
    choice = Choice(
        meeting,
        chosen,
        labels,
        withheld=[one for one in every if one.is_private and one.item.pk in closed] if reader else [],
        taken_off=[item for item in taken_off(meeting) if reader or not item.is_private],
        is_private=bool(reader),
        has_private=any(one.is_private for one in every),
    )
    joined = Joined(f"{meeting}: {'private' if reader else 'public'} agenda pack")
    cover, listed, spots = front_of(choice)
    roman = [_roman(n) for n in range(1, cover.pages + listed.pages + 1)]
    joined.add(cover.content, roman[: cover.pages])
    joined.add(listed.content, roman[cover.pages :])
    starts = _join_sections(joined, chosen, labels)
    for spot in spots:
        joined.link(cover.pages + spot.page, spot.rect, starts[spot.key])
    _bookmark(joined, chosen, starts, cover.pages)
    return joined.finish()


def check_joins(file: StoredFile) -> None:
    """Try an uploaded file as the pages of a pack. Raises `Refused` at `file` where it can't be joined."""
    trial = Joined("")
    try:
        with file.file.open("rb") as content:
            if file.media_type == PDF:
                trial.add(content.read(), [str(page + 1) for page in range(file.pages or 0)])
            elif file.media_type.startswith("image/"):
                trial.add(picture(content).content, ["1"])
        if trial.pages:
            trial.finish()
    except Exception as exc:
        # Whatever a broken file makes the readers stumble over.
        raise Refused(
            "The pages of the file can't be put into a pack: it may be broken. Save it again.", "file"
        ) from exc


def check_size(sections: Sequence[Section]) -> None:
    size = sum(one.file.size for one in sections if one.file)
    pages = sum(one.pages for one in sections)
    if size > LARGEST or pages > MOST_PAGES:
        largest = max(sections, key=lambda one: one.file.size if one.file else 0)
        raise TooLarge(
            f"The papers together have {size / MEGABYTE:.0f} MB and {pages:,} pages; a pack holds at most "
            f"{LARGEST // MEGABYTE} MB and {MOST_PAGES:,} pages. The largest is “{largest.title}”. Download "
            "the papers one by one from the agenda, or replace the largest by smaller files."
        )


def _join_sections(joined: Joined, chosen: Sequence[Section], labels: dict[str, list[str]]) -> dict[str, int]:
    """Add the pages of each section; gives where each begins."""
    starts = {}
    for section in chosen:
        starts[section.key] = joined.pages
        named = labels[section.key]
        if section.sheet:
            joined.add(section.sheet.content, named[: section.sheet.pages])
            named = named[section.sheet.pages :]
        if section.file:
            with section.file.file.open("rb") as content:
                if section.file.media_type == PDF:
                    joined.add(content.read(), named)
                elif section.is_picture:
                    joined.add(picture(content).content, named)
                else:
                    joined.attach(attached_name(section), content.read())
    return starts


def _bookmark(joined: Joined, chosen: Sequence[Section], starts: dict[str, int], contents_at: int) -> None:
    joined.bookmark("Contents", contents_at)
    parent, part, item = None, None, None
    for section in chosen:
        if section.is_private and part is None:
            part, item = joined.bookmark(PRIVATE_PART, starts[section.key]), None
        if section.paper is None:
            parent = joined.bookmark(section.title, starts[section.key], part)
        else:
            if section.item != item:
                name = f"{section.item.reference}. {section.item.title}: private papers"
                parent = joined.bookmark(name, starts[section.key], part)
            joined.bookmark(
                f"{called(section.paper, section.item)}: {section.title}", starts[section.key], parent
            )
        item = section.item


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ROMAN[ones]
