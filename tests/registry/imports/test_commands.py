"""The three commands: options, report, exit codes."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.models import ImportRun, Practice
from tests.claims import everything
from tests.registry.imports.files import epcn
from tests.registry.imports.importing import epraccur, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "epraccur_2019-10.csv"
    file.write_bytes(epraccur())
    return file


def said(command: str, path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, str(path), stdout=out, **options)
    return out.getvalue()


def test_a_run_says_what_it_wrote(path):
    text = said("import_ods", path)
    assert "New: 8" in text
    assert "E84058 · GP DIRECT · Practice (line" in text
    assert "and 6" in text
    assert "more" in text
    assert text.endswith("Written, as of 31 October 2019.\n")
    run = ImportRun.objects.get()
    assert (run.file_name, run.by, run.state, len(run.sha256)) == (path.name, None, "Applied", 64)


def test_a_dry_run_says_the_same_and_leaves_no_trace(path):
    before = everything()
    text = said("import_ods", path, dry_run=True)
    assert everything() == before
    assert text.endswith("A dry run: nothing was written.\n")
    assert said("import_ods", path).startswith(text.partition("A dry run")[0])


def test_a_second_run_says_that_nothing_changes(path):
    said("import_ods", path)
    text = said("import_ods", path)
    assert "Unchanged: 85" in text
    assert text.endswith("Nothing changes: the register holds everything that this file says.\n")


def test_a_file_whose_rows_are_rejected_is_not_said_to_be_held(tmp_path):
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("ods_code,as_at,kind,patients,source\nE84058,2019-10-01,registered,4000,A letter\n")
    text = said("import_list_sizes", sizes, date="2019-10-01")
    assert "The register holds no such practice" in text
    assert text.endswith("Nothing was changed: 1 row was rejected.\n")


def test_the_date_and_the_commissioners_are_chosen(path):
    renamed = path.rename(path.with_name("epraccur.csv"))
    text = said("import_ods", renamed, date="2019-11-29", commissioner=["08F", "00K"])
    assert text.endswith("Written, as of 29 November 2019.\n")
    assert set(Practice.objects.values_list("commissioner__code", flat=True)) == {"08F", "00K"}
    assert ImportRun.objects.get().codes == ["08F", "00K"]


def test_the_whole_report_is_written_as_csv_that_no_spreadsheet_runs(path, tmp_path):
    path.write_bytes(epraccur({"E84058": {"name": "- GP DIRECT"}}))
    said("import_ods", path, report=str(tmp_path / "report.csv"))
    with (tmp_path / "report.csv").open(newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert len(lines) > 85
    assert {line["name"] for line in lines if line["code"] == "E84058"} <= {"'- GP DIRECT"}


@pytest.mark.parametrize(
    ("command", "name", "options", "sentence"),
    [
        ("import_ods", "lost.csv", {}, "The file can’t be read"),
        ("import_ods", "epraccur_2019-10.csv", {"date": "29.11.2019"}, "is no date"),
        ("import_ods", "epraccur_2019-10.csv", {"commissioner": ["99X"]}, "No row of this file"),
        ("import_epcn", "epraccur_2019-10.csv", {}, r"\.$"),
    ],
)
def test_what_is_refused_says_so_and_writes_nothing(path, command, name, options, sentence):
    before = everything()
    with pytest.raises(CommandError, match=sentence) as caught:
        said(command, path.with_name(name), **options)
    assert caught.value.returncode == 1
    assert everything() == before


def test_who_imports_it_may_be_named_and_has_to_be_an_administrator(harrow, path):
    for email, sentence in (("lost@harrow.example", "Nobody has"), ("officer@harrow.example", "Your role")):
        with pytest.raises(CommandError, match=sentence):
            said("import_ods", path, by=email)
    assert not ImportRun.objects.exists()
    said("import_ods", path, by="ADMIN@harrow.example")
    assert ImportRun.objects.get().by == harrow.user("admin")


def test_a_report_that_can_not_be_written_is_told_before_anything_is(path, tmp_path):
    with pytest.raises(CommandError, match="The report can’t be written"):
        said("import_ods", path, report=str(tmp_path / "lost" / "report.csv"))
    assert not ImportRun.objects.exists()


def test_matches_are_accepted_by_an_option(tmp_path):
    path = tmp_path / "ePCN_2019-12-04.xlsx"
    path.write_bytes(epcn("2019"))
    said("import_epcn", path, accept_matches=True)
    assert ImportRun.objects.get().accepts_matches
    assert len(rows("epcn_2019_pcns.csv")) == 9


def test_a_refusal_is_a_sentence_on_stderr_and_exit_code_1(tmp_path):
    """As a process of its own, which needs no database to find the file broken."""
    path = tmp_path / "ePCN_2019-12-04.xlsx"
    path.write_bytes(b"PK\3\4 cut")
    environment = {**os.environ, "PORTAL_TESTING": "1", "PORTAL_VAR": str(tmp_path), "DATABASE_URL": ""}
    program = [sys.executable, "manage.py", "import_epcn", str(path), "--dry-run"]
    done = subprocess.run(
        program,
        env=environment,
        cwd=settings.BASE_DIR,
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CommandError: ")
    assert "Traceback" not in done.stderr
