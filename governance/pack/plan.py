"""What is in a pack, in order: the public part, then the private part, each with its items and papers.

The private part comes last, so that a page is called the same in both packs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.platypus import Paragraph

from governance.actions import open_actions
from governance.agenda import Slot, called, slots_of, with_earlier
from governance.models import Action, AgendaItem, Meeting, Paper, StoredFile

from .lettering import Lettering
from .sheets import HEADING, LABEL, SMALL, Sheet, labelled, sheet, words

PDF = "application/pdf"


@dataclass
class Section:
    """An item's own page, or one of its papers: `sheet` is our own page of it, `file` what follows it.

    `files` come as pages where they are PDFs or images; any other is attached.
    """

    key: str
    item: AgendaItem
    title: str
    is_private: bool
    lettering: Lettering
    paper: Paper | None = None
    sheet: Sheet | None = None
    slot: Slot | None = None
    file: StoredFile | None = field(default=None)

    @property
    def is_picture(self) -> bool:
        return bool(self.file and self.file.media_type.startswith("image/"))

    @property
    def is_attached(self) -> bool:
        return bool(self.file and self.file.media_type != PDF and not self.is_picture)

    @property
    def pages(self) -> int:
        own = self.sheet.pages if self.sheet else 0
        if self.file and self.file.media_type == PDF:
            return own + (self.file.pages or 0)
        return own + self.is_picture


def standing_items(meeting: Meeting) -> list[AgendaItem]:
    """The items that stand, with the papers in force as `current`, those of before it stood over first."""
    papers = Paper.objects.filter(superseded_by__isnull=True, withdrawn_because="").select_related("file")
    items = list(
        meeting.items.filter(is_taken_off=False)
        .select_related("action_between__taken_by", "stands_over__meeting__body", "standing")
        .order_by("position")
    )
    chains = with_earlier(items, papers.order_by("enclosure"))
    for item in items:
        item.current = [paper for one in chains[item.pk] for paper in one.held]  # type: ignore[attr-defined]
    return items


def taken_off(meeting: Meeting) -> list[AgendaItem]:
    """Items that were taken off after publishing: they have a number that is missed."""
    if not meeting.agenda_published_at:
        return []
    return list(meeting.items.filter(is_taken_off=True).exclude(number="").order_by("position"))


def sections_of(meeting: Meeting) -> list[Section]:
    """Everything that the private pack of who may read all of it holds."""
    items = standing_items(meeting)
    slots = slots_of(meeting, items)
    has_actions = any(item.kind == AgendaItem.Kind.ACTIONS for item in items)
    actions = open_actions(meeting.body, meeting.commissioner, meeting.held_on) if has_actions else []
    every = [made for item in items for made in _of_item(item, slots[item.pk], actions)]
    return [one for one in every if not one.is_private] + [one for one in every if one.is_private]


def _of_item(item: AgendaItem, slot: Slot, actions: list[Action]) -> Iterator[Section]:
    lettering = Lettering()
    own = sheet(_item_page(item, slot, actions, lettering))
    title = f"{item.reference}. {item.title}"
    yield Section(f"i{item.pk}", item, title, item.is_private, lettering, sheet=own, slot=slot)
    for paper in item.current:  # type: ignore[attr-defined]
        yield _of_paper(item, paper)


def _of_paper(item: AgendaItem, paper: Paper) -> Section:
    lettering = Lettering()
    made = Section(
        f"p{paper.item_id}.{paper.enclosure}",
        item,
        paper.title,
        item.is_private or paper.is_private,
        lettering,
        paper=paper,
        file=paper.file,
    )
    if paper.cover or made.is_attached:
        made.sheet = sheet(_paper_page(item, made, paper, lettering))
    return made


def _paper_page(item: AgendaItem, section: Section, paper: Paper, lettering: Lettering) -> list[Paragraph]:
    story = [
        Paragraph(lettering.shown(f"Item {item.reference}, {called(paper, item).lower()}"), LABEL),
        Paragraph(lettering.shown(paper.title), HEADING),
    ]
    if paper.author:
        story += words(f"Author: {paper.author}", lettering)
    story += words(paper.cover, lettering)
    if section.is_attached and paper.file:
        story += words(
            f"This paper is a Word document, whose pages can't be shown here. It is attached to this file "
            f"as “{attached_name(section)}”, and can be downloaded from the agenda's page in the portal.",
            lettering,
        )
    return story


def attached_name(section: Section) -> str:
    """A name of its own for each attached file."""
    item = section.item
    which = called(section.paper, item).lower() if section.paper else ""
    return f"Item {item.reference} ({item.position}) {which} {section.file}"


def _item_page(item: AgendaItem, slot: Slot, actions: list[Action], lettering: Lettering) -> list[Paragraph]:
    story = [Paragraph(lettering.shown(f"{item.reference}. {item.title}"), HEADING)]
    facts = [item.get_purpose_display(), when(slot), item.presenter]
    if item.is_private:
        facts.append("Private part")
    story += words(" · ".join(fact for fact in facts if fact), lettering, SMALL)
    story += labelled("What is asked", item.asked, lettering)
    story += labelled("What happens if the answer is no", item.if_not, lettering)
    if over := item.stands_over:
        story += labelled("Stood over", f"From {over.meeting}. {over.stood_over_because}".strip(), lettering)
    if between := getattr(item, "action_between", None):
        taken = f"{between} {f'by {between.taken_by}' if between.taken_by else ''}".strip()
        story += labelled("What was done", between.text, lettering)
        story += labelled("Why it could not wait", between.why, lettering)
        story += labelled("Who was consulted", between.consulted, lettering)
        story += words(f"{taken}.", lettering, SMALL)
    if item.kind == AgendaItem.Kind.ACTIONS:
        for action in actions:
            # What was given out in private is read in the register, by who may.
            if not action.is_private:
                story += words(_action(action), lettering)
    papers = [
        f"{called(paper, item)}: {paper.title}"
        for paper in item.current  # type: ignore[attr-defined]
        if item.is_private or not paper.is_private
    ]
    story += labelled("Papers", "\n".join(papers), lettering)
    return story


def when(slot: Slot | None) -> str:
    if slot is None or slot.starts_at is None:
        return ""
    return f"{slot.starts_at:%H:%M}" + (f" to {slot.ends_at:%H:%M}" if slot.ends_at else "")


def _action(action: Action) -> str:
    owners = ", ".join(str(owner) for owner in action.owners.all())
    due = f"due {action.due_words}" if action.due_words else ""  # type: ignore[attr-defined]
    told = "; ".join(part for part in (owners, due) if part)
    return f"• {action.text}" + (f" ({told})" if told else "")
