"""The last import can be taken back as long as nothing was built on it."""

from datetime import date

import pytest

from pcnportal.findings.models import Finding
from pcnportal.history.models import Event
from pcnportal.people.models import FormerDetail, Organisation
from pcnportal.refusals import NotAllowed, Refused, Stale
from registry.imports.after import after_import
from registry.models import PCN, ImportRun, Membership, PCNMatch, Practice
from registry.workflow.importing import apply, discard, undo
from registry.workflow.matching import reject_match
from tests import factories as make
from tests.claims import refused
from tests.harrow import Harrow
from tests.registry.imports.files import epcn, extract
from tests.registry.imports.importing import (
    december,
    epraccur,
    february,
    imported,
    ods,
    proposed,
    tables,
)

pytestmark = pytest.mark.django_db
BECAUSE = "It was the wrong file."


@pytest.fixture
def admin(harrow: Harrow):
    return harrow.user("admin")


def newest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def take_back(by, run=None):
    run = run or newest()
    undo(run, by=by, seen=run.version, reason=BECAUSE)


def test_undoing_restores_every_row_import_after_import(admin):
    states = []
    for do in (
        lambda: december(accept_matches=True),
        lambda: ods(),
        lambda: imported("list_sizes", extract("gp-reg-pat-prac-all_2021-01.csv"), "gp-reg_2021-01.csv"),
        lambda: february(),
    ):
        states.append(tables())
        assert do()[0] is not None
    for run in ImportRun.objects.order_by("-pk"):
        take_back(admin, run)
        assert tables() == states.pop()


def test_an_undone_run_is_kept_with_who_undid_it_and_why(admin):
    december()
    take_back(admin)
    run = newest()
    assert (run.state, run.undone_by, run.source) == ("Undone", admin, None)
    event = Event.objects.latest("pk")
    assert (event.verb, event.by, event.reason, event.subject) == ("undone", admin, BECAUSE, run)


def test_after_it_the_same_file_may_be_imported_again(admin):
    december()
    take_back(admin)
    assert december()[0] is not None


def test_a_code_that_an_import_gave_is_taken_back(harrow, admin):
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    for code in ("E84039", "E84075", "E84014"):
        Membership.objects.create(practice=harrow.practice(code), pcn=pcn, source=harrow.report)
    december()
    december(accept_matches=True)
    assert Organisation.objects.get(pk=pcn.pk).code == "U51050"
    take_back(admin)
    assert Organisation.objects.get(pk=pcn.pk).code is None
    assert PCNMatch.objects.get(pcn=pcn).is_accepted is None


def test_only_the_last_one_is_undone(admin):
    first, _plan = december()
    february()
    with refused("A later import was applied since: ePCN_2022-02-25.xlsx. Undo that one first."):
        take_back(admin, first)


def test_what_a_case_was_made_of_is_not_taken_away(harrow, admin):
    december()
    pcn = PCN.objects.get(organisation__code="U51050")
    make.CaseFactory.create(pcn=pcn, round=harrow.round)
    with refused("Something was built on this import"):
        take_back(admin)


def test_what_somebody_recorded_of_a_practice_is_not_taken_away(harrow, admin):
    ods()
    practice = Practice.objects.get(organisation__code="E84058")
    pcn = make.PCNFactory.create()
    Membership.objects.create(practice=practice, pcn=pcn, starts_on=date(2019, 11, 1), source=harrow.report)
    with refused("Something was built on this import"):
        take_back(admin)


def test_what_somebody_changed_since_is_not_put_back(admin):
    december()
    february()
    east = Organisation.objects.get(code="U51050")
    PCN.objects.filter(pk=east.pk).update(commissioner=Organisation.objects.get(code="08E"))
    with refused("Something that this import wrote was changed since"):
        take_back(admin)


def test_a_former_detail_of_a_person_stands_in_the_way(harrow, admin):
    december()
    east = Organisation.objects.get(code="U51050")
    FormerDetail.objects.create(organisation=east, what="name", value="East", until=date(2019, 11, 1))
    with refused("Something was built on this import"):
        take_back(admin)


def test_a_match_that_somebody_decided_stands_in_the_way(harrow, admin):
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    Membership.objects.create(practice=harrow.practice("E84039"), pcn=pcn, source=harrow.report)
    december()
    match = PCNMatch.objects.get(pcn=pcn)
    reject_match(match, by=harrow.user("officer"), seen=match.version, reason="Another one.")
    with refused("Somebody decided a match that it proposed"):
        take_back(admin)


def test_a_finding_that_somebody_answered_stands_in_the_way(admin):
    found = make_two_open_memberships()
    Finding.objects.filter(pk=found.pk).update(outcome="accepted", by=admin, reason="It is so.")
    with refused("Somebody answered a finding about what it wrote"):
        take_back(admin)


def test_findings_about_what_is_taken_back_go_with_it(admin):
    found = make_two_open_memberships()
    take_back(admin)
    assert not Finding.objects.filter(pk=found.pk).exists()


def make_two_open_memberships() -> Finding:
    from tests.registry.imports.files import rows

    found = rows("epcn_2022_members.csv")
    second = [*next(row for row in found if row[0] == "E84058")]
    second[4] = "U51050"
    december(epcn("2022", members=[*found, second]))
    after_import()
    organisation = Organisation.objects.get(code="E84058")
    return Finding.objects.get(subject_id=organisation.pk, rule__contains="open")


def test_who_may_not_import_may_not_undo(harrow):
    december()
    with refused("Your role does not allow this.", kind=NotAllowed):
        take_back(harrow.user("officer"))


def test_two_who_undo_at_once_undo_once(admin):
    december()
    run = newest()
    take_back(admin, run)
    with refused("was changed by someone else", kind=Stale):
        undo(run, by=admin, seen=0, reason=BECAUSE)


def test_a_proposed_run_is_applied_once_or_discarded(admin):
    run = proposed("epcn", epcn("2019"), "ePCN_2019-12-04.xlsx", by=admin)
    before = tables()
    assert run.state == "Proposed"
    discard(run, by=admin, seen=0)
    assert tables() == before
    for late in (apply, discard):
        with refused("was changed by someone else", kind=Stale):
            late(run, by=admin, seen=0)


def test_a_run_that_was_proposed_first_and_applied_last_is_undone_first(admin):
    first = proposed("ods", epraccur(), "epraccur_2019-10.csv", by=admin)
    december(codes=("08F",))
    second = newest()
    first = ImportRun.objects.get(pk=first.pk)
    with pytest.raises(Refused, match="The register changed since this report was made"):
        apply(first, by=admin, seen=0)
    first.refresh_from_db()
    apply(first, by=admin, seen=first.version)
    with refused("A later import was applied since: epraccur_2019-10.csv."):
        take_back(admin, second)
