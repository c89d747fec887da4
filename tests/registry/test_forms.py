"""Starting a registration and filling in its form."""

from datetime import date

import pytest

from pcnportal.history.record import events_of
from pcnportal.people.models import Person
from registry.models import Case
from registry.workflow import move
from registry.workflow.forms import edit_form, form_of, start_case
from tests import factories as make
from tests import steps
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import GP_DIRECT, Harrow


def start(harrow, by="officer", **what):
    facts = {"commissioner": harrow.ccg, "round": harrow.round} | what
    return start_case(by=harrow.user(by), **facts)


def edit(harrow, case, by="officer", seen=None, **parts):
    case = Case.objects.get(pk=case.pk)
    typed = steps.form(harrow) | parts
    return edit_form(case, by=harrow.user(by), seen=seen or case.version, **typed)


def test_a_registration_starts_as_a_draft_with_an_empty_form_dated_as_the_round_asks(harrow: Harrow):
    case = start(harrow, pcn=make.PCNFactory.create())
    assert (case.status, case.commissioner, case.kind) == ("draft", harrow.ccg, "registration")
    form = form_of(case)
    assert (form.number, form.is_submitted, form.stated_as_at) == (1, False, date(2019, 1, 1))
    assert (form.received_on, form.stated_list_size, form.payee) == (None, None, None)


def test_a_new_pcn_is_proposed_with_its_registration(harrow: Harrow):
    case = start(harrow, name="  Sphere   PCN ")
    assert str(case) == "Sphere PCN"
    assert case.pcn.organisation.slug == "sphere-pcn"
    assert case.pcn.organisation.code is None
    assert case.pcn.commissioner == harrow.ccg


def test_starting_and_filling_in_write_one_event_each(harrow: Harrow):
    case = start(harrow, name="GP Direct PCN")
    assert [(event.verb, event.commissioner) for event in events_of(case)] == [("started", harrow.ccg)]
    assert [event.verb for event in events_of(case.pcn)] == ["proposed the PCN"]
    with one_event(case, "filled in the form", harrow.user("officer"), form=1):
        edit(harrow, case)


@pytest.mark.parametrize("name", ["GP Direct PCN", "gp  direct pcn", "GP-Direct PCN"])
def test_a_name_that_is_taken_is_refused(harrow: Harrow, name):
    make.PCNFactory.create(name="GP Direct PCN")
    with refused("There is already a PCN called", "name"):
        start(harrow, name=name)


def test_a_name_without_latin_letters_has_an_address_too(harrow: Harrow):
    names = ["医療", "診療", "医療 PCN", "Sphere 医療"]
    slugs = [start(harrow, name=name).pcn.organisation.slug for name in names]
    assert slugs == ["pcn", "pcn-2", "pcn-3", "sphere"]
    with refused("There is already a PCN called 医療.", "name"):
        start(harrow, name="医療")


@pytest.mark.parametrize("name", ["", "   ", "—"])
def test_a_pcn_needs_a_name(harrow: Harrow, name):
    with refused("Enter the name of the PCN.", "name"):
        start(harrow, name=name)


def test_a_pcn_has_one_registration_a_round_unless_it_was_withdrawn(harrow: Harrow):
    case = steps.drafted(harrow)
    with refused("GP Direct PCN already has a registration for 2019/20.", "pcn"):
        start(harrow, pcn=case.pcn)
    move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="Merged with Sphere.")
    assert start(harrow, pcn=case.pcn).pk != case.pk


def test_the_next_round_takes_the_same_pcn_again(harrow: Harrow):
    case = steps.drafted(harrow)
    again = start(harrow, pcn=case.pcn, round=make.RoundFactory.create(year="2020/21"))
    assert Case.objects.filter(pcn=case.pcn).count() == 2
    assert again.round.year == "2020/21"


def test_a_pcn_of_another_commissioner_is_refused(harrow: Harrow):
    other = make.PCNFactory.create(name="Havering North PCN", commissioner=harrow.havering)
    with refused("Havering North PCN belongs to another commissioner.", "pcn"):
        start(harrow, pcn=other)


