"""The name of a practice is that of the newest file, whichever of two kinds comes first."""

from datetime import date

import pytest

from pcnportal.people.models import FormerDetail, Organisation
from tests.registry.imports.importing import FEBRUARY, february, lines, members, ods, register

pytestmark = pytest.mark.django_db


def test_a_name_is_that_of_the_newest_file_whichever_comes_first():
    ods()
    february(members("2022", {"E84058": {1: "GP DIRECT AT ROXETH"}}))
    before = register()
    assert (name(), former_names()) == ("GP DIRECT AT ROXETH", {("GP DIRECT", FEBRUARY)})
    assert ods()[1].is_empty
    assert register() == before


def test_an_older_file_adds_the_name_that_stood_before_and_takes_nothing_back():
    february(members("2022", {"E84058": {1: "GP DIRECT AT ROXETH"}}))
    _run, plan = ods()
    assert (name(), former_names()) == ("GP DIRECT AT ROXETH", {("GP DIRECT", FEBRUARY)})
    assert ("E84058", "Name", "", "GP DIRECT") in lines(plan, "changed")
    assert ods()[1].is_empty


def test_the_report_says_what_it_is_in_words():
    february()
    _run, plan = ods()
    said = {(column, new) for code, column, _, new in lines(plan, "changed") if code == "E84058"}
    assert ("Opened", "1 April 1974") in said
    assert {column for column, _ in said} <= {"Opened", "Postcode", "Commissioner"}


def name() -> str:
    return Organisation.objects.get(code="E84058").name


def former_names() -> set[tuple[str, date]]:
    rows = FormerDetail.objects.filter(organisation__code="E84058", what="name")
    return set(rows.values_list("value", "until"))
