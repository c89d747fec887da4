"""Amounts of which only some months can be reckoned, in words: on the year’s pages and on those of runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from funding.entitlement import next_month
from pcnportal.pages.jinja import NOT_HELD, pounds
from pcnportal.pages.jinja import day as written


def partly(reckoned: Decimal, over: Sequence[date]) -> str:
    """£3,929.93 for July to August 2019; from 1 September 2019 not held. `over` are the months in order."""
    first, last = over[0], over[-1]
    said = f"{first:%B}" if first == last else f"{first:%B} to {last:%B %Y}"
    return f"{pounds(reckoned)} for {said}; from {written(next_month(last))} {NOT_HELD}"
