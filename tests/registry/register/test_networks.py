"""A PCN gets its code, another name, other people, and closes; every day before shows what stood then."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal import clock
from pcnportal.people.models import FormerDetail, Organisation
from registry.models import ClinicalDirector, Membership, NominatedPayee, PCNPeriod
from registry.workflow import register as verbs
from tests import factories as make
from tests import steps

from .conftest import JULY, OCTOBER
from .test_practices import refused

pytestmark = pytest.mark.django_db
NOVEMBER = date(2019, 11, 1)


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


def former(pcn, what):
    rows = FormerDetail.objects.filter(organisation=pcn.pk, what=what)
    return list(rows.values_list("value", "until"))


def test_a_pcn_has_no_code_until_the_day_on_which_ods_gave_it(east, why):
    verbs.code_pcn(east, code="u51050", on=OCTOBER, **why)
    assert Organisation.objects.get(pk=east.pk).code == "U51050"
    assert former(east, "code") == [("", OCTOBER)]


@pytest.mark.parametrize("code", ["51050", "U5105", "U510500", "E84039", "", "U5105\u0660"])
def test_a_code_of_a_pcn_is_u_and_five_digits(east, asked, code):
    refused("U and five digits", asked(verbs.code_pcn, east, code=code, on=OCTOBER), "code")


def test_a_code_belongs_to_one_pcn(east, sphere, asked, why):
    verbs.code_pcn(east, code="U51050", on=OCTOBER, **why)
    refused(
        "is the code of Harrow East PCN", asked(verbs.code_pcn, sphere, code="U51050", on=OCTOBER), "code"
    )
    refused("already the code", asked(verbs.code_pcn, east, code="U51050", on=NOVEMBER), "code")


def test_names_follow_one_another_in_order(east, asked, why):
    slug = east.organisation.slug
    verbs.rename_pcn(east, name="Harrow East", on=OCTOBER, **why)
    verbs.rename_pcn(east, name="East Harrow", on=NOVEMBER, **why)
    assert former(east, "name") == [("Harrow East PCN", OCTOBER), ("Harrow East", NOVEMBER)]
    assert Organisation.objects.get(pk=east.pk).slug == slug
    refused(
        "name changed on 1 November 2019 already",
        asked(verbs.rename_pcn, east, name="Else", on=OCTOBER),
        "on",
    )
    refused(
        "called East Harrow already", asked(verbs.rename_pcn, east, name="East  Harrow", on=NOVEMBER), "name"
    )


def test_a_name_is_not_recorded_before_its_day(east, asked):
    refused("on that day or later", asked(verbs.rename_pcn, east, name="Else", on=date(2020, 1, 1)), "on")


def test_a_pcn_that_closes_ends_its_members_and_posts(east, why, asked):
    verbs.close_pcn(east, on=OCTOBER, **why)
    for fact in (Membership, ClinicalDirector, NominatedPayee):
        assert set(fact.objects.standing().values_list("ends_on", flat=True)) == {OCTOBER}
    assert list(PCNPeriod.objects.standing().values_list("status", "starts_on", "ends_on")) == [
        ("live", JULY, OCTOBER),
        ("closed", OCTOBER, None),
    ]
    refused("closed on 1 October 2019 already", asked(verbs.close_pcn, east, on=NOVEMBER), "on")
    refused("closed on 1 October", asked(verbs.rename_pcn, east, name="Else", on=NOVEMBER), "on")


def test_a_pcn_with_an_open_registration_does_not_close(harrow, asked):
    case = steps.received(harrow)
    refused("registration of GP Direct PCN is still open", asked(verbs.close_pcn, case.pcn, on=OCTOBER))


def test_a_director_is_appointed_from_a_member_practice(harrow, east, sphere, why, asked):
    made = verbs.appoint_director(
        east, name="Dr  A New", practice=harrow.practice("E84075"), share=Decimal(40), on=OCTOBER, **why
    )
    assert (str(made.person), made.starts_on, made.share) == ("Dr A New", OCTOBER, Decimal(40))
    refused(
        "holds the post already", asked(verbs.appoint_director, east, name="dr a new", on=OCTOBER), "name"
    )
    refused(
        "not a member of Sphere PCN",
        asked(verbs.appoint_director, sphere, name="Dr B", practice=harrow.practice("E84075"), on=OCTOBER),
        "practice",
    )
    call = asked(verbs.appoint_director, east, name="Dr B", share=Decimal("60.01"), on=OCTOBER)
    refused("more than 100 %", call, "share")


def test_a_director_leaves_the_post_on_a_day_after_the_first(east, why, asked):
    director = ClinicalDirector.objects.get()
    refused("holds the post from 1 July", asked(verbs.end_director, director, on=JULY), "on")
    verbs.end_director(director, on=OCTOBER, **why)
    assert not ClinicalDirector.objects.on(OCTOBER).exists()
    refused("held the post until 1 October", asked(verbs.end_director, director, on=NOVEMBER), "on")


def test_one_payee_follows_another(harrow, east, why, asked):
    new = harrow.practice("E84075").organisation
    verbs.change_payee(east, payee=new, on=OCTOBER, **why)
    rows = NominatedPayee.objects.standing().order_by("starts_on")
    assert [(str(row), row.starts_on, row.ends_on) for row in rows] == [
        ("Honeypot Medical Centre", JULY, OCTOBER),
        ("Mollison Way Surgery", OCTOBER, None),
    ]
    refused("is payee already", asked(verbs.change_payee, east, payee=new, on=NOVEMBER), "payee")
    refused(
        "payee from 1 October 2019",
        asked(verbs.change_payee, east, payee=harrow.practice("E84014").organisation, on=OCTOBER),
        "on",
    )


def test_a_first_payee_needs_none_before(harrow, sphere, why):
    verbs.change_payee(
        sphere, payee=make.OrganisationFactory.create(name="Harrow Health CIC"), on=OCTOBER, **why
    )
    assert str(NominatedPayee.objects.get(pcn=sphere)) == "Harrow Health CIC"
