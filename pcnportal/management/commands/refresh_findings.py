"""Ask every rule again, and bring the findings up to its doubts."""

from typing import Any

from django.core.management.base import BaseCommand

from pcnportal.findings_list import refresh_all
from pcnportal.pages.jinja import plural


class Command(BaseCommand):
    help = "Asks every rule again: new doubts become findings, those that are gone are marked as corrected."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = refresh_all()
        self.stdout.write(
            f"{plural(found.doubted, 'finding')}: {found.new} new, {found.reopened} open again, "
            f"{found.corrected} corrected."
        )
