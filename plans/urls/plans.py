"""Pages of a plan as a whole, its sections, issues and objectives."""

from django.urls import path

from plans.views import compare, issues, objectives, plans, writing

ISSUE = "plans/<str:code>/issues/<str:issue>"

urlpatterns = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("committees/<str:code>/plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<str:code>/", plans.plan_detail, name="plan_detail"),
    path("plans/<str:code>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<str:code>/write/", writing.plan_write, name="plan_write"),
    path("plans/<str:code>/compare/", compare.plan_compare, name="plan_compare"),
    path(
        "plans/<str:code>/sections/<str:section>/edit/", writing.plan_section_edit, name="plan_section_edit"
    ),
    path("plans/<str:code>/issues/new/", issues.issue_new, name="issue_new"),
    path("plans/<str:code>/issues/from-workshop/", issues.issues_from_workshop, name="issues_from_workshop"),
    path(f"{ISSUE}/edit/", issues.issue_edit, name="issue_edit"),
    path(f"{ISSUE}/remove/", issues.issue_remove, name="issue_remove"),
    path(f"{ISSUE}/move/", issues.issue_move, name="issue_move"),
    path("plans/<str:code>/nap-items/", objectives.nap_items, name="nap_items"),
    path("plans/<str:code>/objectives/new/", objectives.objective_new, name="objective_new"),
    path(
        "plans/<str:code>/objectives/<str:objective>/edit/", objectives.objective_edit, name="objective_edit"
    ),
    path(
        "plans/<str:code>/objectives/<str:objective>/remove/",
        objectives.objective_remove,
        name="objective_remove",
    ),
    path(
        "plans/<str:code>/objectives/<str:objective>/move/", objectives.objective_move, name="objective_move"
    ),
]
