"""Addresses of the plans app, one topic a module."""

from plans.urls import (
    activities,
    alignment,
    budget,
    instruments,
    papers,
    plans,
    progress,
    together,
    workflow,
)

urlpatterns = [
    *plans.urlpatterns,
    *activities.urlpatterns,
    *alignment.urlpatterns,
    *budget.urlpatterns,
    *together.urlpatterns,
    *workflow.urlpatterns,
    *progress.urlpatterns,
    *papers.urlpatterns,
    *instruments.urlpatterns,
]
