"""A budget's lines against what they say that they are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from funding.adding_up import WORKING_DAYS, Line, twice
from funding.budgeting import Budgeted, budgeted
from funding.entitlement import pennies
from funding.models import BudgetFigure
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import Stated, stated_about
from pcnportal.pages.jinja import number, plural, pounds
from pcnportal.people.models import Organisation

from .saying import DOCUMENTS, more


def lines(day: date) -> Iterator[Doubt]:
    """Lines that are not quantity × each, or whose people's days make other whole-time equivalents."""
    for budget in budgeted(day):
        for line in budget.reckoned.values():
            if line.reckoned is not None and line.amount is not None and line.reckoned != line.amount:
                yield _line(budget, line, line.reckoned)
            if line.wte_of_days is not None and line.wte and line.wte_of_days != line.wte:
                yield _days(budget, line, line.wte_of_days)
        for told in budget.told:
            covered = budget.added_up.lines_of(told.beside.figure)
            for line in covered:
                if (
                    None not in (told.record.quantity, line.quantity)
                    and told.record.quantity != line.quantity
                ):
                    yield _quantity(budget, told.record, line)


def _by(budget: Budgeted) -> str:
    return f"{budget.record.source.title}, {budget.record.page}"


def _line(budget: Budgeted, line: Line, reckoned: Decimal) -> Doubt:
    off = (line.amount or Decimal(0)) - reckoned
    return Doubt(
        subject=budget.lines[line.pk],
        commissioner=budget.record.commissioner_id,
        key="reckoned",
        stated=f"{budget.lines[line.pk].role}: {budget.lines[line.pk].text}",
        stated_by=_by(budget),
        found=f"{number(line.quantity)} × {pounds(line.each)} is {pounds(reckoned)}",
        found_by="Worked out from the line’s words",
        difference=f"{more(off)} printed",
        pounds=abs(off),
        meaning=f"Put right, the line and every total above it rise by {pounds(-off)}."
        if off < 0
        else f"Put right, the line and every total above it fall by {pounds(off)}.",
    )


def _days(budget: Budgeted, line: Line, found: Decimal) -> Doubt:
    record, wte = budget.lines[line.pk], line.wte or Decimal(1)
    off = pennies((line.amount or Decimal(0)) * found / wte) - (line.amount or Decimal(0))
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        key="days",
        stated=f"{record.role}: {number(wte)} WTE, £{record.text}",
        stated_by=_by(budget),
        found=f"{line.leads} × {number(line.days)} of {WORKING_DAYS} days a week is {number(found)} WTE",
        found_by="Worked out from the line’s words",
        difference=f"{number(abs(found - wte))} WTE, {pounds(abs(off))}",
        pounds=abs(off),
        meaning=f"At the same sum for a whole-time equivalent, the line’s days come to {more(off)}.",
    )


def _quantity(budget: Budgeted, figure: BudgetFigure, line: Line) -> Doubt:
    off = (figure.quantity or Decimal(0)) - (line.quantity or Decimal(0))
    money = pennies(abs(off) * line.each) if line.each is not None else None
    return Doubt(
        subject=figure,
        commissioner=budget.record.commissioner_id,
        key="quantity",
        stated=f"{figure.label}: {figure.text}",
        stated_by=f"{figure.source.title}, {figure.page}",
        found=budget.lines[line.pk].role,
        found_by=_by(budget),
        difference=f"{number(abs(off))} {'more' if off > 0 else 'fewer'}"
        + (f", {pounds(money)} at {pounds(line.each)} each" if money is not None else ""),
        pounds=money,
        meaning="Two places of one budget count differently: who gives the rest is not said.",
    )


def heads(day: date) -> Iterator[Doubt]:
    """A sum a head whose amount implies other heads than the same document states of the commissioner."""
    stated = [s for s in stated_about(Organisation, day) if s.what.partition(":")[0] == "patients"]
    for budget in budgeted(day):
        of = budget.record
        known = [s for s in stated if s.about == of.commissioner.code and s.source_id == of.source_id]
        for line in budget.reckoned.values():
            for one in known:
                if line.heads is not None and one.number is not None and not _may_be(one, line, of.unit):
                    yield _heads(budget, line, one)


