"""Guidelines themselves."""

from django.urls import path

from guidelines.views import documents

urlpatterns = [
    path("guidelines/", documents.guidelines_list, name="guidelines_list"),
    path("guidelines/new/", documents.guidelines_new, name="guidelines_new"),
    path("guidelines/<str:code>/", documents.guidelines_detail, name="guidelines_detail"),
    path("guidelines/<str:code>/edit/", documents.guidelines_edit, name="guidelines_edit"),
]
