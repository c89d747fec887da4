"""Questions whose SQL is kept give what the query set gives, for every shape of their values."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, Value
from django.test.utils import CaptureQueriesContext

from pcnportal.pages.prepared import Whole, prepared
from pcnportal.people.models import Organisation

pytestmark = pytest.mark.django_db
DAY_OF_NONE = date(2019, 6, 30)


def ask(day: date, ids: list[int] | None, others: list[int]) -> Any:
    rows = Organisation.objects.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day)).order_by()
    rows = rows if ids is None else rows.filter(pk__in=ids)
    kept = rows.exclude(name="100% “it's”").values_list("pk", "name", "opened_on", Value(0))
    more = Organisation.objects.filter(pk__in=others).order_by()
    return kept.union(more.values_list("pk", "name", "opened_on", Value(1)))


@pytest.fixture
def pks() -> list[int]:
    names = ["Zain", "100% “it's”", "Kenton", *(f"Surgery {number}" for number in range(40))]
    return [
        Organisation.objects.create(
            slug=f"p{at}", code=f"P{at}", name=name, kind="practice", opened_on=date(2019, 1 + at % 12, 1)
        ).pk
        for at, name in enumerate(names)
    ]


def test_every_shape_of_values_gives_what_the_query_set_gives(pks):
    asked = prepared(ask)
    ids: list[int] | None
    others: list[int]
    for day in (date(2019, 1, 1), date(2019, 6, 30)):
        for ids in (None, [], pks[:1], pks[:2], pks[:17], pks[:19], pks):
            for others in ([], pks[:3]):
                for _ in range(2):  # written, then kept
                    assert sorted(asked(day, ids, others)) == sorted(ask(day, ids, others)), (
                        day,
                        ids,
                        others,
                    )


def test_it_is_asked_once_and_a_question_about_nothing_not_at_all(pks):
    asked = prepared(ask)
    with CaptureQueriesContext(connection) as queries:
        asked(date(2019, 6, 30), pks[:5], [])
        assert asked(date(2019, 6, 30), [], []) == []
    assert len(queries) == 1


def test_lists_of_like_length_share_their_sql(pks):
    built = []

    def counted(*values: Any) -> Any:
        built.append(values)
        return ask(*values)

    asked = prepared(counted)
    for length in range(17, 19):
        assert len(asked(date(2020, 1, 1), pks[:length], [])) == length - 1
    assert len(built) == 1


def test_a_part_and_a_count_are_those_of_the_query_set(pks):
    def ordered(day: date, ids: list[int]) -> Any:
        rows = Organisation.objects.filter(opened_on__lte=day, pk__in=ids).order_by("-name", "pk")
        return rows.values_list("pk", "name")

    asked = prepared(ordered)
    for day in (date(2019, 3, 1), date(2019, 12, 31)):
        every = list(ordered(day, pks))
        for start, stop in ((0, 5), (5, 10), (len(every) - 2, len(every) + 7), (99, 104)):
            assert asked.part(start, stop, day, pks) == every[start:stop]
        for most in (1, 3, len(every), 1000):
            assert asked.count(most, day, pks) == min(most, len(every))
    assert asked.count(9, DAY_OF_NONE, []) == 0
    assert asked.part(0, 9, DAY_OF_NONE, []) == []


def test_rows_of_a_list_come_as_dictionaries_by_pages(pks):
    def named(day: date) -> Any:
        return (
            Organisation.objects.filter(opened_on__lte=day).order_by("name", "pk").values_list("pk", "name")
        )

    whole = Whole(prepared(named), prepared(named), ("pk", "name"), date(2019, 12, 31))
    every = list(named(date(2019, 12, 31)).values("pk", "name"))
    assert (len(whole), whole[3:6]) == (len(every), every[3:6])
