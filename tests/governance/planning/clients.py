"""A calendar client: it reads an address and parses what comes."""

from datetime import date
from urllib.parse import urlsplit

from django.test import Client
from icalendar import Calendar

from tests.reading import signed_in
from tests.registry.pages.reading import main

DAY = date(2019, 6, 3)
MINE = "/governance/calendar/"
SECRET_TITLE = "Dismissal of a provider"


def read(response):
    """The events of a calendar, parsed strictly, in their order."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    return Calendar.from_ical(response.content)


def events(response):
    return read(response).walk("VEVENT")


def make_one(user):
    """A new private address, as its page shows it once."""
    said = main(signed_in(user).post(MINE, {"do": "make"}))
    return urlsplit(said.partition("<code")[2].partition(">")[2].partition("<")[0]).path


def feed(address):
    return Client().get(address)
