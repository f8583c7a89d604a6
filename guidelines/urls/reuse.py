"""Sections taken from other documents."""

from django.urls import path

from guidelines.urls.sections import SECTION
from guidelines.views import reuse

urlpatterns = [
    path("guidelines/<str:code>/sections/reuse/", reuse.section_reuse, name="section_reuse"),
    path(f"{SECTION}/origin/", reuse.section_origin, name="section_origin"),
]
