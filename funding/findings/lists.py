"""The lists that published amounts imply: of one PCN, against their label, against the document's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from funding.entitlement import NOTHING
from funding.implied import agreed, cost
from funding.models import Rate
from funding.printed import LISTED, Printed, Row, lists_of_documents, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, pounds
from registry.models import ListSize

from .saying import NEVER, WITH_RATES, amounts_of, by, more, patients


def apart(day: date) -> Iterator[Doubt]:
    """Payments of one PCN that use one list and imply several."""
    for table in printed(day):
        for row in table.rows:
            for per in LISTED:
                if found := table.apart(row, per):
                    yield _apart(table, row, found)


def _apart(table: Printed, row: Row, found: dict[int, list[int]]) -> Doubt:
    first, *others = found
    payments = [payment for some in found.values() for payment in some]
    moved = [payment for other in others for payment in found[other]]
    sums = {
        implied: cost([(table.rate(p) or NOTHING, row.amounts[p].pounds) for p in payments], implied)
        for implied in found
    }
    off = max((other - first for other in others), key=abs)
    return Doubt(
        subject=row.amounts[moved[0]],
        commissioner=table.record.publisher_id,
        stated="; ".join(
            f"{amounts_of(table, row, found[other])} {_implies(row, found[other], other)}" for other in others
        ),
        stated_by=by(table.record),
        found=f"{amounts_of(table, row, found[first])} {_implies(row, found[first], first)}",
        found_by=by(table.record),
        difference=f"{patients(abs(off))}, {more(-sums[first])} than on the same list",
        patients=abs(off),
        pounds=abs(sums[first]),
        meaning=f"{table.named(row)}: the payments of one network use one list. "
        + " ".join(f"On {number(one)}, all of them come to {more(sums[one])}." for one in found)
        + f" {NEVER}",
    )


def _implies(row: Row, payments: list[int], implied: int) -> str:
    about = "" if all(row.lists[payment].is_exact for payment in payments) else "about "
    return f"{'imply' if len(payments) > 1 else 'implies'} {about}{patients(implied)}"


def labels(day: date) -> Iterator[Doubt]:
    """A label that names a list which the amounts do not use."""
    for table in printed(day):
        for payment in sorted(table.misfits):
            yield _label(table, payment)


def _label(table: Printed, payment: int) -> Doubt:
    rate = table.rates[payment]
    rows = [row for row in table.rows if payment in row.lists]
    own = {row.position: _other_list(table, row, payment) for row in rows}
    differing = [row for row in rows if own[row.position] not in (None, row.lists[payment].patients)]
    off = sum((own[row.position] or 0) - row.lists[payment].patients for row in differing)
    pounds_off = sum(
        (
            cost([(rate.pounds or NOTHING, row.amounts[payment].pounds)], own[row.position] or 0)
            for row in differing
        ),
        NOTHING,
    )
    exact = sum(row.lists[payment].is_exact for row in rows)
    return Doubt(
        subject=rate,
        commissioner=table.record.publisher_id,
        stated=f"“{rate.text}”",
        stated_by=by(table.record),
        found=f"In {len(differing)} of {len(rows)} networks the amounts imply another list than the other "
        f"payments with that label; {exact} of {len(rows)} are the rate × a whole number of patients",
        found_by=by(table.record),
        difference=f"{patients(abs(off))} {'fewer' if off > 0 else 'more'} in all, {more(-pounds_off)} than "
        "on the other payments’ lists",
        patients=abs(off),
        pounds=abs(pounds_off),
        meaning="The amounts were reckoned on another list than the label names. If the label held, they "
        f"would come to {more(pounds_off)}; if the amounts hold, the label is what has to be put right, "
        f"and it costs nothing. {NEVER}",
    )


def _other_list(table: Printed, row: Row, payment: int) -> int | None:
    """The list on which the other payments with the label of one agree, or the only one they imply."""
    lists = [one for pk, one in table.of_label(row, table.rates[payment].per).items() if pk != payment]
    exact = {one.patients for one in lists if one.is_exact}
    return exact.pop() if len(exact) == 1 else agreed(lists)


def own_lists(day: date) -> Iterator[Doubt]:
    """A PCN's list that a document prints beside the one which its payments imply."""
    found = printed(day)
    held = lists_of_documents([table.record.source_id for table in found])
    for table in found:
        for row in table.rows:
            one = held.get((row.pcn.pk, table.record.source_id))
            if one is None:
                continue
            for implied in table.lists_of(row, Rate.Per.REGISTERED):
                if one.patients != implied:
                    yield _own_list(table, row, one, implied)


def _own_list(table: Printed, row: Row, held: ListSize, implied: int) -> Doubt:
    using = table.same_list(row, Rate.Per.REGISTERED)
    agreeing = [payment for payment, one in using.items() if one.patients == implied]
    off = held.patients - implied
    extra = sum(
        (
            cost([(table.rate(p) or NOTHING, row.amounts[p].pounds)], int(held.patients))
            for p in agreeing
            if held.patients == int(held.patients)
        ),
        Decimal(0),
    )
    return Doubt(
        subject=row.amounts[agreeing[0]],
        commissioner=table.record.publisher_id,
        key="list",
        stated=f"{table.named(row)}: {patients(held.patients)}, stated for {written(held.as_at)}",
        stated_by=str(held.source.title),
        found=f"{amounts_of(table, row, agreeing)} {_implies(row, agreeing, implied)}",
        found_by=by(table.record),
        difference=f"{patients(abs(off))} {'fewer' if off > 0 else 'more'} implied, {pounds(abs(extra))}",
        patients=abs(off),
        pounds=abs(extra),
        meaning="The document prints one list of the network and pays on another, perhaps of another day. "
        f"On the list that it prints, these payments would come to {more(extra)}. {NEVER}",
    )


RULES = (
    Rule(
        slug="payments-imply-different-lists",
        group="money",
        title="Payments of one PCN that imply different lists",
        question="Do published payments of one PCN that use the same list imply different list sizes?",
        source="The published table. An amount is rate × list size, half up to the penny. Payments whose "
        "label does not fit the whole table are asked about apart.",
        to_do="Find out on which list the network is paid, and have the other amounts put right.",
        find=apart,
        after=WITH_RATES,
    ),
    Rule(
        slug="label-against-amounts",
        group="money",
        title="A label that names another list than the amounts use",
        question="Does a label such as “per registered patient” name a list that the amounts do not use?",
        source="The published table: in most of its PCNs, the list that the payment implies is not the one "
        "on which the other payments with the same label agree.",
        to_do="Find out which list the amounts use, and have the label put right.",
        find=labels,
        after=WITH_RATES,
    ),
    Rule(
        slug="printed-list-against-implied-list",
        group="money",
        title="A document’s list of a PCN and the one that its payments imply",
        question="Does a document print a PCN’s list size and pay it on another?",
        source="The list sizes and the payments of one document. The Network Contract DES 2019/20 pays on "
        "the list at 1 January before the year.",
        to_do="Find out of which day each list is.",
        find=own_lists,
        after=WITH_RATES,
    ),
)