def _may_be(stated: Stated, line: Line, unit: int) -> bool:
    """Whether the stated number may be the heads that an amount, rounded to `unit` pounds, implies."""
    heads, number_ = line.heads or Decimal(0), stated.number or Decimal(0)
    slack = Decimal(unit) / 2 / (line.each or Decimal(1))
    return heads + slack > number_ if stated.what.endswith(":over") else abs(heads - number_) <= slack


def _heads(budget: Budgeted, line: Line, stated: Stated) -> Doubt:
    record, heads_ = budget.lines[line.pk], line.heads or Decimal(0)
    off = abs(heads_ - (stated.number or Decimal(0)))
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        key="heads",
        stated=f"{record.role}: {record.text}",
        stated_by=_by(budget),
        found=f"{pounds(line.each)} a head implies {number(pennies(heads_))} heads, to the nearest "
        f"{number(Decimal(budget.record.unit) / (line.each or 1) // 1)}; {stated.quoted}",
        found_by=stated.by,
        difference=f"{plural(int(off), 'head')}, {pounds(pennies(off * (line.each or Decimal(0))))}",
        patients=off.quantize(Decimal("0.01")),
        pounds=pennies(off * (line.each or Decimal(0))),
        meaning="The sum a head and the sum do not go together with the population that the same document "
        "states. Heads that a sum implies are not patients that are held.",
    )


def one_for_two(day: date) -> Iterator[Doubt]:
    """One figure that a section prints for two lines."""
    for budget in budgeted(day):
        for section in budget.added_up.sections:
            for first, second in twice(section):
                yield _twice(budget, section.position, first, second)


def _twice(budget: Budgeted, position: int, first: Line, second: Line) -> Doubt:
    one, other = budget.lines[first.pk], budget.lines[second.pk]
    told = next(
        (t for t in budget.told if t.beside.figure.section == position and not t.beside.is_right), None
    )
    amount, would = first.amount or Decimal(0), None
    if told:
        would = amount + told.beside.off
    hint = (
        f" “{told.record.label}: {told.record.text}” would be right if one of them were {pounds(would)}, "
        f"{more(told.beside.off)}."
        if told and would is not None and would > 0
        else ""
    )
    return Doubt(
        subject=other,
        commissioner=budget.record.commissioner_id,
        key=f"as {one.position}",
        stated=f"{other.role}: {other.text}",
        stated_by=_by(budget),
        found=f"{one.role}: {one.text}",
        found_by=_by(budget),
        difference=f"Nothing between them: {pounds(amount)} twice",
        pounds=abs(told.beside.off) if told else None,
        meaning=f"Two lines of one section with the same figure: one may be a copy of the other.{hint}",
    )


RULES = (
    Rule(
        slug="budget-line-against-its-words",
        group="money",
        title="A budget’s line that is not what its words give",
        question="Does a line print another sum than its quantity × pounds each, other whole-time "
        "equivalents than its people’s days, or another quantity than a second place?",
        source="The line’s own words; a week has five working days.",
        to_do="Ask whose budget it is which holds.",
        find=lines,
        after=DOCUMENTS,
    ),
    Rule(
        slug="sum-a-head-against-population",
        group="money",
        title="A sum a head that does not fit the population",
        question="Does a sum at so many pounds a head imply other heads than the same document states?",
        source="The line’s own words, and what the document states of the commissioner’s patients",
        to_do="Ask which population was used.",
        find=heads,
    ),
    Rule(
        slug="one-figure-for-two-lines",
        group="money",
        title="One figure printed for two lines",
        question="Does a section print the same figure for two lines that nothing gives the same money?",
        source="The lines of one section; two lines of one band and whole-time equivalents are not doubted.",
        to_do="Ask whose budget it is what each line is.",
        find=one_for_two,
        after=DOCUMENTS,
    ),
)
