"""Starting a registration: which round, which PCN."""

from datetime import date

import pytest
from django.urls import reverse

from registry.models import PCN, Case, Practice, Round
from registry.workflow import move
from registry.workflow.forms import form_of, start_case
from tests import factories as make
from tests.registry.pages.reading import errors, main, words

ADDRESS = "/registrations/new/"


@pytest.fixture
def east(harrow):
    return make.PCNFactory.create()


def typed(harrow, **other):
    return {"round": harrow.round.pk, "which": "held", "pcn": "", "name": ""} | other


def test_a_pcn_of_the_register_starts_with_an_empty_form(officer, harrow, east):
    answer = officer.post(ADDRESS, typed(harrow, pcn="harrow east"))
    case = Case.objects.get()
    assert answer.url == reverse("registry:form", args=[case.pk])
    assert (case.pcn, case.round, case.commissioner, case.status) == (east, harrow.round, harrow.ccg, "draft")
    assert not form_of(case).members.exists()


def test_a_new_pcn_is_made_with_the_name_that_was_typed(officer, harrow):
    officer.post(
        ADDRESS, typed(harrow, which="new", name=" Kodak  PCN", pcn="nonsense that stayed in the box")
    )
    pcn = PCN.objects.get()
    assert (pcn.organisation.name, pcn.organisation.code, pcn.commissioner) == ("Kodak PCN", None, harrow.ccg)


def test_pcns_without_a_registration_are_suggested(officer, harrow, east):
    taken = make.PCNFactory.create(name="Sphere PCN")
    start_case(by=harrow.user("officer"), commissioner=harrow.ccg, round=harrow.round, pcn=taken)
    make.PCNFactory.create(name="Marshall PCN", commissioner=harrow.havering)
    assert main(officer.get(ADDRESS)).count("<option") == 1
    assert '<option value="Harrow East PCN">' in main(officer.get(ADDRESS))


def test_after_a_withdrawal_the_pcn_is_suggested_again(officer, harrow, east):
    case = start_case(by=harrow.user("officer"), commissioner=harrow.ccg, round=harrow.round, pcn=east)
    assert "<option" not in main(officer.get(ADDRESS))
    move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="A mistake")
    assert "<option" in main(officer.get(ADDRESS))


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"which": ""}, "#id_which", "Choose whether the PCN is in the register or new"),
        ({"pcn": ""}, "#id_pcn", "Enter the name or the ODS code of the PCN"),
        ({"pcn": "Nowhere PCN"}, "#id_pcn", "No PCN has the code or name “Nowhere PCN”."),
        ({"pcn": "Marshall PCN"}, "#id_pcn", "No PCN has the code or name “Marshall PCN”."),
        ({"pcn": "Sphere PCN"}, "#id_pcn", "Sphere PCN already has a registration for 2019/20."),
        ({"which": "new"}, "#id_name", "Enter the name of the new PCN"),
        ({"which": "new", "name": "sphere pcn"}, "#id_name", "There is already a PCN called sphere pcn."),
        ({"round": "", "which": "new", "name": "Kodak PCN"}, "#id_round", "Choose an answer: Round"),
    ],
)
def test_wrong_answers_are_kept_and_named(officer, harrow, data, field, sentence):
    taken = make.PCNFactory.create(name="Sphere PCN")
    make.PCNFactory.create(name="Marshall PCN", commissioner=harrow.havering)
    start_case(by=harrow.user("officer"), commissioner=harrow.ccg, round=harrow.round, pcn=taken)
    answer = officer.post(ADDRESS, typed(harrow, **data))
    assert errors(answer) == {field: sentence}
    for name in ("pcn", "name"):
        assert not data.get(name) or f'value="{data[name]}"' in main(answer)
    assert Case.objects.count() == 1


def test_the_newest_round_comes_first_and_is_chosen(officer, harrow):
    make.RoundFactory.create(year="2020/21", title="Network Contract DES 2020/21")
    page = main(officer.get(ADDRESS))
    assert page.index("DES 2020/21") < page.index("DES 2019/20")
    newest = Round.objects.get(year="2020/21")
    assert f'value="{newest.pk}" checked' in page


def test_who_works_for_two_commissioners_is_asked_for_which(officer, harrow):
    user = harrow.user("officer")
    make.RoleFactory.create(user=user, organisation=harrow.havering, role="officer")
    assert "NHS Havering CCG" in words(officer.get(ADDRESS))
    answer = officer.post(ADDRESS, typed(harrow, which="new", name="Marshall PCN"))
    assert list(errors(answer)) == ["#id_commissioner"]
    officer.post(ADDRESS, typed(harrow, which="new", name="Marshall PCN", commissioner=harrow.havering.pk))
    assert Case.objects.get().commissioner == harrow.havering


def test_one_commissioner_is_not_asked_for(officer, harrow):
    assert "commissioner" not in main(officer.get(ADDRESS)).lower()


def test_without_a_round_nothing_can_be_started(officer, harrow):
    Round.objects.all().delete()
    page = officer.get(ADDRESS)
    assert "No round of registrations is held." in words(page)
    assert "<form" not in main(page)


def test_who_may_not_start_a_registration_is_refused(client, harrow):
    for name in ("member", "secretary", "finance@havering.example"):
        client.force_login(harrow.user(name))
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, typed(harrow, which="new", name="Kodak PCN")).status_code == 403
    assert not Case.objects.exists()


def test_a_closed_pcn_can_not_be_registered(officer, harrow, east):
    east.organisation.closed_on = date(2019, 4, 1)
    east.organisation.save()
    assert "<option" not in main(officer.get(ADDRESS))
    assert list(errors(officer.post(ADDRESS, typed(harrow, pcn="Harrow East PCN")))) == ["#id_pcn"]
    assert not Practice.objects.exists()
