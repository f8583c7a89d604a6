"""The library of guidelines, toolkits, templates and laws."""

from django.urls import path

from guidelines.views import library

urlpatterns = [
    path("library/", library.library_list, name="library_list"),
    path("library/new/", library.resource_new, name="resource_new"),
    path("library/<str:code>/", library.resource_detail, name="resource_detail"),
    path("library/<str:code>/edit/", library.resource_edit, name="resource_edit"),
    path("library/<str:code>/remove/", library.resource_remove, name="resource_remove"),
    path("library/<str:code>/file/", library.resource_file, name="resource_file"),
]
