"""Pages of the guidelines app, one topic a module."""

from guidelines.urls import documents, papers, sections

urlpatterns = [
    *documents.urlpatterns,
    *sections.urlpatterns,
    *papers.urlpatterns,
]
