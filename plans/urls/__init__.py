"""Addresses of the plans app, one topic a module."""

from plans.urls import (
    activities,
    alignment,
    assessments,
    budget,
    decision_links,
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
    *assessments.urlpatterns,
    *decision_links.urlpatterns,
]
