"""How local authorities of a country plan in the year."""

from django.urls import path

from guidelines.views import planning

CALENDAR = "planning-calendar/<str:code>"

urlpatterns = [
    path(f"{CALENDAR}/", planning.planning_calendar, name="planning_calendar"),
    path(f"{CALENDAR}/steps/new/", planning.step_new, name="step_new"),
    path(f"{CALENDAR}/steps/<str:step>/edit/", planning.step_edit, name="step_edit"),
    path(f"{CALENDAR}/steps/<str:step>/remove/", planning.step_remove, name="step_remove"),
]
