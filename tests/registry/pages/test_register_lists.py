"""The lists of practices and of PCNs: as they stood on any day, in figures that add up."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import ChecklistItem, ListSize, Membership, PCNPeriod
from tests import factories as make
from tests import steps
from tests.reading import rows, signed_in
from tests.registry.pages.reading import main, words

PRACTICES, PCNS = "/practices/", "/pcns/"
APRIL, JUNE, JULY, AUGUST = date(2019, 4, 1), date(2019, 6, 1), make.GO_LIVE, date(2019, 8, 1)
OF_PRACTICES = ["ods_code", "name", "commissioner", "pcn", "contract_type", "registered", "status"]
OF_PCNS = ["code", "name", "commissioner", "practices", "stated_list_size", "practice_list_size", "status"]


def file(client, path, **asked):
    return rows(client.get(path, {"_export": "csv", **asked}))


def names(client, path, **asked):
    return [row["name"] for row in file(client, path, **asked)]


def size(organisation, patients, as_at=make.JANUARY, **other):
    return make.ListSizeFactory.create(
        organisation=organisation, patients=Decimal(patients), as_at=as_at, **other
    )


@pytest.fixture
def east(harrow):
    """Harrow East PCN, live since July, with one practice since then and one for July alone."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    PCNPeriod.objects.create(pcn=pcn, status="approved", starts_on=make.COMMITTEE_DAY, ends_on=JULY)
    PCNPeriod.objects.create(pcn=pcn, status="live", starts_on=JULY)
    for code, until in (("E84039", None), ("E84075", AUGUST)):
        Membership.objects.create(
            pcn=pcn, practice=harrow.practice(code), starts_on=JULY, ends_on=until, source=harrow.report
        )
    return pcn


def test_the_file_of_practices_has_the_columns_that_stay_first(harrow, officer, east):
    practice = harrow.practice("E84039")
    practice.contract_type = "PMS"
    practice.save()
    size(practice.organisation, "12852.25")
    row = file(officer, PRACTICES, as_at="2019-07-01", q="honeypot")[0]
    assert list(row)[:7] == OF_PRACTICES
    held = [
        "E84039",
        "Honeypot Medical Centre",
        "NHS Harrow CCG",
        "Harrow East PCN",
        "PMS",
        "12852.25",
        "Open",
    ]
    assert [row[name] for name in OF_PRACTICES] == held


def test_the_file_of_pcns_has_the_columns_that_stay_first(harrow, officer, east):
    size(east.organisation, 28619)
    size(harrow.practice("E84039").organisation, "12852.25")
    size(harrow.practice("E84075").organisation, "6538.75")
    row = file(officer, PCNS, as_at="2019-07-31")[0]
    assert list(row)[:7] == OF_PCNS
    assert [row[name] for name in OF_PCNS] == [
        "",
        "Harrow East PCN",
        "NHS Harrow CCG",
        "2",
        "28619.00",
        "19391.00",
        "Live",
    ]


@pytest.mark.parametrize(
    ("day", "of"),
    [
        ("2019-06-30", {"E84039": "", "E84075": ""}),
        ("2019-07-01", {"E84039": "Harrow East PCN", "E84075": "Harrow East PCN"}),
        ("2019-07-31", {"E84039": "Harrow East PCN", "E84075": "Harrow East PCN"}),
        ("2019-08-01", {"E84039": "Harrow East PCN", "E84075": ""}),
    ],
)
def test_a_practice_is_in_a_pcn_from_the_day_it_joins_until_the_day_it_leaves(officer, east, day, of):
    assert {row["ods_code"]: row["pcn"] for row in file(officer, PRACTICES, as_at=day)} == of
    assert file(officer, PCNS, as_at=day)[0]["practices"] == str(sum(name != "" for name in of.values()))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2019-05-20", "Approved"),
        ("2019-06-30", "Approved"),
        ("2019-07-01", "Live"),
    ],
)
def test_a_pcn_is_what_its_period_says_on_the_day(officer, east, day, status):
    assert file(officer, PCNS, as_at=day)[0]["status"] == status
    assert names(officer, PCNS, as_at=day, status=status.lower()) == ["Harrow East PCN"]


