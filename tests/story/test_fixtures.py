"""Reference data: loaded twice it stays as it is; a corrected figure stands in place of the wrong one."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection

from pcnportal import story
from pcnportal.people.models import Organisation
from registry.models import ListSize, Practice, list_size
from tests.claims import everything
from tests.demo import load

CIVIC = "E84617"
CORRECTION = [
    {
        "model": "history.source",
        "fields": {"slug": "corrected", "kind": "file", "title": "NHS Payments 2018/19, corrected"},
    },
    {
        "model": "registry.listsize",
        "fields": {
            "organisation": [CIVIC],
            "kind": "registered",
            "as_at": "2019-03-31",
            "averaged_from": "2018-04-01",
            "patients": "4320",
            "source": ["corrected"],
            "supersedes": [CIVIC, "registered", "2019-03-31", "nhs-payments-2018-19"],
        },
    },
]


@pytest.fixture
def loaded(db: Any) -> None:
    load()


def sizes_of_civic():
    return ListSize.objects.filter(organisation__code=CIVIC, kind="registered")


def test_loading_again_changes_nothing(loaded):
    before = everything()
    story.load()
    assert everything() == before
    assert len(before["registry.Practice"]) == 33 + 43


def test_a_corrected_list_size_supersedes_the_wrong_one_which_stays_readable(loaded, tmp_path):
    file = tmp_path / "correction.json"
    file.write_text(json.dumps(CORRECTION))
    for _ in range(2):
        call_command("loaddata", str(file), verbosity=0)
        assert sizes_of_civic().count() == 2
    standing = sizes_of_civic().standing().get()
    assert (standing.patients, standing.supersedes.patients) == (Decimal(4320), Decimal(4319))
    shown = Practice.objects.annotate(size=list_size("pk", date(2019, 5, 20))).get(organisation__code=CIVIC)
    assert shown.size == Decimal(4320)


def test_a_figure_is_corrected_by_one_successor_only(loaded, tmp_path):
    rival = json.loads(json.dumps(CORRECTION).replace("corrected", "again"))
    for number, rows in enumerate((CORRECTION, rival)):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(rows))
    call_command("loaddata", str(tmp_path / "0.json"), verbosity=0)
    with pytest.raises(IntegrityError, match="supersedes"):
        call_command("loaddata", str(tmp_path / "1.json"), verbosity=0)


def test_every_figure_and_every_practice_names_its_source(loaded):
    assert not Organisation.objects.filter(source=None).exists()
    averages = ListSize.objects.filter(source__slug="nhs-payments-2018-19")
    assert averages.count() == 2 * (33 + 43)
    assert set(averages.values_list("averaged_from", "as_at")) == {(date(2018, 4, 1), date(2019, 3, 31))}
    stated = ListSize.objects.filter(source__slug="harrow-board-report-2019-06")
    assert set(stated.values_list("as_at", "averaged_from")) == {(date(2019, 1, 1), None)}
    assert sum(size.patients for size in stated) == 269_801


def test_the_list_of_a_day_is_the_newest_on_or_before_it(loaded):
    civic = Organisation.objects.get(code=CIVIC)
    for day, patients in ((date(2019, 4, 30), 4400), (date(2019, 5, 31), 4500)):
        source = sizes_of_civic().standing().first().source
        ListSize.objects.create(
            organisation=civic, kind="registered", as_at=day, patients=patients, source=source
        )

    def size(day):
        return Practice.objects.annotate(size=list_size("pk", day)).get(organisation=civic).size

    days = [date(2019, 3, 30), date(2019, 3, 31), date(2019, 4, 30), date(2019, 5, 30), date(2019, 5, 31)]
    assert [size(day) for day in days] == [None, 4319, 4400, 4400, 4500]


def test_a_demo_is_built_only_where_it_is_asked_for(db, settings):
    with pytest.raises(CommandError, match="only with PORTAL_DEMO=1"):
        call_command("demo")


@pytest.mark.parametrize("day", ["20 May 2019", "2019-02-30", ""])
def test_a_day_that_is_none_builds_no_demo(db, settings, day):
    settings.DEMO = True
    with pytest.raises(CommandError, match="is no date: write it as 2019-05-20"):
        call_command("demo", at=day)


def test_a_database_that_is_no_demo_stays_as_it_is(loaded, settings):
    settings.DEMO = True
    before = everything()
    stays = "it stays as it is" if connection.vendor == "sqlite" else "holds data already"
    with pytest.raises(CommandError, match=stays):
        call_command("demo")
    assert everything() == before
