"""What a registration states of its patients becomes a row of the register at go-live."""

from datetime import date

import pytest

from registry.models import ListSize
from registry.workflow.forms import edit_form, form_of
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow


def sizes(case):
    return list(ListSize.objects.filter(organisation=case.pcn_id).order_by("pk"))


def test_a_pcn_that_goes_live_is_in_the_register_with_the_size_that_its_form_states(harrow: Harrow):
    case = steps.live(harrow)
    (size,) = sizes(case)
    assert (size.patients, size.as_at, size.kind) == (34406, date(2019, 1, 1), "registered")
    assert size.source.title == str(form_of(case).source or f"Registration form of {case}, version 1")


def test_a_size_that_was_held_already_is_not_doubled(harrow: Harrow):
    case = steps.confirmed(harrow)
    make.ListSizeFactory.create(organisation=case.pcn.organisation, as_at=date(2019, 1, 1), patients=34406)
    assert len(sizes(steps.do(harrow, case, "go_live", "manager"))) == 1


def test_another_size_for_that_day_gets_a_successor_with_the_form_as_its_source(harrow: Harrow):
    case = steps.confirmed(harrow)
    old = make.ListSizeFactory.create(
        organisation=case.pcn.organisation, as_at=date(2019, 1, 1), patients=30000
    )
    steps.do(harrow, case, "go_live", "manager")
    (standing,) = ListSize.objects.standing().filter(organisation=case.pcn_id)
    assert standing.patients == 34406
    assert standing.supersedes == old


@pytest.mark.parametrize("name", ["received_on", "stated_as_at"])
def test_a_form_is_of_no_day_to_come(harrow: Harrow, name):
    case = steps.drafted(harrow)
    with refused("The day can't be in the future.", name):
        edit_form(
            case,
            by=harrow.user("officer"),
            seen=case.version,
            fields={name: date(2039, 1, 1)},
            members=[],
            directors=[],
        )
