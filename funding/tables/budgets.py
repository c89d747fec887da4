"""The columns of the list of budgets."""

from django.urls import reverse

from pcnportal.pages.tables import Column, Day, Pounds, Table


class BudgetTable(Table):
    title = Column("Budget", to=lambda row: reverse("funding:budget", args=[row.slug]))
    commissioner = Column("Commissioner")
    year = Column("Year")
    period = Column("Period as printed")
    printed = Pounds("Total as printed")
    added = Pounds("Lines add up to")
    difference = Column("In words", orderable=False)
    stated_on = Day("Stated on")

    export_columns = {
        "budget": "title",
        "commissioner": "commissioner",
        "year": "year",
        "period": "period",
        "total_as_printed": "printed",
        "lines_add_up_to": "added",
        "difference": "off",
        "in_words": "difference",
        "stated_on": "stated_on",
        "source": "source",
    }