def test_a_practice_is_listed_from_its_opening_and_reads_closed_from_its_closing(harrow, officer):
    make.PracticeFactory.create(code="E84999", name="New Surgery", opened_on=JUNE, closed_on=AUGUST)
    assert names(officer, PRACTICES) == []
    for day, status in (("2019-06-01", "Open"), ("2019-07-31", "Open"), ("2019-08-01", "Closed")):
        assert file(officer, PRACTICES, as_at=day, q="new")[0]["status"] == status
        assert names(officer, PRACTICES, as_at=day, status=status.lower()) == ["New Surgery"]
        assert names(officer, PRACTICES, as_at=day) == ([] if status == "Closed" else ["New Surgery"])


def test_a_list_size_is_the_newest_of_the_day_or_before(harrow, officer):
    practice = harrow.practice("E84039")
    size(practice.organisation, 12800)
    size(practice.organisation, "12852.25", as_at=date(2019, 3, 31), averaged_from=date(2018, 4, 1))
    size(practice.organisation, 9999, kind=ListSize.Kind.WEIGHTED, as_at=APRIL)
    for day, patients in (("2018-12-31", ""), ("2019-01-01", "12800.00"), ("2019-05-20", "12852.25")):
        assert file(officer, PRACTICES, as_at=day)[0]["registered"] == patients
    said = words(officer.get(PRACTICES))
    assert "Patients 12,852.25 List size of average of 2018/19" in said
    assert "Patients not held" in words(officer.get(PRACTICES, {"as_at": "2018-12-31"}))


def test_a_corrected_list_size_no_longer_counts(harrow, officer, east):
    practice = harrow.practice("E84039").organisation
    wrong = size(practice, 20000)
    size(practice, 12852, as_at=date(2018, 10, 1), supersedes=wrong)
    assert file(officer, PRACTICES, q="honeypot")[0]["registered"] == "12852.00"
    size(harrow.practice("E84075").organisation, 1000)
    assert file(officer, PCNS, as_at="2019-07-01")[0]["practice_list_size"] == "13852.00"


def test_a_wrong_day_says_so_and_shows_no_list(harrow, officer, east):
    for path in (PRACTICES, PCNS):
        said = words(officer.get(path, {"as_at": "2019-13-45"}))
        assert "There is a problem" in said
        assert "Harrow East PCN" not in said
        assert officer.get(path, {"as_at": "soon", "_export": "csv"}).status_code == 400


def test_a_day_to_come_says_that_it_is_as_far_as_it_is_held(officer, east):
    said = words(officer.get(PCNS, {"as_at": "2019-07-01"}))
    assert "As at 1 July 2019, in 42 days: as far as it is held today" in said
    assert "as far as" not in words(officer.get(PCNS, {"as_at": "2019-05-19"}))


def test_links_of_a_list_keep_its_day(officer, east):
    page = main(officer.get(PRACTICES, {"as_at": "2019-07-01"}))
    assert 'href="/practices/E84039/?as_at=2019-07-01"' in page
    assert 'href="/pcns/harrow-east-pcn/?as_at=2019-07-01"' in page
    assert 'href="/practices/E84039/"' in main(officer.get(PRACTICES))


def test_what_is_proposed_is_told_from_what_is_in_force(harrow, officer):
    steps.received(harrow)
    row = file(officer, PRACTICES, q="GP Direct")[0]
    assert (row["pcn"], row["proposed_pcn"]) == ("", "GP Direct PCN")
    assert "PCN proposed: GP Direct PCN" in words(officer.get(PRACTICES))
    assert file(officer, PRACTICES, as_at="2019-05-14")[0]["proposed_pcn"] == ""


def test_a_form_proposes_nobody_once_its_memberships_began(harrow, officer):
    case = steps.live(harrow)
    Membership.objects.filter(practice__organisation__code="E84062").update(ends_on=AUGUST)
    found = {row["ods_code"]: row for row in file(officer, PRACTICES, as_at="2019-08-01")}
    assert (found["E84058"]["pcn"], found["E84058"]["proposed_pcn"]) == (str(case.pcn), "")
    assert (found["E84062"]["pcn"], found["E84062"]["proposed_pcn"]) == ("", "")
    assert file(officer, PRACTICES, as_at="2019-06-30")[0]["proposed_pcn"] == str(case.pcn)


