"""What is in a pack, in order: the public part, then the private part, each with its items and papers.

The private part comes last, so that a page is called the same in both packs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, Prefetch
from reportlab.platypus import Paragraph

from governance.agenda import Slot, slots_of
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
    """The items that stand, with the papers in force as `current`. A constant number of queries."""
    papers = Paper.objects.filter(superseded_by__isnull=True, withdrawn_because="").select_related("file")
    return list(
        meeting.items.filter(is_taken_off=False)
        .select_related("action_between__taken_by", "stands_over__meeting__body", "standing")
        .prefetch_related(Prefetch("papers", papers.order_by("enclosure"), to_attr="current"))
        .order_by("position")
    )


def sections_of(meeting: Meeting) -> list[Section]:
    """Everything that the private pack of who may read all of it holds."""
    items = standing_items(meeting)
    slots = slots_of(meeting, items)
    actions = _open_actions(meeting) if any(i.kind == AgendaItem.Kind.ACTIONS for i in items) else []
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
        f"p{item.pk}.{paper.enclosure}",
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
        Paragraph(lettering.shown(f"Item {item.reference}, paper {paper.enclosure}"), LABEL),
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
    item, paper = section.item, section.paper
    number = paper.enclosure if paper else 0
    return f"Item {item.reference} ({item.position}) paper {number} {section.file}"


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
            # What was given out in private is not read in public.
            if item.is_private or not (action.item and action.item.is_private):
                story += words(_action(action), lettering)
    papers = [
        f"{paper.enclosure}. {paper.title}"
        for paper in item.current  # type: ignore[attr-defined]
        if item.is_private or not paper.is_private
    ]
    story += labelled("Papers", "\n".join(papers), lettering)
    return story


def when(slot: Slot | None) -> str:
    if slot is None or slot.starts_at is None:
        return ""
    return f"{slot.starts_at:%H:%M}" + (f" to {slot.ends_at:%H:%M}" if slot.ends_at else "")


def _open_actions(meeting: Meeting) -> list[Action]:
    rows = Action.objects.filter(
        body_id=meeting.body_id, commissioner_id=meeting.commissioner_id, status=Action.Status.OPEN
    )
    return list(
        rows.select_related("item", "due_meeting__body", "due_body")
        .prefetch_related("owners__person", "owners__organisation")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def _action(action: Action) -> str:
    owners = ", ".join(str(owner) for owner in action.owners.all())
    due = ""
    if action.due_on:
        due = f"due {action.due_on:%-d %B %Y}"
    elif action.due_meeting:
        due = f"due at {action.due_meeting}"
    elif action.due_month:
        at = f" at {action.due_body}" if action.due_body else ""
        due = f"due in {action.due_month:%B %Y}{at}"
    told = "; ".join(part for part in (owners, due) if part)
    return f"• {action.text}" + (f" ({told})" if told else "")
