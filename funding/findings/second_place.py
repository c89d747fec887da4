"""What a second place says beside a budget’s money: for how long it is, and in which way it is funded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from funding.adding_up import ROUNDED
from funding.budgeting import Budgeted, Told, budgeted
from funding.entitlement import months, pennies
from funding.models import BudgetSection
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import plural, pounds, words

from .saying import DOCUMENTS, more


def periods(day: date) -> Iterator[Doubt]:
    """Figures of a second place for another number of months than the budget is for."""
    for budget in budgeted(day):
        of = budget.record
        held = len(months(of.starts_on, of.ends_on)) if of.starts_on and of.ends_on else None
        for told in budget.told:
            if held and told.record.months and told.record.months != held:
                yield _period(budget, told, told.record.months, held)


def _period(budget: Budgeted, told: Told, said: int, held: int) -> Doubt:
    record, lines = told.record, told.beside.calculated
    part = None if record.amount is None else pennies(record.amount * held / said)
    off = None if part is None or lines is None else part - lines
    meaning = "If the two are the same money, one of the periods is wrong."
    if part is not None and off is not None:
        meaning = (
            f"If {record.text} is for {plural(said, 'month')}, {plural(held, 'month')} of it are "
            f"{pounds(part)}: {more(off)} than the lines. {meaning}"
        )
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        stated=f"{record.label}: {record.text}, “{record.period}”",
        stated_by=f"{record.source.title}, {record.page}",
        found=f"{pounds(lines)} by the lines, for {budget.record.period}: {plural(held, 'month')}",
        found_by=f"{budget.record.source.title}, {budget.record.page}",
        difference=f"{plural(said, 'month')} and {plural(held, 'month')}",
        pounds=None if off is None else abs(off),
        meaning=meaning,
    )


def ways(day: date) -> Iterator[Doubt]:
    """Figures of a second place that leave other ways of funding open than the headings they cover."""
    for budget in budgeted(day):
        for told in budget.told:
            if told.record.kind == ROUNDED and told.record.ways:
                for section in _covered(budget, told):
                    if section.how and {section.how} != set(told.record.ways):
                        yield _way(budget, told, section)


def _covered(budget: Budgeted, told: Told) -> list[BudgetSection]:
    positions = dict.fromkeys(int(name.partition(".")[0]) for name in told.record.covers)
    return [budget.sections[position] for position in positions]


def _way(budget: Budgeted, told: Told, section: BudgetSection) -> Doubt:
    record, lines = told.record, told.beside.calculated
    only = BudgetSection.How(section.how).label.lower()
    left = words([BudgetSection.How(way).label.lower() for way in record.ways])
    money = "" if lines is None else f": {pounds(lines)}"
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        key=f"how {section.position}",
        stated=f"{record.label}: “{record.said_how}”",
        stated_by=f"{record.source.title}, {record.page}",
        found=f"“{section.heading}”",
        found_by=f"{budget.record.source.title}, {budget.record.page}",
        difference=f"{left.capitalize()} in the second place, {only} by the heading{money}",
        pounds=lines,
        meaning="The two places do not say in the same way whether partners give money or people: what they "
        "have to pay depends on it.",
    )


RULES = (
    Rule(
        slug="second-place-for-another-period",
        group="money",
        title="A second place that gives another period",
        question="Does a second place give its figure for another number of months than the budget is for?",
        source="The period of the budget, and the period in the words of the second place, as printed",
        to_do="Ask whose budget it is for which months the sum is.",
        find=periods,
        after=DOCUMENTS,
    ),
    Rule(
        slug="second-place-funded-otherwise",
        group="money",
        title="A second place that says otherwise how it is funded",
        question="Does a second place name other ways of funding than the heading of the lines it covers?",
        source="The headings of the budget and the words of the second place, as printed; what releases cash "
        "is a contribution.",
        to_do="Ask the partners whether they give money or people.",
        find=ways,
        after=DOCUMENTS,
    ),
)
