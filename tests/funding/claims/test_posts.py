"""Staff: posts that are vacant, baselines that are replaced, and whose they are."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.claims import agreed_claims
from funding.models import Baseline
from funding.workflow.claims import (
    vacate_post,
)
from registry.models import PCN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused
from tests.funding.claims.acting import baseline, claim, fill, judge
from tests.funding.money import year
from tests.harrow import Harrow

pytestmark = pytest.mark.usefixtures("autumn")


def test_a_vacant_post_is_claimed_until_it_is_vacant(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    claim(harrow, post, month=date(2019, 8, 1))
    with refused("August 2019 is claimed for it.", "ends_on"):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 8, 1))
    with refused("Choose a day after 15 July 2019, when it was filled.", "ends_on"):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 7, 15))
    with one_event(post, "vacated a post", harrow.user("officer")):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 9, 1))
    with refused("The post is vacant from 1 September 2019.", "month"):
        claim(harrow, post, month=date(2019, 9, 1))
    with refused("The post is vacant from 1 September 2019 already."):
        vacate_post(post, by=harrow.user("officer"), ends_on=date(2019, 9, 2))


def test_a_baseline_is_replaced_with_a_reason_and_the_newest_counts(harrow: Harrow, east: PCN):
    baseline(harrow, east, "1")
    with refused("A baseline of 1.00 WTE is held. Say why it is replaced.", "reason"):
        baseline(harrow, east, "0")
    with refused("Nothing differs from the baseline that is held.", "wte"):
        baseline(harrow, east, "1", reason="Again.")
    baseline(harrow, east, "0", reason="The pharmacist was a locum.")
    assert Baseline.objects.filter(superseded_by__isnull=True).get().wte == 0
    claim(harrow, fill(harrow, east))


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"starts_on": date(2019, 10, 1)}, "Record a post once it is filled.", "starts_on"),
        ({"wte": Decimal("1.5")}, "A post is 1 WTE at most", "wte"),
        ({"title": " "}, "Say which post it is.", "title"),
        ({"source": None}, "Say where you read it.", "source_title"),
    ],
)
def test_what_is_wrong_with_a_post_is_named(harrow: Harrow, east: PCN, facts, sentence, field):
    with refused(sentence, field):
        fill(harrow, east, **facts)


def test_another_commissioners_staff_are_not_theirs(harrow: Harrow, east: PCN):
    baseline(harrow, east)
    post = fill(harrow, east)
    made = claim(harrow, post)
    other = "finance@havering.example"
    for verb in (baseline, fill):
        with not_allowed("This belongs to another commissioner"):
            verb(harrow, east, by=other)
    with not_allowed("This belongs to another commissioner"):
        judge(harrow, made, by=other)
    with not_allowed():
        judge(harrow, made, by="officer")
    with not_allowed():
        baseline(harrow, east, by="officer")


def test_claims_of_many_pcns_are_read_in_the_same_number_of_questions(
    harrow: Harrow, east: PCN, django_assert_max_num_queries: Any
):
    asked: list[int] = []
    for name in ("Sphere", "Healthsense"):
        pcn = make.PCNFactory.create(name=name)
        baseline(harrow, pcn)
        judge(harrow, claim(harrow, fill(harrow, pcn)))
        with django_assert_max_num_queries(8) as found:
            assert len(agreed_claims(year(), None)) == len(asked) + 1
        asked.append(len(found))
    assert len(set(asked)) == 1
