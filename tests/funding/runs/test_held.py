"""What is held, what releases it, and what is kept when somebody is no longer there."""

from datetime import date

from pcnportal.people.models import FormerDetail
from registry.models import ListSize, PCNPeriod
from tests import factories as make
from tests.funding.runs.paying import APRIL, AUGUST, JULY, SEPTEMBER, line, pays


def test_a_pcn_that_is_not_live_is_held_and_the_whole_period_is_due_when_it_goes_live(paying):
    pcn = paying.pcn("GP Direct PCN", live_from=None, north=32_716)
    core = line(paying.paid(JULY), pcn)
    assert (core.state, pays(core)) == ("held", ("49074.00", "0.00", "0.00"))
    assert core.why == "The PCN is not live. The whole period is due when the PCN goes live."
    paying.goes_live(pcn, date(2019, 8, 1))
    core = line(paying.paid(AUGUST), pcn)
    assert (core.state, pays(core)) == ("due", ("49074.00", "0.00", "20447.50"))


def test_a_list_of_the_wrong_kind_never_pays(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    held = line(paying.paid(JULY), pcn, "network-participation")
    assert (held.state, held.amount, str(held.to_pay)) == ("not_held", None, "0.00")
    assert held.why == "The weighted list size at 1 January 2019 is not held of north."
    paying.list_size("north", 30_000, kind=ListSize.Kind.WEIGHTED)
    # 30,000 × £1.761 = £52,830.00; five twelfths by 31 August.
    assert pays(line(paying.paid(AUGUST), pcn, "network-participation")) == ("52830.00", "0.00", "22012.50")


def test_staff_without_a_claim_is_not_paid(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    held = line(paying.paid(JULY), pcn, "clinical-pharmacist")
    assert (held.state, held.amount, str(held.to_pay)) == ("no_claim", None, "0.00")


def test_a_pcn_found_not_to_be_live_keeps_what_was_paid_and_gets_no_more(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    paying.paid(JULY)
    PCNPeriod.objects.filter(pcn=pcn).update(starts_on=date(2019, 9, 1))
    run = paying.paid(AUGUST)
    assert (line(run, pcn).state, pays(line(run, pcn))) == ("held", ("49074.00", "16358.00", "0.00"))
    assert not run.lines.filter(state="arrears").exists()
    assert pays(line(paying.paid(SEPTEMBER), pcn)) == ("49074.00", "16358.00", "8179.00")


def test_a_pcn_that_another_commissioner_took_over_keeps_its_months_and_is_not_paid_twice(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    paying.pcn("Sphere PCN", south=30_000)
    paying.paid(JULY)
    other = make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
    pcn.commissioner = other
    pcn.save()
    FormerDetail.objects.create(
        organisation=pcn.organisation, what="commissioner", value="08E", until=date(2019, 8, 15)
    )
    run = paying.paid(AUGUST)
    assert not run.lines.filter(pcn=pcn).exists()
    for email in ("finance", "approver"):
        role = paying.user(email).roles.get()
        make.RoleFactory.create(user=role.user, organisation=other, role=role.role, starts_on=APRIL)
        del role.user.roles_in_force
        vars(paying.user(email)).pop("roles_in_force", None)
    paying.ccg = other
    assert pays(line(paying.paid(AUGUST), pcn)) == ("49074.00", "16358.00", "4089.50")


def test_without_a_payee_the_line_has_none(paying):
    pcn = paying.pcn("GP Direct PCN", north=32_716)
    paying.pcn("Sphere PCN", south=30_000)
    paying.payee(pcn, "north")
    run = paying.paid(JULY)
    assert str(line(run, pcn).payee) == "north"
    assert run.lines.filter(payee=None, pcn__organisation__name="Sphere PCN", to_pay__gt=0).count() == 3


def test_a_list_that_is_no_longer_held_takes_nothing_back(paying):
    pcn = paying.pcn("GP Direct PCN", north=(32_716, 30_000))
    paying.paid(JULY)
    lists = ListSize.objects.filter(organisation=paying.practices["north"].organisation)
    lists.update(as_at=APRIL)
    run = paying.paid(AUGUST)
    core, shared = line(run, pcn), line(run, pcn, "network-participation")
    assert [(one.state, one.amount, str(one.to_pay)) for one in (core, shared)] == [
        ("not_held", None, "0.00")
    ] * 2
    # Four months of £4,089.50, and of £4,402.50 to the practice, stay paid.
    assert [str(one.paid_before) for one in (core, shared)] == ["16358.00", "17610.00"]
    assert [str(share.paid_before) for share in shared.shares.all()] == ["17610.00"]
    assert not run.lines.filter(state="arrears").exists()
    lists.update(as_at=paying.year.list_size_on)
    assert pays(line(paying.paid(SEPTEMBER), pcn)) == ("49074.00", "16358.00", "8179.00")
