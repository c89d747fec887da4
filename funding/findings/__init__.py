"""What funding doubts: published figures and budgets, each held against what its parts say."""

from dataclasses import replace

from . import amounts, budget_lines, budgets, calculated, lists, maxima, rates, second_place, totals

RULES = tuple(
    replace(rule, see="funding.view_funding")
    for group in (lists, amounts, rates, totals, maxima, calculated, budgets, budget_lines, second_place)
    for rule in group.RULES
)
