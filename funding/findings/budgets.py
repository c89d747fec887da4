"""A budget's printed figures against its lines, and its headings against its split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from funding.adding_up import ROUNDED
from funding.budgeting import Budgeted, Told, budgeted
from funding.models import BudgetSection
from funding.split import Moved, Share
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import plural, pounds, words

from .saying import DOCUMENTS, more


def figures(day: date) -> Iterator[Doubt]:
    """Totals that differ from their lines, where they don't merely add up printed totals that do."""
    for budget in budgeted(day):
        for told in budget.told:
            if told.record.kind != ROUNDED and not told.beside.is_right:
                yield _figure(budget, told)


def _figure(budget: Budgeted, told: Told) -> Doubt:
    beside, record = told.beside, told.record
    lines = budget.added_up.lines_of(beside.figure)
    allowed = budget.rounding(len(lines))
    after = [other.record for other in budget.told if other.beside.follows]
    if abs(beside.off) <= allowed:
        meaning = f"Rounding of the lines may leave as much. {_carried(after)}"
    else:
        other = f" The lines would have to come to {more(beside.off)}." if not beside.carried else ""
        meaning = f"One of the figures is misprinted, or a line is missing or too many.{other}"
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        stated=f"{_place(record.section)}{record.label}: {record.text}",
        stated_by=f"{record.source.title}, {record.page}",
        found=f"{pounds(beside.calculated)}, added up from {plural(len(lines), 'line')}",
        found_by=f"{budget.record.source.title}, {budget.record.page}",
        difference=f"{more(beside.off)} printed",
        pounds=abs(beside.off),
        meaning=f"{meaning.strip()} To put the total right takes {pounds(abs(beside.off))}.",
    )


def _place(section: BudgetSection | None) -> str:
    return f"{section.heading}, " if section else ""


def _carried(figures: Sequence[object]) -> str:
    if not figures:
        return ""
    return f"The difference runs through {words([str(figure) for figure in figures])}."


def second_source(day: date) -> Iterator[Doubt]:
    """Figures of a second source that are not the lines' sum, rounded as they are printed."""
    for budget in budgeted(day):
        for told in budget.told:
            if told.record.kind == ROUNDED and not told.beside.is_right:
                yield _rounded(budget, told)


def _rounded(budget: Budgeted, told: Told) -> Doubt:
    beside, record = told.beside, told.record
    wider = beside.coarser
    meaning = (
        f"Printed to the nearest {pounds(record.precision)}, it is right only to the nearest {pounds(wider)}."
        if wider
        else "The two places do not give the same money: one of them has to be put right."
    )
    return Doubt(
        subject=record,
        commissioner=budget.record.commissioner_id,
        stated=f"{record.label}: {record.text}",
        stated_by=f"{record.source.title}, {record.page}",
        found=f"{pounds(beside.calculated)}, added up from "
        + plural(len(budget.added_up.lines_of(beside.figure)), "line"),
        found_by=f"{budget.record.source.title}, {budget.record.page}",
        difference=f"{more(beside.off)} in the second place",
        pounds=abs(beside.off),
        meaning=meaning,
    )


def headings(day: date) -> Iterator[Doubt]:
    """Sections that the split counts elsewhere than their headings say."""
    for budget in budgeted(day):
        for moved in budget.added_up.placed.moved:
            yield _heading(budget, moved)


def _heading(budget: Budgeted, moved: Moved) -> Doubt:
    section = budget.sections[moved.section]
    split = {(f.funder, f.how): f for f in budget.figures.values() if f.kind == "split"}
    counted, said = split[moved.counted], split[moved.said]
    return Doubt(
        subject=section,
        commissioner=budget.record.commissioner_id,
        stated=f"“{section.heading}”",
        stated_by=f"{budget.record.source.title}, {budget.record.page}",
        found=f"The split counts its {pounds(moved.pounds)} in “{counted.label}: {counted.text}”",
        found_by=f"{counted.source.title}, {counted.page}",
        difference=f"{pounds(moved.pounds)} {_funded(moved.said)} by the heading, {_funded(moved.counted)} "
        f"by the split{_within(moved)}",
        pounds=moved.pounds,
        meaning=f"If the heading holds, “{said.label}” is {pounds((said.amount or 0) + moved.pounds)} and "
        f"“{counted.label}” {pounds((counted.amount or 0) - moved.pounds)}; if the split holds, the heading "
        "has to be put right, and nobody pays more.",
    )


def _within(moved: Moved) -> str:
    return f", which is then right but for {pounds(moved.off)}" if moved.off else ""


def _funded(share: Share) -> str:
    funder, how = BudgetSection.Funder(share[0]).label.lower(), BudgetSection.How(share[1]).label.lower()
    return f"from {funder} {how if how.startswith('in ') else f'by {how}'}"


RULES = (
    Rule(
        slug="budget-figure-against-its-lines",
        group="money",
        title="A budget’s total that its lines do not add up to",
        question="Does a budget print a subtotal, running total, grand total or part of its split that its "
        "lines do not add up to?",
        source="The lines as printed. A total that only adds up other printed totals is doubted with them.",
        to_do="Ask whose budget it is which figure holds.",
        find=figures,
        after=DOCUMENTS,
    ),
    Rule(
        slug="rounded-figure-against-its-lines",
        group="money",
        title="A second place that gives a budget’s money otherwise",
        question="Is a figure on a slide, or in another place, not what the lines that it covers come to, "
        "rounded to the step that it is printed with?",
        source="The detail of the budget, line by line, and the second place as printed. Which lines it "
        "covers is read from its words.",
        to_do="Ask whose budget it is which of the two holds.",
        find=second_source,
        after=DOCUMENTS,
    ),
    Rule(
        slug="heading-against-split",
        group="money",
        title="A heading that contradicts the split",
        question="Does a section’s heading name another funder, or another way of funding, than the split "
        "counts it under?",
        source="The headings and the split of one budget: the section’s total is what one part of the "
        "split has too much and another too little, exactly or with a small difference, which is said.",
        to_do="Ask the partners who gives it, and whether in money.",
        find=headings,
        after=DOCUMENTS,
    ),
)
