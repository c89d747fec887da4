"""One registration's page: its parts, its steps, and how somebody sees it."""

import re

from tests.reading import signed_in
from tests.registry.pages.reading import main


def page(client, case):
    return client.get(f"/registrations/{case.pk}/")


def part(response, name):
    """The text of one part of the page."""
    section = main(response).partition(f'aria-labelledby="{name}"')[2].partition('class="portal-part')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", section.partition(">")[2]).split())


def steps_shown(response):
    return re.findall(r'portal-steps__step--(\w+)".*?text">(\w+)', main(response), re.DOTALL)


def seen_by(harrow, who, case):
    return page(signed_in(harrow.user(who)), case)