def test_another_commissioner_reads_the_register_and_no_proposal_of_harrows(harrow):
    steps.received(harrow)
    stranger = signed_in(harrow.user("officer@havering.example"))
    assert [row["proposed_pcn"] for row in file(stranger, PRACTICES)] == ["", "", ""]
    assert [row["practices"] for row in file(stranger, PCNS)] == ["0"]
    assert names(stranger, PRACTICES, placed="proposed") == names(stranger, PRACTICES, pcn="direct") == []
    assert len(names(stranger, PRACTICES, placed="none")) == 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"placed": "in"}, ["Honeypot Medical Centre", "Mollison Way Surgery"]),
        ({"placed": "proposed"}, ["GP Direct", "Kings Road Medical Centre", "Shaftesbury Medical Centre"]),
        ({"placed": "none"}, ["Bacon Lane Surgery"]),
        ({"pcn": "east harrow"}, ["Honeypot Medical Centre", "Mollison Way Surgery"]),
        ({"pcn": "direct", "q": "road"}, ["Kings Road Medical Centre"]),
        ({"q": "e84014"}, ["Bacon Lane Surgery"]),
        ({"q": "centre honey"}, ["Honeypot Medical Centre"]),
        ({"commissioner": "havering"}, []),
        ({"contract": "APMS"}, []),
    ],
)
def test_filters_of_practices_leave_what_they_name(harrow, officer, east, asked, found):
    steps.received(harrow)
    harrow.practice("E84014")
    assert names(officer, PRACTICES, as_at="2019-07-01", **asked) == found


def test_practices_are_sorted_by_pcn_and_by_list_size(harrow, officer, east):
    steps.received(harrow)
    size(harrow.practice("E84062").organisation, 4879)
    size(harrow.practice("E84039").organisation, 12852)
    found = file(officer, PRACTICES, as_at="2019-07-01", sort="pcn")
    of = [row["pcn"] or row["proposed_pcn"] for row in found]
    direct, in_east = ["GP Direct PCN"] * 3, ["Harrow East PCN"] * 2
    assert of in ([*direct, *in_east], [*in_east, *direct])  # databases put what is empty first or last
    sizes = [row["registered"] for row in file(officer, PRACTICES, sort="registered") if row["registered"]]
    assert sizes == ["4879.00", "12852.00"]


def test_sums_are_exact(harrow, officer, east):
    for code in ("E84039", "E84075"):
        size(harrow.practice(code).organisation, "0.10")
    other = make.PCNFactory.create(name="Sphere PCN")
    size(east.organisation, "28619.10")
    size(other.organisation, "41212.20")
    assert file(officer, PCNS, as_at="2019-07-01")[0]["practice_list_size"] == "0.20"
    said = words(officer.get(PCNS, {"as_at": "2019-07-01"}))
    assert "Total Practices 2 Stated list size 69,831.3" in said


def test_the_size_check_reads_the_checklist(harrow, officer, east):
    size(east.organisation, 28619)
    assert "1,381 below 30,000" in words(officer.get(PCNS))
    ChecklistItem.objects.filter(rule="population").update(parameters={"minimum": 20000, "maximum": 28000})
    assert "619 above 28,000" in words(officer.get(PCNS))
    ChecklistItem.objects.filter(rule="population").update(parameters={"minimum": 20000, "maximum": 28619})
    assert "Size check In range" in words(officer.get(PCNS))


def test_a_list_that_finds_nothing_leads_back(officer, east):
    for path in (PRACTICES, PCNS):
        assert "Nothing matches these filters. Clear all filters" in words(officer.get(path, {"q": "zzz"}))


def test_a_total_of_nothing_held_is_not_held(harrow):
    make.PCNFactory.create(name="Harrow East PCN")
    assert (
        "Stated list size not held"
        in words(signed_in(harrow.user("officer")).get("/pcns/")).partition("Total")[2]
    )
