"""A file that was cut at the end of a line looks whole: beside a whole register it leaves too much out."""

import pytest

from registry.imports import scope
from tests.claims import refused
from tests.registry.imports.files import epcn, extract, rows
from tests.registry.imports.importing import december, epraccur, imported, ods

pytestmark = pytest.mark.django_db
LEAVES_OUT = r"It is a part of a file, or another one: nothing was written."


@pytest.fixture(autouse=True)
def whole(monkeypatch):
    """The extracts stand for the whole of England."""
    monkeypatch.setattr(scope, "A_WHOLE_REGISTER", 20)


def first(name: str, lines: int) -> bytes:
    return b"".join(extract(name).splitlines(keepends=True)[:lines])


def test_practices_that_are_open_stand_in_a_whole_epraccur():
    ods()
    with refused(LEAVES_OUT, "file"):
        imported("ods", epraccur(only=20), "epraccur_2019-11.csv")


def test_practices_in_a_pcn_stand_in_a_whole_epcn():
    december()
    kept = rows("epcn_2022_members.csv")[:20]
    with refused(LEAVES_OUT, "file"):
        imported("epcn", epcn("2022", members=kept), "ePCN_2022-02-25.xlsx")


def test_practices_with_a_list_stand_in_a_whole_quarter():
    ods()
    with refused(LEAVES_OUT, "file"):
        imported("list_sizes", first("gp-reg-pat-prac-all_2021-01.csv", 20), "2021-01.csv")
    imported("list_sizes", extract("gp-reg-pat-prac-all_2021-01.csv"), "2021-01.csv")
    with refused(LEAVES_OUT, "file"):
        imported("list_sizes", first("gp-reg-pat-prac-all_2021-06.csv", 20), "2021-06.csv")


def test_a_few_corrected_lists_are_no_part_of_anything():
    ods()
    one = b"ods_code,as_at,kind,patients,source\nE84039,2021-01-01,registered,9000,A letter\n"
    run, _ = imported("list_sizes", one, "sizes.csv")
    assert run is not None


def test_a_small_register_takes_an_extract(monkeypatch):
    monkeypatch.setattr(scope, "A_WHOLE_REGISTER", 1_000)
    ods()
    run, _ = imported("list_sizes", first("gp-reg-pat-prac-all_2021-01.csv", 20), "2021-01.csv")
    assert run is not None
