"""Build a fresh demo: the story up to the morning of a day."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from pcnportal import clock, story
from pcnportal.findings_list import refresh_all
from pcnportal.models import PlayedDay

DEFAULT_DAY = "2019-05-20"


class Command(BaseCommand):
    help = "Builds a fresh demo database that plays the morning of a day (default: 20 May 2019)."
    # The old database may need the migrations that the new one gets.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", default=DEFAULT_DAY, metavar="DATE", help="the day it plays, as 2019-05-20"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo is built only with PORTAL_DEMO=1, so that no real database is touched."
            )
        try:
            day = date.fromisoformat(options["at"])
        except ValueError:
            raise CommandError(f"“{options['at']}” is no date: write it as 2019-05-20.") from None
        if connection.vendor == "sqlite":
            self._build_beside(day)
        else:
            self._build_here(day)
        self.stdout.write(f"The demo plays {day:%A %-d %B %Y}.")

    def _build_beside(self, day: date) -> None:
        """A new file takes the old demo's place once it is whole."""
        final = Path(connection.settings_dict["NAME"])
        if final.exists() and not self._is_a_demo():
            raise CommandError(f"{final.name} is not a demo database; it stays as it is.")
        connection.close()
        building = final.with_suffix(".building")
        for leftover in final.parent.glob(f"{building.name}*"):
            leftover.unlink()
        connection.settings_dict["NAME"] = str(building)
        try:
            self._build_here(day)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(final)
        for journal in (f"{final}-wal", f"{final}-shm"):
            Path(journal).unlink(missing_ok=True)
        building.replace(final)

    def _build_here(self, day: date) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if PlayedDay.objects.exists() or story.has_data():
            raise CommandError("This database holds data already: the demo wants an empty one.")
        with transaction.atomic():
            PlayedDay.objects.create(pk=1, day=day)
            clock.forget()
            story.load()
            story.replay(story.open_accounts(), day)
            refresh_all()

    def _is_a_demo(self) -> bool:
        tables = connection.introspection.table_names()
        return not tables or (PlayedDay._meta.db_table in tables and PlayedDay.objects.exists())
