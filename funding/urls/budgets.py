"""Budgets as documents print them."""

from django.urls import path

from funding.views.budgets import BudgetList, BudgetPage

urlpatterns = [
    path("funding/budgets/", BudgetList.as_view(), name="budgets"),
    path("funding/budgets/<slug:slug>/", BudgetPage.as_view(), name="budget"),
]
