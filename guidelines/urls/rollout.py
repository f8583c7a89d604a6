"""Roll-out of guidelines, and how far a country is reached."""

from django.urls import path

from guidelines.views import reach, rollout

ROLLOUT = "guidelines/<str:code>/rollouts/<str:rollout>"

urlpatterns = [
    path("guidelines/<str:code>/rollout/", rollout.guidelines_rollout, name="guidelines_rollout"),
    path("guidelines/<str:code>/rollout/list.csv", reach.rollout_csv, name="rollout_csv"),
    path("guidelines/<str:code>/rollout/list.xlsx", reach.rollout_xlsx, name="rollout_xlsx"),
    path("guidelines/<str:code>/rollouts/new/", rollout.rollout_new, name="rollout_new"),
    path(f"{ROLLOUT}/", rollout.rollout_detail, name="rollout_detail"),
    path(f"{ROLLOUT}/edit/", rollout.rollout_edit, name="rollout_edit"),
    path(f"{ROLLOUT}/remove/", rollout.rollout_remove, name="rollout_remove"),
    path("coverage/<str:code>/reach/", reach.country_reach, name="country_reach"),
]
