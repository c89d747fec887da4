"""A name or code that a file gave is corrected like a person's own: the next file doesn't bring it back."""

from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import FormerDetail, Organisation
from pcnportal.refusals import NotAllowed
from registry.former import former_on
from registry.models import PCN, FileStatement, Membership, PCNMatch
from registry.workflow import register as verbs
from registry.workflow.importing import undo
from registry.workflow.matching import confirm_match, reject_match
from tests import factories as make
from tests.claims import refused
from tests.harrow import EAST, Harrow
from tests.reading import signed_in
from tests.registry.imports.files import epcn, rows
from tests.registry.imports.importing import december, epraccur, imported, ods, tables
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db
MARCH, JUNE, SEPTEMBER = date(2020, 3, 2), date(2020, 6, 1), date(2020, 9, 1)
OWN, WRONG = "HARROW EAST PCN", "HARROW WEST PCN"


@pytest.fixture(autouse=True)
def _autumn():
    with clock.at(date(2020, 10, 1)):
        yield


def file(day: date, name: str) -> Any:
    """A later ePCN that calls U51050 so."""
    pcns = [[row[0], name if row[0] == "U51050" else row[1], *row[2:]] for row in rows("epcn_2019_pcns.csv")]
    return imported("epcn", epcn("2019", pcns=pcns), f"ePCN_{day}.xlsx")


@pytest.fixture
def renamed(harrow: Harrow) -> FormerDetail:
    december()
    file(MARCH, WRONG)
    return FormerDetail.objects.get(organisation__code="U51050", what="name")


def said(harrow: Harrow, **facts: Any) -> dict[str, Any]:
    return {"by": harrow.user("officer"), "source": harrow.report, "reason": "ODS mixed two up."} | facts


def names(*days: date) -> list[str]:
    own = Organisation.objects.get(code="U51050")
    return [former_on(day, [own.pk]).get(own.pk, {}).get("name", own.name) for day in days]


def beside() -> set[tuple[str, str]]:
    found = FileStatement.objects.standing().filter(organisation__code="U51050")
    return set(found.values_list("what", "value"))


def test_withdrawn_it_stays_withdrawn_through_later_files_which_are_kept_beside(harrow, renamed):
    verbs.withdraw_detail(renamed, by=harrow.user("officer"), reason="It never was.")
    assert names(date(2020, 1, 1), MARCH, JUNE) == [OWN] * 3
    for day in (JUNE, SEPTEMBER):
        file(day, WRONG)
        assert (names(day)[0], beside()) == (OWN, {("name", WRONG)})
    before = tables()
    assert file(SEPTEMBER, WRONG)[0] is None
    assert tables() == before
    file(date(2020, 9, 30), OWN)
    assert (names(SEPTEMBER)[0], beside()) == (OWN, set())


@pytest.mark.parametrize("on", [date(2020, 2, 1), MARCH, date(2020, 4, 1)])
def test_corrected_it_stays_corrected_on_its_day_or_another(harrow, renamed, on):
    verbs.correct_detail(renamed, **said(harrow, value="Harrow North East PCN", on=on))
    assert names(date(2020, 1, 31), on) == [OWN, "Harrow North East PCN"]
    file(JUNE, WRONG)
    assert (names(date(2020, 1, 31), JUNE), beside()) == (
        [OWN, "Harrow North East PCN"],
        {("name", WRONG)},
    )
    assert FormerDetail.every.get(pk=renamed.pk).is_withdrawn
    event = events_of(PCN.objects.get(organisation__code="U51050")).get(verb="correct_name")
    assert event.changes["name"] == [WRONG, "Harrow North East PCN"]


def test_what_files_say_of_others_and_of_other_details_they_keep_up(harrow, renamed):
    verbs.withdraw_detail(renamed, by=harrow.user("officer"), reason="It never was.")
    pcns = [[row[0], f"{row[1]} NEW", *row[2:]] for row in rows("epcn_2019_pcns.csv")]
    moved = [[*row[:11], "HA1 1AA"] if row[0] == "U51050" else row for row in pcns]
    imported("epcn", epcn("2019", pcns=moved), "ePCN_2020-06-01.xlsx")
    own = Organisation.objects.get(code="U51050")
    assert (own.name, own.postcode) == (OWN, "HA1 1AA")
    assert Organisation.objects.get(code="U89806").name == "SPHERE PCN NEW"


