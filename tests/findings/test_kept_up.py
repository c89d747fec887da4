"""Whatever somebody does leaves the findings true; what they say of a day that passed."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from pcnportal import clock, findings_list
from pcnportal.findings import keeping
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import refresh
from pcnportal.history.record import record
from registry.findings import RULES
from registry.models import Commitment
from registry.workflow.conditions import submit_evidence
from registry.workflow.register.posts import appoint_director, end_director
from registry.workflow.register.practices import merge_practice
from tests import steps
from tests.findings.making import DAY, directs, practice, said
from tests.findings.making import pcn as a_pcn
from tests.reading import signed_in

pytestmark = pytest.mark.django_db
NOVEMBER = date(2019, 11, 24)


@pytest.fixture
def condition(harrow):
    return steps.approved(harrow, conditions=[steps.wanted(harrow)]).conditions.get()


def promise(harrow, condition, kind="agreement", **facts):
    return Commitment.objects.create(
        case=condition.case,
        condition=condition,
        kind=kind,
        text="The merger",
        promised_by="Zain Medical Centre",
        source=harrow.report,
        **facts,
    )


def passed():
    return Finding.objects.filter(rule="commitment-passed").order_by("pk")


def test_the_link_that_a_finding_gives_mends_it(harrow, condition, django_capture_on_commit_callbacks):
    made = promise(harrow, condition, ends_on=NOVEMBER)
    officer = signed_in(harrow.user("officer"))
    typed = {"seen": condition.case.version, "happened_on_day": "4", "happened_on_month": "12"}
    with clock.at(DAY):
        refresh(RULES)
        (found,) = passed()
        assert found.gone_on is None
        with django_capture_on_commit_callbacks(execute=True):
            sent = officer.post(f"/commitments/{made.pk}/happened/", typed | {"happened_on_year": "2019"})
        assert sent.status_code == 302
    found.refresh_from_db()
    assert found.gone_on == DAY


def test_evidence_that_waits_for_a_judgement_is_seen_at_once(
    harrow, condition, django_capture_on_commit_callbacks
):
    promise(harrow, condition, ends_on=NOVEMBER)
    with clock.at(DAY):
        refresh(RULES)
        with django_capture_on_commit_callbacks(execute=True):
            submit_evidence(
                condition, by=harrow.user("officer"), seen=condition.case.version, text="They merged."
            )
    assert [found.gone_on for found in passed()] == [DAY]


def test_several_events_of_one_transaction_ask_once_and_only_who_reads_them(
    harrow, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(keeping, "refresh", lambda rules: asked.append({rule.slug for rule in rules}))
    where = a_pcn("Harrow East PCN", of=harrow.ccg)
    condition = steps.approved(harrow, conditions=[steps.wanted(harrow)]).conditions.get()
    with django_capture_on_commit_callbacks(execute=True):
        record(harrow.user("officer"), "renamed", where)
        record(harrow.user("officer"), "closed", where)
    with django_capture_on_commit_callbacks(execute=True):
        record(harrow.user("officer"), "extended", condition, whole=condition.case)
    with django_capture_on_commit_callbacks(execute=True):
        record(harrow.user("officer"), "filled in the form", condition.case)
    first, *later = asked
    assert {rule.slug for rule in RULES} <= first
    assert later == [{"commitment-passed"}]


def test_every_kind_of_record_that_a_rule_waits_for_is_one():
    kinds = set(ContentType.objects.values_list("model", flat=True))
    assert {kind for rule in findings_list.RULES for kind in rule.after} <= kinds


def test_a_doubt_about_a_day_is_as_old_as_that_day(harrow, condition):
    promise(harrow, condition, ends_on=NOVEMBER)
    refresh(RULES, day=DAY)
    assert passed().get().first_seen == NOVEMBER


def test_a_merger_that_the_register_holds_is_named_beside_the_one_expected(harrow, condition):
    zain, savita = practice("Zain", of=harrow.ccg), practice("Savita", of=harrow.ccg)
    expected = promise(harrow, condition, "expected_event", ends_on=NOVEMBER)
    expected.parties.set([zain.pk, savita.pk])
    with clock.at(DAY):
        merge_practice(
            zain,
            by=harrow.user("officer"),
            into=savita,
            on=date(2019, 11, 1),
            source=harrow.report,
            reason="They merged.",
        )
    ((_, _, found),) = said("commitment-passed")
    assert found == (
        "Expected by 24 November 2019; nothing says that it happened; "
        "the register says: Zain merged into Savita, 1 November 2019"
    )


class TestDirectorsOfOneName:
    RULE = "directors-of-one-name"

    @pytest.fixture
    def two(self, harrow):
        return a_pcn("Harrow East PCN", of=harrow.ccg), a_pcn("Sphere PCN", of=harrow.ccg)

    def appoint(self, harrow, where, name, **facts):
        with clock.at(DAY):
            return appoint_director(
                where,
                by=harrow.user("officer"),
                name=name,
                on=date(2019, 12, 1),
                source=harrow.report,
                reason="They wrote to us.",
                **facts,
            )

    def test_two_persons_of_one_name_are_asked_about(self, harrow, two):
        honeypot = practice("Honeypot Medical Centre", of=harrow.ccg)
        person = directs("Dr Ashok Kelshiker", two[1]).person
        person.organisation = honeypot.organisation
        person.save()
        self.appoint(harrow, two[0], "ashok  Kelshiker")
        ((subject, stated, found),) = said(self.RULE)
        assert (subject, stated) == (
            "Dr Ashok Kelshiker",
            "Dr Ashok Kelshiker, clinical director of Sphere PCN",
        )
        assert found == "ashok Kelshiker, clinical director of Harrow East PCN"
        assert said("director-of-two-pcns") == []

    def test_one_who_was_ended_and_appointed_anew_is_asked_about_again(self, harrow, two):
        first, second = (directs("Dr N Rao", where) for where in two)
        assert len(said("director-of-two-pcns")) == 1
        member = practice("Honeypot Medical Centre", of=harrow.ccg)
        member.memberships.create(pcn=two[1], starts_on=None)
        with clock.at(DAY):
            end_director(
                second,
                by=harrow.user("officer"),
                on=date(2019, 12, 1),
                source=harrow.report,
                reason="They left.",
            )
        assert said(self.RULE) == []
        self.appoint(harrow, two[1], "Dr N Rao", practice=member)
        assert [stated for _, stated, _ in said(self.RULE)] == [
            f"{first.person}, clinical director of Harrow East PCN"
        ]

    def test_two_of_one_name_in_one_pcn_and_those_of_other_names_are_not(self, harrow, two):
        directs("Dr N Rao", two[0])
        make = directs("Dr N Rao", two[0])
        make.person.name = "Dr M Rao"
        make.person.save()
        directs("Dr P Rao", two[1])
        assert said(self.RULE) == []

    def test_it_leads_to_both_pcns(self, harrow, two):
        rule = next(rule for rule in RULES if rule.slug == self.RULE)
        directs("Dr N Rao", two[0])
        other = directs("Dr Other", two[1]).person
        other.name = "N. Rao"
        other.save()
        (doubt,) = rule.find(DAY)
        assert [link.text for link in rule.mend(doubt.subject, doubt.key)] == [
            "The directors of Harrow East PCN",
            "The directors of Sphere PCN",
        ]
