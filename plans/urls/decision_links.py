"""From a decision of a committee to the part of a plan that it concerns."""

from django.urls import path

from plans.views import decision_links

urlpatterns = [
    path("decisions/<str:code>/plan-parts/new/", decision_links.plan_decision_new, name="plan_decision_new"),
    path(
        "decisions/<str:code>/plan-parts/remove/",
        decision_links.plan_decision_remove,
        name="plan_decision_remove",
    ),
]