def test_the_file_is_not_undone_once_what_it_wrote_was_corrected(harrow, renamed):
    run = renamed.source.import_run
    verbs.correct_detail(renamed, **said(harrow, value=WRONG, on=date(2020, 2, 1)))
    with refused("Somebody corrected what it wrote"):
        undo(run, by=harrow.user("admin"), seen=run.version, reason="Another file.")


def test_it_is_its_commissioners_to_correct(harrow, renamed):
    for name in ("member", "officer@havering.example"):
        with pytest.raises(NotAllowed):
            verbs.withdraw_detail(renamed, by=harrow.user(name), reason="No.")


def test_a_code_that_a_match_gave_wrongly_is_withdrawn_and_the_match_waits_again(harrow):
    pcn = make.PCNFactory.create(name="Harrow East Network")
    for code in list(EAST)[:2]:
        Membership.objects.create(practice=harrow.practice(code), pcn=pcn, source=harrow.report)
    december()
    match = PCNMatch.objects.get(pcn=pcn)
    confirm_match(match, by=harrow.user("officer"), seen=0)
    given = FormerDetail.objects.get(organisation=pcn.pk, what="code")
    assert given.source.kind == "file"
    verbs.withdraw_detail(given, by=harrow.user("officer"), reason="That is another network.")
    match.refresh_from_db()
    assert (match.is_accepted, match.reason) == (None, "")
    file(MARCH, OWN)
    assert not Organisation.objects.filter(code="U51050").exists()
    reject_match(match, by=harrow.user("officer"), seen=match.version, reason="It is another.")
    own = Organisation.objects.get(code="U51050")
    assert (own.pk == pcn.pk, Organisation.objects.get(pk=pcn.pk).code) == (False, None)
    assert not PCNMatch.objects.filter(is_accepted=None).exists()


def test_a_practices_name_that_a_file_gave_is_corrected_on_its_page(harrow):
    ods()
    imported("ods", epraccur({"E84058": {"name": "GP INDIRECT"}}), "epraccur.csv", stated_on=MARCH)
    row = FormerDetail.objects.get(organisation__code="E84058", what="name")
    client, path = signed_in(harrow.user("officer")), f"/practices/E84058/names/{row.pk}/"
    assert f'href="{path}correct/"' in client.get("/practices/E84058/").content.decode()
    assert f'href="{path}withdraw/"' in client.get(f"{path}correct/").content.decode()
    day = {"on_day": "1", "on_month": "2", "on_year": "2020"}
    sent = day | {"reason": "A slip.", "held_source": "named", "source_title": "Letter", "value": "GP Direct"}
    done = client.post(f"{path}correct/", sent | {"value": "GP Direct at Roxeth"}, follow=True)
    assert "Called GP Direct at Roxeth, before that GP DIRECT" in words(done)
    imported("ods", epraccur({"E84058": {"name": "GP INDIRECT"}}), "epraccur.csv", stated_on=JUNE)
    assert Organisation.objects.get(code="E84058").name == "GP Direct at Roxeth"
    assert FileStatement.objects.standing().get(organisation__code="E84058").value == "GP INDIRECT"
    row = FormerDetail.objects.get(organisation__code="E84058", what="name")
    client.post(f"/practices/E84058/names/{row.pk}/withdraw/", {"reason": "Never."})
    assert Organisation.objects.get(code="E84058").name == "GP DIRECT"


def test_the_page_of_the_pcn_offers_it(harrow, renamed):
    client = signed_in(harrow.user("officer"))
    page = f"/pcns/{renamed.organisation.slug}/"
    path = f"{page}details/{renamed.pk}/"
    assert f'href="{path}correct/"' in client.get(page).content.decode()
    assert f'value="{WRONG}"' in client.get(f"{path}correct/").content.decode()
    done = client.post(f"{path}withdraw/", {"reason": "ODS mixed two up."}, follow=True)
    assert "It is withdrawn." in words(done)
    assert names(JUNE) == [OWN]
