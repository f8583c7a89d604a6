"""Pages of activities, indicators, themes and commitments."""

from django.urls import path

from plans.views import activities, commitments, indicators, themes

plan = "plans/<str:code>/"
activity = f"{plan}activities/<str:activity>/"
indicator = f"{plan}indicators/<str:indicator>/"

urlpatterns = [
    path("activities/", activities.activity_list, name="activity_list"),
    path(f"{plan}objectives/<str:objective>/activities/new/", activities.activity_new, name="activity_new"),
    path(f"{activity}edit/", activities.activity_edit, name="activity_edit"),
    path(f"{activity}move/", activities.activity_move, name="activity_move"),
    path(f"{activity}remove/", activities.activity_remove, name="activity_remove"),
    path(f"{activity}indicators/new/", indicators.indicator_new, name="indicator_new"),
    path(f"{indicator}edit/", indicators.indicator_edit, name="indicator_edit"),
    path(f"{indicator}remove/", indicators.indicator_remove, name="indicator_remove"),
    path(f"{plan}commitments/", commitments.plan_commitments, name="plan_commitments"),
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/new/", themes.theme_new, name="theme_new"),
    path("themes/<str:code>/edit/", themes.theme_edit, name="theme_edit"),
]
