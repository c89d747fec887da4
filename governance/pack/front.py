"""What a pack begins with: the cover, and the contents."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.agenda import called
from governance.models import AgendaItem, Meeting

from .lettering import Lettering
from .plan import Section, when
from .sheets import PART, SMALL, TITLE, UNDER, Line, Sheet, Spot, contents, sheet, words

PRIVATE_PART = "Private part"


@dataclass(frozen=True)
class Choice:
    """What a reader gets of a pack: its sections and their page labels, and what is kept from the reader.

    `taken_off` are items that were taken off after the agenda was published, whose numbers are missed.
    """

    meeting: Meeting
    sections: Sequence[Section]
    labels: dict[str, list[str]]
    withheld: Sequence[Section]
    taken_off: Sequence[AgendaItem]
    is_private: bool
    has_private: bool


def front_of(choice: Choice) -> tuple[Sheet, Sheet, list[Spot]]:
    """The cover, the contents, and where each line of the contents stands."""
    meeting, lettering = choice.meeting, Lettering()
    kind = "Private agenda pack" if choice.is_private else "Agenda pack"
    day = f"{meeting.held_on:%A %-d %B %Y}" if meeting.held_on else "Date not held"
    times = [f"{at:%H:%M}" for at in (meeting.starts_at, meeting.ends_at) if at]
    lines = [day, " to ".join(times), meeting.place, str(meeting.commissioner)]
    story = [*words(kind, lettering), *words(str(meeting.body), lettering, TITLE)]
    story += [one for line in lines if line for one in words(line, lettering)]
    if not meeting.agenda_published_at:
        story += words(
            "A draft: the agenda is not published yet, so its numbers may still change.", lettering
        )
    if choice.is_private:
        story += words(
            "For who may read private papers alone. Do not pass it on, and do not leave it lying about.",
            lettering,
        )
    listed, spots = contents(_lines(choice), lettering)
    for section in choice.sections:
        lettering.lacking |= section.lettering.lacking
    if note := lettering.note():
        story += words(note, lettering, SMALL)
    return sheet(story), listed, spots


def _lines(choice: Choice) -> list[Line]:
    lines: list[Line] = []
    in_private, item = False, None
    for section in choice.sections:
        if section.is_private and not in_private:
            lines.append(Line(PRIVATE_PART, style=PART))
            in_private, item = True, None
        first = choice.labels[section.key][0] if choice.labels[section.key] else ""
        key = section.key if first else ""
        if section.paper is None:
            time = when(section.slot)
            lines.append(Line(f"{section.title}{f' ({time})' if time else ''}", first, key))
        else:
            if section.item != item and in_private and not section.item.is_private:
                lines.append(Line(f"{section.item.reference}. {section.item.title}: private papers"))
            late = ", late paper" if section.paper.is_late else ""
            by = f", {section.paper.author}" if section.paper.author else ""
            lines.append(
                Line(f"{called(section.paper, section.item)}: {section.title}{by}{late}", first, key, UNDER)
            )
        item = section.item
    for one in {section.item.pk: section.item for section in choice.withheld}.values():
        lines.append(
            Line(
                f"{one.reference}. {one.title}: kept from you, since you withdrew from it or are to",
                style=UNDER,
            )
        )
    for off in choice.taken_off:
        lines.append(Line(f"{off.reference}. {off.title}: taken off the agenda", style=UNDER))
    if choice.has_private and not choice.is_private:
        lines.append(Line("What is taken in private is not in this pack.", style=PART))
    return lines
