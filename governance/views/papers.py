"""Papers: add, replace, withdraw, read one; and the pack of them all."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from governance.agenda import may_read_paper
from governance.forms.agenda import PaperForm, ReplaceForm
from governance.models import Meeting, Paper
from governance.pack import TooLarge, pack_of
from governance.views.agenda import AgendaPage, OfAgenda
from governance.views.items import OfItem
from governance.workflow.papers import add_paper, replace_paper, withdraw_paper
from pcnportal.pages.downloads import CONTENT_SECURITY_POLICY, attachment
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.pages import DetailPage


class WithFile:
    """A form with a file: where something is wrong, it is asked for again."""

    def show_form(self, form: Any, sets: Any, status: int = 200, **extra: Any) -> HttpResponse:
        form.ask_for_the_file_again()
        return super().show_form(form, sets, status, **extra)  # type: ignore[misc]


class AddPaper(WithFile, OfItem):
    form_class = PaperForm
    title = "Add a paper"
    button = "Add the paper"
    done = "The paper is added."

    def get_caption(self) -> str:
        return f"{self.meeting}, item {self.object.reference}"

    def save(self, form: Any) -> Any:
        typed = dict(form.cleaned_data)
        add_paper(self.object, by=self.request.user, upload=typed.pop("file"), **typed)


class OfPaper(OfAgenda):
    model = Paper
    scope = "item.meeting.commissioner_id"

    @property
    def meeting(self) -> Meeting:
        return self.object.item.meeting

    def queryset(self) -> Any:
        return papers()

    def fetch(self) -> Any:
        paper = super().fetch()
        if not may_read_paper(self.request.user, paper):
            raise Http404
        return paper

    def back(self) -> str:
        return f"{super().back()}#item-{self.object.item_id}"


def papers() -> Any:
    return Paper.objects.select_related("item__meeting__body", "item__meeting__commissioner", "file")


class ReplacePaper(WithFile, OfPaper):
    form_class = ReplaceForm
    title = "Replace the paper"
    button = "Replace the paper"
    done = "The paper is replaced. The earlier one stays readable."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("title", "author", "cover", "is_private")}

    def save(self, form: Any) -> Any:
        typed = dict(form.cleaned_data)
        replace_paper(self.object, by=self.request.user, upload=typed.pop("file"), **typed)


class WithdrawPaper(OfPaper):
    form_class = ReasonForm
    button = "Withdraw the paper"
    warning = True
    done = "The paper is withdrawn."
    intro = "It leaves the pack. Who prepares the meeting may still read it, nobody else."

    def get_title(self) -> str:
        return f"Withdraw “{self.object.title}”"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        withdraw_paper(self.object, by=self.request.user, seen=typed["seen"], reason=typed["reason"])


class PaperPage(DetailPage):
    """The file of a paper, to keep; where it has none, its words."""

    permission = "governance.view_meeting"
    scope = "item.meeting.commissioner_id"
    model = Paper
    template_name = "governance/agenda/paper.jinja"

    def queryset(self) -> Any:
        return papers()

    def fetch(self) -> Any:
        paper = super().fetch()
        if not may_read_paper(self.request.user, paper):
            raise Http404
        return paper

    def get_caption(self) -> str:
        item = self.object.item
        return f"{item.meeting}, item {item.reference}, paper {self.object.enclosure}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.object.item.meeting
        return [
            (str(meeting), meeting.get_absolute_url()),
            ("Agenda", reverse("governance:agenda", args=[meeting.pk])),
        ]

    def get(self, _request: HttpRequest, **kwargs: Any) -> Any:
        file = self.object.file
        return attachment(file.file, file.name, file.media_type) if file else super().get(_request, **kwargs)


class Pack(AgendaPage):
    """The public pack. Where its papers are too large together, a page that says so."""

    is_private = False
    template_name = "governance/agenda/too_large.jinja"

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        reader = self.request.user if self.is_private else None
        try:
            content = pack_of(self.object, reader=reader)
        except TooLarge as refusal:
            return self.show(422, sentence=refusal.sentence)
        return as_file(content, self.name())

    def name(self) -> str:
        meeting = self.object
        day = meeting.held_on.isoformat() if meeting.held_on else "undated"
        kind = "private-pack" if self.is_private else "pack"
        return f"{slugify(meeting.body.name)[:80]}-{day}-{kind}.pdf"

    def context(self) -> dict[str, Any]:
        return {"agenda": reverse("governance:agenda", args=[self.object.pk])}


class PrivatePack(Pack):
    permission = "governance.read_private_paper"
    see = "governance.view_meeting"
    is_private = True


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["Cache-Control"] = "private, no-store"
    return response
