"""Years and rates, payment runs, staff claims, published figures and budgets."""

from .budgets import Budget, BudgetFigure, BudgetLine, BudgetSection
from .claims import Baseline, Claim, Post
from .published import PublishedAmount, PublishedRate, PublishedTable
from .runs import PaymentRun, RunInstalment, RunLine, RunShare
from .years import FinancialYear, Payment, Rate, RateConfirmation, Term

__all__ = [
    "Baseline",
    "Budget",
    "BudgetFigure",
    "BudgetLine",
    "BudgetSection",
    "Claim",
    "FinancialYear",
    "Payment",
    "PaymentRun",
    "Post",
    "PublishedAmount",
    "PublishedRate",
    "PublishedTable",
    "Rate",
    "RateConfirmation",
    "RunInstalment",
    "RunLine",
    "RunShare",
    "Term",
]
