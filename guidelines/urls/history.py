"""The history of guidelines and their sections."""

from django.urls import path

from guidelines.urls.sections import SECTION
from guidelines.views import history

urlpatterns = [
    path("guidelines/<str:code>/history/", history.guidelines_history, name="guidelines_history"),
    path(f"{SECTION}/history/", history.section_history, name="section_history"),
    path(f"{SECTION}/versions/<int:version>/", history.section_version, name="section_version"),
]
