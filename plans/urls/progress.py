"""Pages of how far a plan came."""

from django.urls import path

from plans.views import progress, updates

_UPDATE = "plans/<str:code>/progress/<int:period>/<str:activity>/"

urlpatterns = [
    path("plans/<str:code>/progress/", progress.plan_progress, name="plan_progress"),
    path("plans/<str:code>/progress/quarters/", progress.periods_new, name="periods_new"),
    path("plans/<str:code>/progress/<int:period>/", progress.period_detail, name="period_detail"),
    path("plans/<str:code>/progress/<int:period>/blank/", progress.progress_blank, name="progress_blank"),
    path("plans/<str:code>/progress/<int:period>/reopen/", progress.period_reopen, name="period_reopen"),
    path(_UPDATE, updates.progress_update, name="progress_update"),
    path(f"{_UPDATE}approve/", updates.progress_approve, name="progress_approve"),
    path(f"{_UPDATE}return/", updates.progress_return, name="progress_return"),
    path(f"{_UPDATE}take-back/", updates.progress_take_back, name="progress_take_back"),
    path(f"{_UPDATE}evidence/<str:attachment>/remove/", updates.evidence_remove, name="evidence_remove"),
]
