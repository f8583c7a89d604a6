"""Pages of the plans app."""

from django.urls import path

from plans.views import activities, decisions, objectives, plans

urlpatterns = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("committees/<str:code>/plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<str:code>/", plans.plan_detail, name="plan_detail"),
    path("plans/<str:code>/edit/", plans.plan_edit, name="plan_edit"),
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
    path(
        "plans/<str:code>/objectives/<str:objective>/activities/new/",
        activities.activity_new,
        name="activity_new",
    ),
    path("plans/<str:code>/activities/<str:activity>/edit/", activities.activity_edit, name="activity_edit"),
    path(
        "plans/<str:code>/activities/<str:activity>/remove/",
        activities.activity_remove,
        name="activity_remove",
    ),
    path("plans/<str:code>/submit/", decisions.plan_submit, name="plan_submit"),
    path("plans/<str:code>/return/", decisions.plan_return, name="plan_return"),
    path("plans/<str:code>/endorse/", decisions.plan_endorse, name="plan_endorse"),
    path("plans/<str:code>/send/", decisions.plan_send, name="plan_send"),
    path("plans/<str:code>/adopt/", decisions.plan_adopt, name="plan_adopt"),
]
