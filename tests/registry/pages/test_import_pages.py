"""The pages of the imports: upload, what a file would change, apply, discard, undo."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from pcnportal.findings.models import Finding
from pcnportal.people.models import Organisation
from registry.models import ImportRun, Membership, Practice
from tests import factories as make
from tests.reading import buttons, rows, signed_in
from tests.registry.imports.importing import book, december, epraccur, ods, proposed, tables
from tests.registry.pages.reading import errors, main, words

LIST, UPLOAD = "/imports/", "/imports/new/"
BOOK = "ePCN_2019-12-04.xlsx"


@pytest.fixture(autouse=True)
def new_year(settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(date(2019, 12, 31)):
        yield


@pytest.fixture
def admin(harrow):
    return signed_in(harrow.user("admin"))


def typed(content: bytes | None = None, name: str = BOOK, **other: str) -> dict[str, Any]:
    file = SimpleUploadedFile(name, book("2019") if content is None else content)
    return {"kind": "epcn", "file": file} | other


def uploaded(client: Any, **other: Any) -> ImportRun:
    assert client.post(UPLOAD, typed(**other)).status_code == 302
    return ImportRun.objects.latest("pk")


def test_a_file_is_read_and_its_page_says_what_it_would_change(admin):
    before = tables()
    response = admin.post(UPLOAD, typed(), follow=True)
    page = words(response)
    run = ImportRun.objects.get()
    assert response.redirect_chain == [(run.get_absolute_url(), 302)]
    assert tables() == before
    for told in (BOOK, "Proposed", "Nothing is written yet", "4 December 2019", run.sha256, "75 Joined"):
        assert told in page
    assert run.by.email == "admin@harrow.example"


def test_applied_it_is_written_and_its_page_says_by_whom(admin, harrow):
    run = uploaded(admin)
    response = admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version}, follow=True)
    assert f"{BOOK} is written to the register." in words(response)
    assert "Written to the register on 31 December 2019, 9:00am by" in words(response)
    assert Membership.objects.on(date(2019, 12, 31)).count() == 75
    run.refresh_from_db()
    assert (run.state, run.file.name) == ("Applied", "")


def test_discarded_it_changes_nothing(admin, tmp_path, django_capture_on_commit_callbacks):
    run = uploaded(admin)
    before = tables()
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(f"{LIST}{run.pk}/discard/", {"seen": run.version}, follow=True)
    assert "The register is as it was." in words(response)
    assert tables() == before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_undone_the_register_is_as_before_and_the_reason_is_kept(admin):
    before = tables()
    run = uploaded(admin)
    admin.post(f"{LIST}{run.pk}/apply/", {"seen": 0})
    response = admin.post(f"{LIST}{run.pk}/undo/", {"seen": 1, "reason": "The wrong file."}, follow=True)
    assert tables() == before
    for told in ("Undone", "is undone. The register is as it was before it.", "The wrong file."):
        assert told in words(response)


def test_an_undo_that_is_refused_keeps_the_reason(admin, harrow):
    run, _plan = december()
    assert run is not None
    make.CaseFactory.create(pcn=Organisation.objects.get(code="U51050").pcn, round=harrow.round)
    response = admin.post(f"{LIST}{run.pk}/undo/", {"seen": run.version, "reason": "The wrong file."})
    assert "Something was built on this import" in words(response)
    assert "The wrong file." in main(response)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"kind": ""}, "Choose an answer: What is it?"),
        ({"commissioners": "08E; <x>"}, "“<X>” is no ODS code"),
        ({"stated_on_day": "31", "stated_on_month": "2", "stated_on_year": "2019"}, "Enter a real date"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_the_file_asked_for_again(admin, other, sentence):
    response = admin.post(UPLOAD, typed(**other))
    assert any(sentence in error for error in errors(response).values())
    assert (
        "Choose the file again: a browser does not keep it when a form is sent." in errors(response).values()
    )
    assert not ImportRun.objects.exists()


def test_a_form_without_a_file_keeps_what_was_typed(admin):
    response = admin.post(UPLOAD, {"kind": "ods", "commissioners": "08E", "stated_on_day": "4"})
    assert "Choose a file" in errors(response).values()
    assert 'value="ods" checked' in main(response)
    assert 'value="08E"' in main(response)


def test_a_file_that_is_refused_says_why_and_is_not_kept(admin, tmp_path):
    response = admin.post(UPLOAD, typed(b"PK\3\4 cut", commissioners="08E"))
    assert len(errors(response)) == 1
    assert 'value="08E"' in main(response)
    assert not ImportRun.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_date_is_asked_for_where_nothing_gives_it(admin):
    response = admin.post(UPLOAD, typed(name="ePCN.xlsx"))
    assert errors(response)["#id_stated_on_day"].startswith("Give the date of the file")
    dated = {"stated_on_day": "4", "stated_on_month": "12", "stated_on_year": "2019"}
    assert uploaded(admin, name="ePCN.xlsx", **dated).stated_on == date(2019, 12, 4)


def test_a_report_that_is_no_longer_true_is_made_anew_before_anything_is_written(admin):
    run = uploaded(admin)
    december(codes=("08E",))
    before = tables()
    response = admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version})
    assert "The register changed since this report was made." in words(response)
    assert tables() == before
    run.refresh_from_db()
    assert run.counts["joined"] == 42
    admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version})
    run.refresh_from_db()
    assert run.state == "Applied"


def test_a_file_that_changes_nothing_says_so(admin):
    december()
    run = uploaded(admin)
    page = admin.get(run.get_absolute_url())
    said = "Nothing changes: the register holds everything that this file says."
    assert f"{said} There is nothing to apply." in words(page)
    assert "Apply to the register" not in words(page)
    assert said in words(admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version}))
    ImportRun.objects.filter(pk=run.pk).update(counts={"rejected": 3})
    told = words(admin.get(run.get_absolute_url()))
    assert "Nothing was changed: 3 rows were rejected. There is nothing to apply." in told


def test_the_report_shows_one_kind_of_line_at_a_time_and_all_as_a_file(admin):
    run = uploaded(admin)
    joined = words(admin.get(f"{run.get_absolute_url()}?lines=joined"))
    assert "Joined: 75 lines, 1 to 50 shown" in joined
    second = words(admin.get(f"{run.get_absolute_url()}?lines=joined&page=2"))
    assert "51 to 75 shown" in second
    lines = rows(admin.get(f"{run.get_absolute_url()}?_export=csv"))
    assert sum(line["kind"] == "joined" for line in lines) == 75
    assert {"kind", "code", "name", "column", "old", "new", "line", "reason"} == set(lines[0])


def test_an_import_whose_file_is_lost_or_that_was_applied_is_not_applied(admin, tmp_path):
    run = uploaded(admin)
    for path in [path for path in tmp_path.rglob("*") if path.is_file()]:
        path.unlink()
    lost = admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version})
    assert "The file is no longer kept here." in words(lost)
    other = uploaded(admin)
    admin.post(f"{LIST}{other.pk}/apply/", {"seen": 0})
    assert admin.post(f"{LIST}{other.pk}/apply/", {"seen": 0}).status_code == 409


@pytest.mark.parametrize("lines", ["nonsense", "rejected"])
def test_a_kind_of_line_or_a_page_that_there_is_not_is_said(admin, lines):
    page = uploaded(admin).get_absolute_url()
    assert "New: 84 lines" in words(admin.get(f"{page}?lines="))
    assert f"There are no lines of the kind “{lines}”" in words(admin.get(f"{page}?lines={lines}"))
    assert "There is no page “9”: the list has 2 pages." in words(admin.get(f"{page}?page=9"))


def test_who_may_only_read_sees_no_button(admin, harrow, officer):
    run = uploaded(admin)
    page = officer.get(run.get_absolute_url())
    assert "Apply" not in main(page).replace("apply it", "")
    assert "Import a file" not in buttons(officer.get(LIST))
    assert officer.get(UPLOAD).status_code == 403


def test_the_list_is_filtered_and_exported(admin, harrow):
    ods()
    run = uploaded(admin)
    found = rows(admin.get(f"{LIST}?_export=csv"))
    assert [(row["file"], row["status"], row["by"]) for row in found] == [
        (BOOK, "Proposed", harrow.user("admin").name),
        ("epraccur_2019-10.csv", "Applied", ""),
    ]
    for query in ("state=proposed", "kind=epcn", "file=epcn"):
        assert [row["id"] for row in rows(admin.get(f"{LIST}?_export=csv&{query}"))] == [str(run.pk)]
    assert "Choose one of the answers" in words(admin.get(f"{LIST}?state=lost"))


def test_the_pages_take_as_many_queries_for_few_imports_and_lines_as_for_many(admin, harrow):
    small = proposed("ods", epraccur(only=5), "epraccur_2019-10.csv", by=harrow.user("admin"))
    admin.get(LIST)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(path).status_code == 200
        return len(captured)

    one = asked(LIST)
    for _ in range(20):
        large = proposed("ods", epraccur(), "epraccur_2019-10.csv", by=harrow.user("admin"))
    assert asked(LIST) == one <= 8
    assert asked(large.get_absolute_url()) == asked(small.get_absolute_url()) <= 10
    assert not Practice.objects.exists()


def test_what_is_doubted_is_worked_out_once_an_import_is_applied(admin):
    run = uploaded(admin)
    assert not Finding.objects.exists()
    admin.post(f"{LIST}{run.pk}/apply/", {"seen": run.version})
    assert Finding.objects.filter(gone_on=None).exists()
    admin.post(f"{LIST}{run.pk}/undo/", {"seen": 1, "reason": "The wrong file."})
    assert not Finding.objects.filter(gone_on=None).exists()
