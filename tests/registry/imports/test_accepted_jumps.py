"""A typed figure ten times what is held is left out, unless somebody accepts it: who and which is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from pcnportal import clock
from pcnportal.history.models import Event
from registry.models import ImportRun, ListSize
from registry.workflow.importing import undo
from tests.claims import refused
from tests.harrow import Harrow
from tests.reading import rows, signed_in
from tests.registry.imports.files import extract
from tests.registry.imports.importing import imported, ods, tables
from tests.registry.imports.test_doubting import HARROW, sized, sizes, template
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2021, 1, 1)
ODD = (4_100, 42_100, 3_900, 400)
__all__ = ["sized"]


@pytest.fixture(autouse=True)
def kept_files(settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(date(2021, 2, 1)):
        yield


def accepted(*figures: int, name: str = "sizes.csv"):
    return imported("list_sizes", template(*figures), name, stated_on=NEW_YEAR, accept_jumps=True)


def held() -> list[Decimal]:
    found = ListSize.objects.standing().filter(as_at=NEW_YEAR).order_by("pk")
    return list(found.values_list("patients", flat=True))


def test_accepted_figures_are_written_and_stand_by_themselves_in_the_report(sized):
    run, plan = accepted(*ODD)
    assert held() == [Decimal(n) for n in ODD]
    on = "what is held, 4,000.00 on 1 January 2020"
    assert [line[1:2] + line[5:8:2] for line in plan.lines if line.kind == "accepted"] == [
        (HARROW[1], "42100", f"It is ten times {on}, or more: accepted."),
        (HARROW[3], "400", f"It is a tenth of {on}, or less: accepted."),
    ]
    assert run is not None
    assert (run.accepts_jumps, run.counts["accepted"], run.counts["new"]) == (True, 2, 2)


def test_without_it_they_are_left_out_and_the_line_says_how_they_are_accepted(sized):
    run, plan = sizes(*ODD)
    assert held() == [Decimal(4_100), Decimal(3_900)]
    assert run is not None
    assert not run.accepts_jumps
    left_out = [line.reason for line in plan.lines if line.kind == "rejected"]
    assert all("read the file again and accept such figures" in why for why in left_out)
    assert accepted(*ODD)[1].counts == {"accepted": 2, "unchanged": 2}


def test_a_file_of_nothing_else_is_taken_too(sized):
    with refused("differ by half or more", "file"):
        sizes(40_000, 41_000, 39_000)
    accepted(40_000, 41_000, 39_000)
    assert held() == [Decimal(40_000), Decimal(41_000), Decimal(39_000)]


def test_one_whose_figures_all_differ_by_half_is_refused_with_the_way_out_and_taken_with_it(sized):
    figures = (8_000, 8_100, 7_900)
    way_out = "nothing was written. Where the figures are right, read the file again and accept such figures"
    with refused(way_out, "file"):
        sizes(*figures)
    run, plan = accepted(*figures, 4_100)
    assert held() == [*(Decimal(n) for n in figures), Decimal(4_100)]
    why = "It differs by more than 30% from what is held, 4,000.00 on 1 January 2020: accepted."
    assert [line.reason for line in plan.lines] == [why, why, why, ""]
    assert run is not None
    assert (run.accepts_jumps, run.counts["accepted"], run.counts["new"]) == (True, 3, 1)


def test_a_published_file_whose_figures_jump_is_refused_all_the_same():
    ods()
    imported("list_sizes", extract("gp-reg-pat-prac-all_2021-01.csv"), "gp-reg_2021-01.csv")
    head, *found = extract("gp-reg-pat-prac-all_2021-06.csv").decode().splitlines()
    jumped = "\n".join([head, *(f"{row.rsplit(',', 1)[0]},99" for row in found)]) + "\n"
    with refused("differ by more than 30%", "file"):
        imported("list_sizes", jumped.encode(), "gp-reg_2021-06.csv", accept_jumps=True)


def test_undone_they_are_gone(harrow: Harrow, sized):
    before = tables()
    run, _plan = accepted(*ODD)
    assert run is not None
    undo(run, by=harrow.user("admin"), seen=run.version, reason="They were slips after all.")
    assert tables() == before


def test_the_command_takes_them_where_it_is_told_to_and_by_whom(harrow: Harrow, sized, tmp_path, capsys):
    path = tmp_path / "sizes.csv"
    path.write_bytes(template(*ODD))
    call_command("import_list_sizes", str(path), "--date=2021-01-01", "--dry-run", "--accept-jumps")
    assert "Accepted though far off: 2" in capsys.readouterr().out
    assert held() == []
    with pytest.raises(CommandError, match="Say who accepts"):
        call_command("import_list_sizes", str(path), "--date=2021-01-01", "--accept-jumps")
    assert held() == []
    by = f"--by={harrow.user('admin').email}"
    call_command("import_list_sizes", str(path), "--date=2021-01-01", "--accept-jumps", by)
    run = ImportRun.objects.latest("pk")
    assert (len(held()), run.accepts_jumps, run.by) == (4, True, harrow.user("admin"))


def test_the_upload_page_asks_and_the_run_says_who_accepted_which(harrow: Harrow, sized):
    admin = signed_in(harrow.user("admin"))
    assert "ten times what is held" in words(admin.get("/imports/new/"))

    def sent(**other: str) -> dict[str, Any]:
        day = {"stated_on_day": "1", "stated_on_month": "1", "stated_on_year": "2021"}
        return {"kind": "list_sizes", "file": SimpleUploadedFile("sizes.csv", template(*ODD))} | day | other

    page = words(admin.post("/imports/new/", sent(), follow=True))
    assert "2 Rejected" in page
    assert "Figures far off" not in page
    page = words(admin.post("/imports/new/", sent(accept_jumps="on"), follow=True))
    run = ImportRun.objects.latest("pk")
    assert (held(), run.by) == ([], harrow.user("admin"))
    for told in ("2 Accepted though far off", "Figures far off what is held Accepted: 2 figures"):
        assert told in page
    file = rows(admin.get(f"/imports/{run.pk}/?lines=accepted&_export=csv"))
    assert [row["code"] for row in file if row["kind"] == "accepted"] == [HARROW[1], HARROW[3]]
    admin.post(f"/imports/{run.pk}/apply/", {"seen": run.version})
    assert len(held()) == 4
    event = Event.objects.filter(verb="imported").latest("pk")
    assert (event.by, event.changes["counts"]) == (harrow.user("admin"), "2 new, 2 accepted though far off")
