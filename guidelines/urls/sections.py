"""Sections of guidelines."""

from django.urls import path

from guidelines.views import sections

SECTION = "guidelines/<str:code>/sections/<str:section>"

urlpatterns = [
    path("guidelines/<str:code>/sections/new/", sections.section_new, name="section_new"),
    path(f"{SECTION}/edit/", sections.section_edit, name="section_edit"),
    path(f"{SECTION}/writing/", sections.section_writing, name="section_writing"),
    path(f"{SECTION}/move/", sections.section_move, name="section_move"),
    path(f"{SECTION}/place/", sections.section_place, name="section_place"),
    path(f"{SECTION}/remove/", sections.section_remove, name="section_remove"),
]
