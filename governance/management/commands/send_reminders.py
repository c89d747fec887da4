"""Send the reminders of actions that are due. For cron, once a day."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.workflow.reminding import begun, reminders, send
from pcnportal import clock
from pcnportal.pages.jinja import plural, words

ASKED = ("EMAIL_HOST", "DEFAULT_FROM_EMAIL", "PORTAL_ADDRESS")


def check_settings() -> None:
    """Raises `CommandError` where mail is to go out and the settings don't say how."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        missing = [name for name in ASKED if not getattr(settings, name)]
        if missing:
            raise CommandError(f"Set {words(missing)} in the environment: nothing is sent.")


class Command(BaseCommand):
    help = "Sends each reminder of an action once: in the week before it is due, and on the day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say to whom, and send nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        if not dry_run:
            check_settings()
        unsure, sent, failed = begun(), 0, 0
        for due in reminders(clock.today()):
            said = f"{due.user.email}: action {due.action.pk}, due {due.due_on:%-d %B %Y}"
            if dry_run:
                self.stdout.write(said)
                sent += 1
                continue
            try:
                sent += send(due)
            except (SMTPException, OSError) as exc:
                failed += 1
                self.stderr.write(f"{said}: not sent, {exc}")
        for row in unsure:
            self.stderr.write(
                f"{row.user.email}: action {row.action_id}: a run was stopped while it was sent. "
                "It is not sent again."
            )
        self.stdout.write(f"{plural(sent, 'reminder')} {'would be sent' if dry_run else 'sent'}.")
        if failed:
            raise CommandError(f"{plural(failed, 'reminder')} not sent: run it again.")
