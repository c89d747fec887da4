"""List sizes of a quarter, and those of the plain template with the documents that they come from."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal.history.models import Source
from registry.imports.undoing import undo
from registry.models import ImportRun, ListSize
from tests import factories as make
from tests.claims import refused
from tests.registry.imports.files import extract
from tests.registry.imports.importing import imported, kinds, lines, ods, tables

pytestmark = pytest.mark.django_db
JANUARY = "gp-reg-pat-prac-all_2021-01.csv"
JUNE = "gp-reg-pat-prac-all_2021-06.csv"
HEAD = "ods_code,as_at,kind,patients,source\n"


@pytest.fixture(autouse=True)
def practices(db):
    ods()


def quarter(name, content=None):
    return imported("list_sizes", content or extract(name), name)


def stated(*rows):
    return imported("list_sizes", (HEAD + "\n".join(rows) + "\n").encode(), "sizes.csv")


def sizes(code, **of):
    found = ListSize.objects.standing().filter(organisation__code=code, **of).order_by("as_at", "pk")
    return [(size.as_at, size.kind, size.patients) for size in found]


def test_both_quarters_are_held_each_with_its_day_and_file():
    run, _plan = quarter(JANUARY)
    quarter(JUNE)
    held = {as_at: (kind, patients) for as_at, kind, patients in sizes("E84058")}
    assert set(held) == {date(2021, 1, 1), date(2021, 6, 1)}
    assert held[date(2021, 1, 1)] == ("registered", Decimal(24442))
    assert set(ListSize.objects.filter(as_at=date(2021, 1, 1)).values_list("source", flat=True)) == {
        run.source_id
    }


def test_quarters_come_in_any_order():
    quarter(JUNE)
    assert quarter(JANUARY)[0] is not None


def test_a_second_run_changes_nothing():
    quarter(JANUARY)
    before = tables()
    run, plan = quarter(JANUARY)
    assert (run, set(kinds(plan))) == (None, {"unchanged"})
    assert tables() == before


def test_a_practice_that_is_not_held_is_rejected_with_its_line():
    content = extract(JANUARY).replace(b"E84058", b"E99999")
    _run, plan = quarter(JANUARY, content)
    line = next(line for line in plan.lines if line.kind == "rejected")
    assert (line.code, line.line > 1, line.reason) == ("E99999", True, "The register holds no such practice.")


def test_a_corrected_file_corrects_the_figure_and_keeps_the_wrong_one():
    quarter(JANUARY)
    _run, plan = quarter(JANUARY, extract(JANUARY).replace(b"24442", b"24443"))
    assert lines(plan, "changed") == [("E84058", "registered list", "24442.00", "24443")]
    assert sizes("E84058") == [(date(2021, 1, 1), "registered", Decimal(24443))]
    assert ListSize.objects.filter(organisation__code="E84058").count() == 2


def test_a_file_of_which_every_figure_jumps_is_refused():
    quarter(JANUARY)
    rows = extract(JUNE).decode().splitlines()
    jumped = "\n".join([rows[0], *(row.rsplit(",", 1)[0] + ",99" for row in rows[1:])]) + "\n"
    with refused("differ by more than 30% from the newest that is held", "file"):
        quarter(JUNE, jumped.encode())


def test_a_few_figures_that_jump_are_no_reason_to_refuse():
    quarter(JANUARY)
    assert quarter(JUNE, extract(JUNE).replace(b"24", b"99"))[0] is not None


def test_rows_of_the_template_name_their_document():
    stated(
        "E84617,2019-03-31,weighted,3697.03,NHS Payments 2018/19",
        "E84040,2019-03-31,weighted,3499.22,NHS Payments 2018/19",
    )
    source = Source.objects.get(title="NHS Payments 2018/19")
    assert source.kind == "document"
    assert set(ListSize.objects.values_list("source", "patients")) == {
        (source.pk, Decimal("3697.03")),
        (source.pk, Decimal("3499.22")),
    }


def test_a_document_that_is_held_is_named_again():
    source = make.SourceFactory.create(title="NHS Payments 2018/19")
    stated("E84617,2019-03-31,weighted,3697.03,nhs payments 2018/19")
    assert ListSize.objects.get().source == source


def test_a_corrected_list_of_a_document_gets_a_successor():
    stated("E84617,2019-03-31,weighted,3697.03,NHS Payments 2018/19")
    stated("E84617,2019-03-31,weighted,3700,NHS Payments 2018/19")
    assert sizes("E84617") == [(date(2019, 3, 31), "weighted", Decimal(3700))]
    stated("E84617,2019-03-31,weighted,3701,NHS Payments 2018/19")
    assert sizes("E84617") == [(date(2019, 3, 31), "weighted", Decimal(3701))]


def test_two_documents_may_state_one_figure_differently():
    stated("E84617,2019-03-31,weighted,3697.03,NHS Payments 2018/19")
    stated("E84617,2019-03-31,weighted,3690,A letter of Harrow CCG")
    assert [patients for _, _, patients in sizes("E84617")] == [Decimal("3697.03"), Decimal(3690)]


LETTER = "E84058,2021-01-01,registered,24000,A letter of Harrow CCG"


def test_a_correction_stands_whether_it_comes_before_or_after_the_nhs_file():
    for first, second in ((quarter, stated), (stated, quarter)):
        for do in (first, second):
            do(*((JANUARY,) if do is quarter else (LETTER,)))
        assert [patients for _, _, patients in sizes("E84058")] == [Decimal(24000)]
        assert ListSize.objects.filter(organisation__code="E84058", patients=24442).exists()
        assert (quarter(JANUARY)[0], stated(LETTER)[0]) == (None, None)
        for run in ImportRun.objects.filter(kind="list_sizes").order_by("-pk"):
            undo(run)
            run.delete()
        assert not ListSize.objects.exists()


def test_an_nhs_figure_that_is_corrected_later_leaves_the_correction_standing():
    quarter(JANUARY)
    stated(LETTER)
    before = tables()
    run, plan = quarter(JANUARY, extract(JANUARY).replace(b"24442", b"24443"))
    assert lines(plan, "beside") == [("E84058", "registered list", "24000.00", "24443")]
    assert [patients for _, _, patients in sizes("E84058")] == [Decimal(24000)]
    undo(run)
    run.delete()
    assert tables() == before


def test_a_second_correction_takes_the_place_of_the_first():
    quarter(JANUARY)
    stated(LETTER)
    stated("E84058,2021-01-01,registered,24100,A second letter")
    assert [patients for _, _, patients in sizes("E84058")] == [Decimal(24100)]


def test_only_the_chosen_commissioner_is_written():
    imported("list_sizes", extract(JANUARY), JANUARY, codes=("08F",))
    assert not sizes("E84058")
    assert sizes("F82009")
