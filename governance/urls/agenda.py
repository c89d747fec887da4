"""Agendas: their items, their papers, the pack, and the standing items of a body."""

from typing import Any

from django.urls import path, reverse

from governance.models import Meeting
from governance.views import agenda, items, papers, standing
from governance.workflow.agenda import publish_agenda, set_up_agenda
from pcnportal.pages.acts import act

MEETING, ITEM, PAPER = (f"governance/{name}/<int:pk>/" for name in ("meetings", "items", "papers"))
STANDING = "governance/standing-items/<int:pk>/"


def to_the_agenda(page: Any) -> str:
    return reverse("governance:agenda", args=[page.object.pk])


of_a_meeting: dict[str, Any] = {
    "see": "governance.view_meeting",
    "model": Meeting,
    "scope": "commissioner_id",
    "back": to_the_agenda,
}
urlpatterns = [
    path(f"{MEETING}agenda/", agenda.AgendaPage.as_view(), name="agenda"),
    path(
        f"{MEETING}agenda/set-up/",
        act(
            set_up_agenda,
            reason="optional",
            permission="governance.plan_meeting",
            title="Set up the agenda from the standing items",
            button="Set up the agenda",
            intro="What belongs on the agenda by itself is put there: actions between meetings to be "
            "ratified, the standing items, what stood over, the open actions. Items that are there stay.",
            done="The agenda is set up.",
            **of_a_meeting,
        ),
        name="set_up_agenda",
    ),
    path(f"{MEETING}agenda/add/", items.AddItem.as_view(), name="add_item"),
    path(f"{MEETING}agenda/order/", agenda.OrderAgenda.as_view(), name="order_agenda"),
    path(
        f"{MEETING}publish-agenda/",
        act(
            publish_agenda,
            permission="governance.publish_meeting",
            title="Publish the agenda",
            button="Publish the agenda",
            intro="From then on its items and the pages of its pack keep their numbers. What comes later "
            "is late, and every change needs a reason.",
            done="The agenda is published.",
            **of_a_meeting,
        ),
        name="publish_agenda",
    ),
    path(f"{MEETING}pack.pdf", papers.Pack.as_view(), name="pack"),
    path(f"{MEETING}private-pack.pdf", papers.PrivatePack.as_view(), name="private_pack"),
    path(f"{ITEM}change/", items.ChangeItem.as_view(), name="change_item"),
    path(f"{ITEM}take-off/", items.TakeOff.as_view(), name="take_off"),
    path(f"{ITEM}move/", items.MoveItem.as_view(), name="move_item"),
    path(f"{ITEM}papers/add/", papers.AddPaper.as_view(), name="add_paper"),
    path(PAPER, papers.PaperPage.as_view(), name="paper"),
    path(f"{PAPER}replace/", papers.ReplacePaper.as_view(), name="replace_paper"),
    path(f"{PAPER}withdraw/", papers.WithdrawPaper.as_view(), name="withdraw_paper"),
    path("governance/bodies/<slug:slug>/standing/", standing.StandingPage.as_view(), name="standing"),
    path("governance/bodies/<slug:slug>/standing/add/", standing.AddStanding.as_view(), name="add_standing"),
    path(f"{STANDING}change/", standing.ChangeStanding.as_view(), name="change_standing"),
    path(f"{STANDING}end/", standing.EndStanding.as_view(), name="end_standing"),
    path(f"{STANDING}move/", standing.MoveStanding.as_view(), name="move_standing"),
]
