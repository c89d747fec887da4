"""Pages of an agenda, asked for and sent as a browser does."""

from governance.models import Paper
from tests.governance.agenda.making import seen


def agenda(client, meeting):
    return client.get(f"/governance/meetings/{meeting.pk}/agenda/")


def said(response):
    return " ".join(response.content.decode().split())


def item_page(meeting, title, verb):
    return f"/governance/items/{meeting.items.get(title=title).pk}/{verb}/"


def paper_page(title, verb=""):
    return f"/governance/papers/{Paper.objects.get(title=title).pk}/{verb}"


def send(client, meeting, address, follow=True, **data):
    return client.post(address, {"seen": seen(meeting), **data}, follow=follow)


ITEM = {"title": "Estates", "purpose": "note", "duration": "15", "starts_at": "", "ends_at": "", "number": ""}
