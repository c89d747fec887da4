"""Search forgives punctuation and a typing slip, knows former names, and shows nobody more for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal.pages import near
from pcnportal.pages.search import asked, plain
from pcnportal.people.models import FormerDetail, Organisation
from registry.models import FileStatement, ImportRun
from tests import factories as make
from tests import steps
from tests.home.test_search import found, search
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

NAMES = {
    "E85040": "Elliott Hall Medical Centre",
    "E85041": "St. Peter's Medical Centre",
    "E85042": "Zain Medical Centre",
    "E85043": "Dr Smith & Partners",
    "E85044": "Simpson House",
    "E85045": "Belmont Health Centre",
    "E85046": "The Pinner Road Surgery",
}


@pytest.fixture
def harrow(harrow):
    for code, name in NAMES.items():
        make.PracticeFactory.create(code=code, name=name)
    return harrow


# Only PostgreSQL picks names by their letters.
WAYS = ["read whole", *(["picked by the database"] if connection.vendor == "postgresql" else [])]


@pytest.fixture(params=WAYS)
def many_names(request, harrow, monkeypatch):
    """With so few names that they are read, and, on PostgreSQL, with so many that they are picked."""
    if request.param != "read whole":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_organisation")
        monkeypatch.setattr(near, "MANY", 0)
        assert near.picks()
    return harrow


def names(response) -> list[str]:
    return [text for group in found(response).values() for text, _, _ in group]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("st peters", "St. Peter's Medical Centre"),
        ("St Peter’s", "St. Peter's Medical Centre"),
        ("saint peters", "St. Peter's Medical Centre"),
        ("SMITH AND PARTNERS", "Dr Smith & Partners"),
        ("doctor smith", "Dr Smith & Partners"),
        ("pinner-road", "The Pinner Road Surgery"),
        ("surgery, pinner rd", "The Pinner Road Surgery"),
        ("the elliot hal", "Elliott Hall Medical Centre"),
    ],
)
def test_case_order_and_punctuation_do_not_count(harrow, typed, name):
    response = search(harrow, typed)
    assert names(response) == [name]
    assert "No exact match" not in words(response)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Eliott Hal", "Elliott Hall Medical Centre"),
        ("elliott hlal", "Elliott Hall Medical Centre"),
        ("zian", "Zain Medical Centre"),
        ("Zaim", "Zain Medical Centre"),
        ("bellmont", "Belmont Health Centre"),
        ("belmnot helth", "Belmont Health Centre"),
        ("simpsonhouse", "Simpson House"),
        ("piner raod", "The Pinner Road Surgery"),
        ("st petres", "St. Peter's Medical Centre"),
    ],
)
def test_a_slip_finds_the_nearest_and_says_that_it_is_not_exact(many_names, typed, name):
    response = search(many_names, typed)
    assert names(response)[0] == name
    assert f"No exact match for “{typed}”. Nearest:" in words(response)


def test_near_ones_are_no_noise_beside_exact_ones_of_their_kind(harrow):
    make.PracticeFactory.create(code="E85050", name="Belmond Surgery")
    page = main(search(harrow, "belmond"))
    assert "Belmond Surgery" in page
    assert "Belmont Health Centre" not in page


def test_near_ones_of_another_kind_come_below_and_are_few(harrow):
    for number in range(5):
        make.PCNFactory.create(name=f"Belmond Network {number}")
    page = main(search(harrow, "belmont"))
    exact, nearly = page.split("Did you mean:")
    assert "Belmont Health Centre" in exact
    assert [n for n in range(5) if f"Belmond Network {n}" in nearly] == [0, 1, 2]


def test_the_nearest_comes_first(harrow):
    for number, name in enumerate(["Bellmount Surgery", "Belmonte Surgery"]):
        make.PracticeFactory.create(code=f"E8505{number}", name=name)
    assert names(search(harrow, "belmontt health"))[0] == "Belmont Health Centre"


@pytest.mark.parametrize("typed", ["E86O51", "HA3 9AX", "12345", "1234", "E8E8E8E8", "xy", "qqqqqqqq"])
def test_codes_that_are_near_none_and_nonsense_have_no_near_ones(harrow, typed):
    response = search(harrow, typed)
    assert names(response) == []
    assert "Nothing matches." in words(response)


def test_open_practices_come_before_closed_ones_and_beginnings_before_the_rest(harrow):
    for number, name in enumerate(["A Kenton Surgery", "Kenton Clinic", "Kenton Bridge"]):
        make.PracticeFactory.create(code=f"E8505{number}", name=name)
    Organisation.objects.filter(code="E85051").update(closed_on=make.JANUARY)
    assert names(search(harrow, "kenton")) == ["Kenton Bridge", "A Kenton Surgery", "Kenton Clinic"]


def test_a_practice_is_found_by_its_former_name_and_code(harrow):
    zain = Organisation.objects.get(code="E85042")
    for what, value in (("name", "Streatfield Health Centre"), ("code", "E85999")):
        FormerDetail.objects.create(organisation=zain, what=what, value=value, until=make.JANUARY)
    ((_, _, what),) = found(search(harrow, "streatfield"))["Practices"]
    assert what.startswith("E85042 · formerly Streatfield Health Centre · ")
    assert names(search(harrow, "streetfeild")) == ["Zain Medical Centre"]
    assert search(harrow, "e85999")["Location"] == "/practices/E85042/"
    listed = signed_in(harrow.user("officer")).get("/practices/?q=streatfield")
    assert "1 practice" in words(listed)


def test_a_practice_is_found_by_the_name_that_a_file_states(harrow):
    zain = Organisation.objects.get(code="E85042")
    run = ImportRun.objects.create(
        kind="ods", file_name="epraccur.csv", stated_on=make.JANUARY, sha256="0" * 64, size=1,
        read_at="2019-05-20T09:00:00Z",
    )  # fmt: skip
    FileStatement.objects.create(run=run, organisation=zain, what="name", value="THE STREATFIELD PRACTICE")
    ((_, _, what),) = found(search(harrow, "streatfield"))["Practices"]
    assert "THE STREATFIELD PRACTICE in ODS" in what


def test_a_slip_does_not_reach_into_another_commissioners_registrations(harrow):
    steps.received(harrow)
    assert "Dr Shahla Ahmad" in names(search(harrow, "ahmed shahla"))
    for other in ("officer@havering.example", "admin"):
        page = words(search(harrow, "ahmed shahla", other))
        assert "Nothing matches." in page
        assert "Shahla Ahmad" not in page


@pytest.mark.parametrize(("typed", "most"), [("kentonn surgry", 30), ("kentonn & nowhere", 45)])
def test_a_slip_costs_the_same_for_few_names_and_for_many(harrow, typed, most):
    client = signed_in(harrow.user("officer"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked_:
            client.get("/search/", {"q": typed})
        return len(asked_)

    make.PracticeFactory.create(code="E85100", name="Kenton Surgery 0")
    for _ in range(2):
        queries()  # begins the session
    few = queries()
    for number in range(1, 30):
        make.PracticeFactory.create(code=f"E851{number:02}", name=f"Kenton Surgery {number}")
    assert queries() == few <= most


def test_what_python_and_the_database_leave_out_of_a_name_is_the_same(harrow):
    from django.db.models import F

    from pcnportal.pages.search import Plain

    for organisation in Organisation.objects.annotate(as_asked=Plain(F("name"))):
        assert plain(organisation.as_asked) == plain(organisation.name)
        assert not set(organisation.as_asked) & set(".'’")


def test_a_word_that_has_other_spellings_is_asked_for_in_all_of_them():
    assert asked("St. Peter's & the Road").words == (("ST", "SAINT"), ("PETERS",), ("RD", "ROAD"))
