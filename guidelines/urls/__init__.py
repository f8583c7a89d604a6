"""Pages of the guidelines app, one topic a module."""

from guidelines.urls import (
    blocks,
    documents,
    history,
    library,
    papers,
    pictures,
    planning,
    reuse,
    review,
    rollout,
    sections,
    stories,
    versions,
)

urlpatterns = [
    *documents.urlpatterns,
    *sections.urlpatterns,
    *blocks.urlpatterns,
    *pictures.urlpatterns,
    *history.urlpatterns,
    *reuse.urlpatterns,
    *versions.urlpatterns,
    *papers.urlpatterns,
    *review.urlpatterns,
    *rollout.urlpatterns,
    *library.urlpatterns,
    *planning.urlpatterns,
    *stories.urlpatterns,
]
