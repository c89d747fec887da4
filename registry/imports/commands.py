"""What the three commands share: their options, the progress bar, the report."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from pcnportal.pages.exports import raw
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.workflow.importing import Asked, examine, import_file

from .plan import KINDS, Line, Plan, nothing_to_write

SHOWN = 20


class ImportCommand(BaseCommand):
    """Reads a file, reports what it changes, and writes that in one transaction unless it is a dry run.

    Exit code 0: done, or nothing to do; 1: refused, with a sentence on stderr and nothing written.
    """

    kind = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report what would change, write nothing")
        parser.add_argument(
            "--commissioner",
            action="append",
            default=[],
            metavar="CODE",
            help="only this one; may be repeated",
        )
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of which the file speaks")
        parser.add_argument("--by", metavar="E-MAIL", help="the account of the administrator who imports it")
        parser.add_argument("--report", metavar="FILE.csv", help="write every line of the report there")
        parser.add_argument(
            "--accept-matches",
            action="store_true",
            help="give PCNs without a code that of their row in the file, where every reason agrees",
        )
        parser.add_argument(
            "--accept-jumps",
            action="store_true",
            help="take typed list sizes though most differ by half from what is held, or one is ten times it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept_jumps"] and not (options["by"] or options["dry_run"]):
            raise CommandError("Say who accepts such figures: --by E-MAIL.", returncode=1)
        try:
            with Path(options["file"]).open("rb") as content, Bar(options["verbosity"] > 0) as progress:
                asked = Asked(
                    self.kind,
                    content,
                    Path(options["file"]).name,
                    tuple(options["commissioner"]),
                    _day(options["date"]),
                    options["accept_matches"],
                    options["accept_jumps"],
                )
                if options["dry_run"]:
                    plan = examine(asked, progress=progress)[1]
                    self.report(plan, options["report"])
                else:
                    plan = import_file(
                        asked,
                        by=_user(options["by"]),
                        progress=progress,
                        tell=lambda plan: self.report(plan, options["report"]),
                    )[1]
        except OSError as error:
            raise CommandError(f"The file can’t be read: {error.strerror}.", returncode=1) from error
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=1) from refusal
        self.conclude(plan, options["dry_run"])

    def report(self, plan: Plan, path: str | None) -> None:
        """Before anything is written."""
        for line in summary(plan):
            self.stdout.write(line)
        try:
            if path:
                write_report(Path(path), plan.lines)
        except OSError as error:
            raise CommandError(f"The report can’t be written: {error.strerror}.", returncode=1) from error

    def conclude(self, plan: Plan, is_dry: bool) -> None:
        if plan.is_empty:
            self.stdout.write(nothing_to_write(plan.counts))
        elif is_dry:
            self.stdout.write("A dry run: nothing was written.")
        else:
            self.stdout.write(f"Written, as of {plan.stated_on:%-d %B %Y}.")


class Bar:
    """A progress bar on a terminal, silent elsewhere. Called with what is done and the whole."""

    def __init__(self, is_wanted: bool) -> None:
        self.bar = tqdm(disable=not (is_wanted and sys.stderr.isatty()), unit="rows", leave=False)

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, whole: int) -> None:
        self.bar.total = whole
        self.bar.update(done - self.bar.n)

    def __exit__(self, *_raised: object) -> None:
        self.bar.close()


def _user(email: str | None) -> User | None:
    found = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if email and not found:
        raise Refused(f"Nobody has the account {email}.")
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"“{text}” is no date: write it as 2019-12-04.", returncode=1) from None


def summary(plan: Plan) -> list[str]:
    """The counts, then the first lines of each kind."""
    by_kind: dict[str, list[Line]] = defaultdict(list)
    for line in plan.lines:
        by_kind[line.kind].append(line)
    said = [f"{KINDS[kind]}: {len(by_kind[kind]):,}" for kind in KINDS if by_kind[kind]]
    said.append(f"Unchanged: {plan.unchanged:,}")
    for kind in KINDS:
        lines = by_kind[kind]
        said += ["", KINDS[kind]] if lines else []
        said += [f"  {in_words(line)}" for line in lines[:SHOWN]]
        if len(lines) > SHOWN:
            said.append(f"  and {len(lines) - SHOWN:,} more")
    return [*said, ""]


def in_words(line: Line) -> str:
    """One line of the report as a line of text."""
    change = f"{line.old} → {line.new}" if line.old and line.new else line.new or line.old
    parts = [line.code, line.name, f"{line.column}: {change}" if change else line.column, line.reason]
    where = f" (line {line.line})" if line.line else ""
    return " · ".join(part for part in parts if part) + where


def write_report(path: Path, lines: list[Line]) -> None:
    """Every line of the report as CSV; a text like a formula stands behind an apostrophe."""
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(Line._fields)
        writer.writerows([raw(cell) for cell in line] for line in lines)
