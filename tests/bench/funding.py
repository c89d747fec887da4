"""Run in a process of its own: how many times the bare insert of its rows a payment run takes.

1,260 PCNs with five payments of twelve months each. Both from the same state, in turns, each taken back at
its end; every amount is compared with one that is worked out anew in whole pence. Prints the ratio.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from funding.models import (  # noqa: E402
    Baseline,
    Claim,
    FinancialYear,
    Payment,
    PaymentRun,
    Post,
    Rate,
    RunInstalment,
    RunLine,
    RunShare,
    Term,
)
from funding.workflow.runs import calculate_run  # noqa: E402
from pcnportal import clock  # noqa: E402
from pcnportal.people.models import Organisation, Role, User  # noqa: E402
from registry.models import PCN, ListSize, Membership, NominatedPayee, PCNPeriod, Practice  # noqa: E402
from tests.bench.bulk import analyse, load  # noqa: E402
from tests.bench.register import FIRST, SOURCE, Size, fill  # noqa: E402
from tests.bench.timing import timed  # noqa: E402

PCNS, ROUNDS = 1_260, 5
APRIL, COUNTED, PAID_ON = date(2019, 4, 1), date(2019, 1, 1), date(2019, 10, 31)
# Slug, list, millipounds a patient, to practices.
LISTED = (
    ("core", "registered", 1_500, False),
    ("director", "registered", 514, False),
    ("hours", "registered", 1_099, False),
    ("participation", "weighted", 1_761, True),
)
YEARLY, PERCENT = 3_781_000, 70
WRITTEN = (RunLine, RunInstalment, RunShare)
MONTHS = [date(2019 + n // 12, n % 12 + 1, 1) for n in range(3, 15)]


def rates(year: FinancialYear) -> None:
    for position, (slug, per, milli, is_shared) in enumerate((*LISTED, ("staff", "post", 0, False))):
        to = Payment.Payee.PRACTICES if is_shared else Payment.Payee.NOMINATED
        payment = Payment.objects.create(
            slug=slug, name=slug, payee=to, is_staff=per == "post", position=900 + position
        )
        period = {"starts_on": APRIL, "ends_on": year.ends_on, "source_id": SOURCE}
        term = Term.objects.create(year=year, payment=payment, timing="arrears", **period)
        of_post = {"percent": PERCENT, "posts": 1} if per == "post" else {}
        Rate.objects.create(
            term=term, per=per, pounds=Decimal(milli or YEARLY * 10) / 1000, confidence="H",
            **period, **of_post,
        )  # fmt: skip


def write() -> tuple[FinancialYear, Organisation, User]:
    """A register of England’s size under one commissioner, live since April, with lists and claims."""
    practices = next(n for n in range(PCNS * 5, PCNS * 6) if Size(n).pcns == PCNS)
    fill(practices)
    size, chance = Size(practices), random.Random(5)
    for model in (Practice, PCN):
        model.objects.update(commissioner=FIRST)
    for dated in (Membership, PCNPeriod):
        dated.objects.update(starts_on=APRIL)
    Organisation.objects.update(closed_on=None)
    pcns = [FIRST + size.commissioners + number for number in range(PCNS)]
    of_list = ("organisation_id", "kind", "as_at", "patients", "source_id")
    kinds = (ListSize.Kind.REGISTERED, ListSize.Kind.WEIGHTED)
    sizes = (
        (size.practice(n), kinds[0], COUNTED, chance.randrange(1500, 18_000), SOURCE)
        for n in range(practices)
    )
    weighted = (
        (size.practice(n), kinds[1], COUNTED, Decimal(chance.randrange(150_000, 1_800_000)) / 100, SOURCE)
        for n in range(practices)
    )
    load(ListSize, of_list, sizes)
    load(ListSize, of_list, weighted)
    load(NominatedPayee, ("pcn_id", "organisation_id", "starts_on", "source_id"),
         ((pcn, size.practice(0), APRIL, SOURCE) for pcn in pcns))  # fmt: skip
    year = FinancialYear.objects.create(
        slug="2019-20", name="2019/20", starts_on=APRIL, ends_on=date(2020, 4, 1), list_size_on=COUNTED
    )
    rates(year)
    user = User.objects.get()
    Role.objects.create(user=user, organisation_id=FIRST, role="finance", starts_on=date(2019, 1, 1))
    staff = Payment.objects.get(slug="staff").pk
    load(Baseline, ("pcn_id", "payment_id", "as_at", "wte", "source_id"),
         ((pcn, staff, APRIL, 0, SOURCE) for pcn in pcns))  # fmt: skip
    load(Post, ("pcn_id", "payment_id", "title", "wte", "starts_on", "source_id"),
         ((pcn, staff, "Pharmacist", 1, APRIL, SOURCE) for pcn in pcns))  # fmt: skip
    other = User.objects.create(email="judge@bench.example", name="Judge")
    posts, at = dict(Post.objects.values_list("pcn", "pk")), "2019-10-31 09:00:00+00"
    columns = ("post_id", "month", "cost", "status", "file_name", "sha256", "submitted_by_id", "submitted_at")
    told = ("agreed", "payslip", "0" * 64, user.pk, at, other.pk, at)
    load(Claim, (*columns, "judged_by_id", "judged_at"), (
        (posts[pcn], month, Decimal(chance.randrange(200_000, 600_000)) / 100, *told)
        for pcn in pcns for month in MONTHS
    ))  # fmt: skip
    analyse()
    return year, Organisation.objects.get(pk=FIRST), user


def whole_pence() -> Iterator[tuple[int, str, int, int]]:
    """(PCN, payment, month from 0, pence) of every amount, by whole numbers alone and from the rows alone."""
    members: dict[int, list[int]] = {}
    for pcn, practice in Membership.objects.values_list("pcn", "practice"):
        members.setdefault(pcn, []).append(practice)
    held = {
        (organisation, kind): int(patients * 100)
        for organisation, kind, patients in ListSize.objects.filter(as_at=COUNTED).values_list(
            "organisation", "kind", "patients"
        )
    }
    for pcn, practices in members.items():
        for slug, kind, milli, is_shared in LISTED:
            sizes = [held[one, kind] for one in practices]
            # Hundredths of patients × thousandths of pounds are thousandths of pence.
            wholes = [half_up(size * milli, 1000) for size in (sizes if is_shared else [sum(sizes)])]
            for n in range(12):
                yield pcn, slug, n, sum(half_up(w * (n + 1), 12) - half_up(w * n, 12) for w in wholes)
    for pcn, month, cost in Claim.objects.values_list("post__pcn", "month", "cost"):
        n = MONTHS.index(month)
        most = half_up(YEARLY * (n + 1), 12) - half_up(YEARLY * n, 12)
        yield pcn, "staff", n, min(half_up(int(cost * 100) * PERCENT, 100), most)


def half_up(over: int, under: int) -> int:
    return (2 * over + under) // (2 * under)


def compare() -> None:
    """Every stored amount is the one worked out in whole pence."""
    stored = {
        (pcn, slug, MONTHS.index(month)): int(amount * 100)
        for pcn, slug, month, amount in RunInstalment.objects.values_list(
            "line__pcn", "line__payment__slug", "month", "amount"
        )
    }
    expected = {(pcn, slug, n): pence for pcn, slug, n, pence in whole_pence()}
    assert len(expected) == PCNS * 5 * 12, len(expected)
    assert stored.keys() == expected.keys()
    wrong = [key for key in expected if stored[key] != expected[key]]
    assert not wrong, f"{len(wrong)} of {len(expected)} amounts differ: {wrong[:3]}"


def ratio() -> float:
    year, commissioner, user = write()
    held: list[tuple[Any, tuple[str, ...], list[tuple[Any, ...]]]] = []

    def take() -> None:
        calculate_run(commissioner, year, PAID_ON, by=user)

    def keep() -> None:
        compare()
        for model in (PaymentRun, *WRITTEN):
            names = tuple(column.attname for column in model._meta.concrete_fields)
            rows = [tuple(json.dumps(cell) if isinstance(cell, dict | list) else cell for cell in row)
                    for row in model.objects.order_by("pk").values_list(*names)]  # fmt: skip
            held.append((model, names, rows))

    def bare() -> None:
        for model, names, rows in held:
            load(model, names, rows)

    with clock.at(PAID_ON):
        timed(take, keep)
        return median(timed(take) / timed(bare) for _ in range(ROUNDS))


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    print(json.dumps({"funding": ratio()}))
