"""What pages say of a run after it was calculated: that its inputs changed, and when it was approved."""

from datetime import date

import pytest

from funding.models import PaymentRun
from funding.workflow import runs
from funding.workflow.runs import approve_run, changed_since
from pcnportal import clock
from pcnportal.people.models import Organisation
from registry.models import ListSize, NominatedPayee
from tests.claims import refused
from tests.funding.claims.acting import baseline, claim, fill, judge
from tests.funding.runs.paying import AUGUST, JULY, LIVE
from tests.funding.runs.test_pages import opened
from tests.registry.pages.reading import words


def test_a_waiting_run_says_that_its_inputs_changed_before_anybody_approves_it(paying):
    paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    run = paying.calculated(JULY)
    said = "What it was calculated from has changed since, for GP Direct PCN."
    with clock.at(JULY):
        assert said not in words(opened(paying, run.get_absolute_url(), "approver"))
        paying.correct("north", 20_400)
        assert said in words(opened(paying, run.get_absolute_url(), "approver"))


def test_a_statement_says_by_when_it_is_due_and_when_it_was_approved(paying):
    paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    run = paying.calculated(JULY)
    with clock.at(date(2019, 8, 5)):
        approve_run(run, by=paying.user("approver"), seen=run.version)
    page = words(opened(paying, f"{run.get_absolute_url()}gp-direct-pcn/"))
    assert "for what is due by 31 July 2019, approved on 5 August 2019" in page


@pytest.fixture
def pcn(paying):
    return paying.pcn("GP Direct PCN", north=(20_000, 19_000), south=(12_716, 13_000))


def test_a_run_is_calculated_anew_only_once_something_changed(paying, pcn, monkeypatch):
    run = paying.calculated(JULY)
    monkeypatch.setattr(runs, "settlements", None)
    with clock.at(JULY):
        assert changed_since(PaymentRun.objects.get(pk=run.pk)) == ""
        paying.correct("south", 12_916)
        with pytest.raises(TypeError):
            changed_since(run)


def closed(paying, pcn):
    paying.closes(pcn, AUGUST)


def left(paying, pcn):
    paying.leaves("south", JULY)


def corrected(paying, pcn):
    paying.correct("north", 19_100, ListSize.Kind.WEIGHTED)


def nominated(paying, pcn):
    NominatedPayee.objects.create(
        pcn=pcn, organisation=paying.practices["south"].organisation, starts_on=LIVE
    )


def stated(paying, pcn):
    paying.list_size_of(pcn, 33_000)


CHANGES = [closed, left, corrected, nominated, stated]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_is_noticed_by_page_and_verb(paying, pcn, change):
    other = paying.pcn("Sphere PCN", east=30_000)
    run = paying.calculated(JULY)
    with clock.at(JULY):
        change(paying, pcn)
        assert changed_since(run) == "GP Direct PCN"
        with refused("What it was calculated from has changed since, for GP Direct PCN."):
            approve_run(run, by=paying.user("approver"), seen=run.version)
    assert str(other) not in changed_since(run)


def test_an_agreed_claim_is_noticed(paying, pcn, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(AUGUST):
        baseline(paying, pcn)
        made = claim(paying, fill(paying, pcn))
    run = paying.calculated(AUGUST)
    with clock.at(AUGUST):
        assert changed_since(run) == ""
        judge(paying, made)
        assert changed_since(run) == "GP Direct PCN"


def test_what_changes_no_amount_leaves_a_run_to_be_approved(paying, pcn):
    run = paying.calculated(JULY)
    Organisation.objects.filter(name="north").update(name="North Surgery")
    with clock.at(JULY):
        assert changed_since(run) == ""
        approve_run(run, by=paying.user("approver"), seen=run.version)


def test_a_run_of_before_fingerprints_were_kept_is_calculated_anew(paying, pcn):
    run = paying.calculated(JULY)
    PaymentRun.objects.update(inputs="")
    run.refresh_from_db()
    with clock.at(JULY):
        assert changed_since(run) == ""
        paying.correct("south", 12_916)
        assert changed_since(run) == "GP Direct PCN"


def test_a_run_that_was_decided_does_not_change(paying, pcn):
    run = paying.paid(JULY)
    paying.correct("south", 12_916)
    assert changed_since(run) == ""
    assert len(run.inputs) == 64
