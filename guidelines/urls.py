"""Pages of the guidelines app."""

from django.urls import path

from guidelines.views import documents, exports, sections

SECTION = "guidelines/<str:code>/sections/<str:section>"
EXPORT = "guidelines/<str:code>/exports/<str:export>"

urlpatterns = [
    path("guidelines/", documents.guidelines_list, name="guidelines_list"),
    path("guidelines/new/", documents.guidelines_new, name="guidelines_new"),
    path("guidelines/<str:code>/", documents.guidelines_detail, name="guidelines_detail"),
    path("guidelines/<str:code>/edit/", documents.guidelines_edit, name="guidelines_edit"),
    path("guidelines/<str:code>/export/", exports.guidelines_export, name="guidelines_export"),
    path("guidelines/<str:code>/sections/new/", sections.section_new, name="section_new"),
    path(f"{SECTION}/edit/", sections.section_edit, name="section_edit"),
    path(f"{SECTION}/move/", sections.section_move, name="section_move"),
    path(f"{SECTION}/remove/", sections.section_remove, name="section_remove"),
    path(f"{EXPORT}/", exports.export_detail, name="export_detail"),
    path(f"{EXPORT}/file/", exports.export_file, name="export_file"),
]