def test_only_the_primary_care_team_starts_a_registration_and_only_its_own(harrow: Harrow):
    for role in ("secretary", "chair", "member", "finance", "auditor", "admin"):
        with not_allowed():
            start(harrow, by=role, name="Sphere PCN")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        start(harrow, by="officer@havering.example", name="Sphere PCN")


def test_the_form_is_saved_as_typed(harrow: Harrow):
    case = start(harrow, pcn=make.PCNFactory.create(name="GP Direct PCN"))
    form = edit(harrow, case)
    assert (form.stated_list_size, form.received_on) == (34406, date(2019, 5, 15))
    assert [str(m) for m in form.members.all()] == list(GP_DIRECT.values())
    assert [(str(d), str(d.practice), d.share) for d in form.directors.all()] == [
        ("Dr Shahla Ahmad", "GP Direct", None)
    ]


def test_saving_again_replaces_members_and_directors(harrow: Harrow):
    case = steps.drafted(harrow)
    form = edit(harrow, case, members=[{"code": "e84058"}], directors=[])
    assert [(m.code, m.practice) for m in form.members.all()] == [("E84058", harrow.practice("E84058"))]
    assert not form.directors.exists()
    assert case.submissions.count() == 1


def test_a_code_that_no_practice_has_is_kept_and_says_so(harrow: Harrow):
    case = steps.drafted(harrow)
    form = edit(harrow, case, members=[{"code": "E99999"}])
    assert [str(m) for m in form.members.all()] == ["E99999 (not in the register)"]


def test_a_practice_or_a_director_listed_twice_is_refused(harrow: Harrow):
    case = steps.drafted(harrow)
    with refused("Practice E84058 is listed twice.", "members"):
        edit(harrow, case, members=[{"code": "E84058"}, {"code": "e84058"}])
    with refused("dr shahla  ahmad is listed twice.", "directors"):
        edit(harrow, case, directors=[{"name": "Dr Shahla Ahmad"}, {"name": "dr shahla  ahmad"}])


def test_a_director_is_the_person_of_that_name_at_that_practice_and_nobody_else(harrow: Harrow):
    case = steps.drafted(harrow)
    first = form_of(case).directors.get().person
    assert first.organisation == harrow.practice("E84058").organisation
    edit(harrow, case, directors=[{"name": "dr shahla  ahmad", "practice": "E84058"}])
    assert form_of(case).directors.get().person == first
    edit(harrow, case, directors=[{"name": "Dr Shahla Ahmad", "practice": "E84005"}])
    other = form_of(case).directors.get().person
    assert (other.name, other.slug) == ("Dr Shahla Ahmad", "dr-shahla-ahmad-2")


def test_a_misspelt_director_leaves_nobody_behind(harrow: Harrow):
    case = steps.drafted(harrow)
    edit(harrow, case, directors=[{"name": "Dr Shala Amad", "practice": "E84058"}])
    edit(harrow, case, directors=[{"name": "Dr Shahla Ahmad", "practice": "E84058"}])
    assert not Person.objects.filter(name="Dr Shala Amad").exists()
    assert form_of(case).directors.get().person.name == "Dr Shahla Ahmad"


@pytest.mark.parametrize("bring", [steps.received, steps.under_review, steps.approved, steps.live])
def test_a_form_that_was_received_is_not_changed(harrow: Harrow, bring):
    case = bring(harrow)
    with refused(f"The form of GP Direct PCN can't be changed: it is “{case.get_status_display()}”."):
        edit(harrow, case)


def test_who_may_not_submit_may_not_fill_in_the_form(harrow: Harrow):
    case = steps.drafted(harrow)
    with not_allowed():
        edit(harrow, case, by="secretary")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        edit(harrow, case, by="officer@havering.example")


def test_who_saves_over_a_newer_form_is_told(harrow: Harrow):
    case = steps.drafted(harrow)
    seen = case.version
    edit(harrow, case, by="manager", fields={"stated_list_size": 34407})
    with stale():
        edit(harrow, case, seen=seen)
    steps.do(harrow, case, "submit", "manager")
    with stale():
        edit(harrow, case, seen=seen)
    assert form_of(case).stated_list_size == 34407
