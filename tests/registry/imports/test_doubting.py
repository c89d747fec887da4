"""Files that read well and are not what they seem: a column replaced, a sheet cut off, figures far off."""

import io
from datetime import date

import pytest

from pcnportal.people.models import Organisation, Succession
from registry.imports.reading import read
from registry.models import ListSize, Practice
from registry.workflow import importing as verbs
from tests.claims import refused
from tests.registry.imports.files import epcn, rows
from tests.registry.imports.importing import (
    asked,
    december,
    epraccur,
    february,
    imported,
    members_on,
    ods,
    tables,
)

pytestmark = pytest.mark.django_db
OF_2020 = "epraccur_2020-03.csv"
HEAD = "ods_code,as_at,kind,patients,source\n"
HARROW = ("E84004", "E84005", "E84008", "E84009", "E84014", "E84018")


def codes() -> list[str]:
    return list(Practice.objects.order_by("pk").values_list("organisation__code", flat=True))


@pytest.mark.parametrize(
    ("column", "said"),
    [("name", "Name"), ("opened", "Opened"), ("postcode", "Postcode"), ("commissioner", "Commissioner")],
)
def test_a_column_that_is_another_in_most_rows_is_refused(column, said):
    ods()
    before = tables()
    given = {"name": "ANOTHER SURGERY", "opened": "19500101", "postcode": "ZZ1 1ZZ", "commissioner": ""}
    changed = {code: {column: given[column] or f"01{'ABC'[at % 3]}"} for at, code in enumerate(codes())}
    with refused(f"The column “{said}” is another for", "file"):
        imported("ods", epraccur(changed), OF_2020)
    assert tables() == before


def test_commissioners_that_are_reorganised_are_no_doubt():
    ods()
    after = {
        code: "W2U3Z" if old.startswith("0") else "A3A8R"
        for code, old in Practice.objects.values_list("organisation__code", "commissioner__code")
        if old.startswith("0")
    }
    imported("ods", epraccur({code: {"commissioner": new} for code, new in after.items()}), OF_2020)
    assert Practice.objects.filter(commissioner__code="W2U3Z").count() == len(after)


def test_an_epcn_whose_names_of_practices_were_sorted_is_refused():
    december()
    found = rows("epcn_2022_members.csv")
    names = sorted(row[1] for row in found)
    with refused("The column “Name” is another for", "file"):
        february(epcn("2022", members=[[row[0], n, *row[2:]] for row, n in zip(found, names, strict=True)]))


def test_an_epcn_that_has_no_practice_of_a_whole_commissioner_is_refused():
    december()
    before = tables()
    kept = [row for row in rows("epcn_2019_members.csv") if row[2] != "08E"]
    with refused("PCNs that have some, such as HARROW", "file"):
        february(epcn("2019", members=kept))
    assert tables() == before


def template(*figures: int) -> bytes:
    told = (f"{c},2021-01-01,registered,{n},A letter\n" for c, n in zip(HARROW, figures, strict=False))
    return (HEAD + "".join(told)).encode()


@pytest.fixture
def sized() -> None:
    december()
    imported("list_sizes", template(*(4_000,) * 6).replace(b"2021-01-01", b"2020-01-01"), "sizes.csv")


def sizes(*figures: int):
    return imported("list_sizes", template(*figures), "sizes.csv", stated_on=date(2021, 1, 1))


def test_figures_of_a_person_that_mostly_jump_by_half_are_refused(sized):
    with refused("6 of the 6 list sizes that can be compared differ by half or more", "file"):
        sizes(*(40_000,) * 6)


def test_one_figure_that_is_ten_times_what_is_held_is_not_taken(sized):
    _run, plan = sizes(4_100, 420_100, 3_900, 400)
    assert [(line.code, line.reason[:41]) for line in plan.lines if line.kind == "rejected"] == [
        (HARROW[1], "It is ten times what is held, 4,000.00 on"),
        (HARROW[3], "It is a tenth of what is held, 4,000.00 o"),
    ]
    assert ListSize.objects.filter(as_at=date(2021, 1, 1)).count() == 2


def test_the_same_figure_again_is_no_jump(sized):
    assert sizes(4_000, 4_000)[0] is not None


def test_a_chosen_commissioner_takes_the_pcns_of_its_practices_from_its_successors_file():
    ods()
    names = {"08E": "NHS Harrow CCG", "W2U3Z": "NHS North West London CCG"}
    made = [
        Organisation.objects.update_or_create(code=code, defaults={"name": n, "kind": "commissioner"})[0]
        for code, n in names.items()
    ]
    with refused("No row of this file belongs to 08E.", "commissioners"):
        february(codes=("08E",))
    Succession.objects.create(predecessor=made[0], successor=made[1], kind="succeeded", on=date(2021, 4, 1))
    february(codes=("08E",))
    assert ("E84058", "U89806") in members_on(date(2022, 3, 1))
    with refused(
        "NHS North West London CCG (W2U3Z) took over: choose that code for files since then.", "commissioners"
    ):
        imported("epcn", epcn("2022"), "ePCN_2022-05-27.xlsx", codes=("08E",))


def test_letters_that_were_garbled_are_refused_whatever_follows():
    sound = epraccur({"E84058": {"name": "SURGÉRY"}}).decode()
    for alphabet in ("cp1252", "latin-1"):
        wrong = sound.replace("É", "É".encode().decode(alphabet)).encode()
        with refused("garbled" if alphabet == "cp1252" else "cannot be printed", "file"):
            read("ods", io.BytesIO(wrong), "epraccur.csv")


def test_a_run_that_changes_nothing_works_out_what_is_doubted_too(monkeypatch):
    ods()
    refreshed = []
    monkeypatch.setattr(verbs, "after_import", lambda: refreshed.append(True))
    run, _plan = verbs.import_file(asked("ods", epraccur(), "epraccur_2019-10.csv"))
    assert (run, refreshed) == (None, [True])
