"""Pages of the budget and of what the plans of a country cover."""

from django.urls import path

from plans.views import budget, budget_sheets, coverage

urlpatterns = [
    path("plans/<str:code>/budget/", budget.plan_budget, name="plan_budget"),
    path("plans/<str:code>/budget/export/", budget_sheets.budget_export, name="budget_export"),
    path("plans/<str:code>/budget/import/", budget_sheets.budget_import, name="budget_import"),
    path(
        "plans/<str:code>/activities/<str:activity>/budget/new/",
        budget.budget_line_new,
        name="budget_line_new",
    ),
    path("plans/<str:code>/budget-lines/<str:line>/edit/", budget.budget_line_edit, name="budget_line_edit"),
    path(
        "plans/<str:code>/budget-lines/<str:line>/remove/",
        budget.budget_line_remove,
        name="budget_line_remove",
    ),
    path("coverage/<str:code>/", coverage.coverage_matrix, name="coverage_matrix"),
    path("coverage/<str:code>/export/", coverage.coverage_export, name="coverage_export"),
    path("coverage/<str:code>/local-priorities/", coverage.local_priorities, name="local_priorities"),
    path(
        "coverage/<str:code>/local-priorities/export/",
        coverage.local_priorities_export,
        name="local_priorities_export",
    ),
    path("coverage/<str:code>/budgets/", coverage.country_budgets, name="country_budgets"),
]
