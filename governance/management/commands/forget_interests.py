"""Remove interests that have been kept for their six years. For cron, once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from governance.workflow.interests import forget_interests
from pcnportal import clock
from pcnportal.pages.jinja import plural


class Command(BaseCommand):
    help = "Removes entries of the register of interests six years after the interest ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many, and remove nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        count = forget_interests(clock.today(), dry_run=dry_run)
        said = plural(count, "entry", "entries")
        self.stdout.write(f"{said} would be removed." if dry_run else f"{said} removed.")
