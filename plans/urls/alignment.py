"""Pages of what a plan aligns with, and of a National Action Plan that replaces another."""

from django.urls import path

from plans.views import alignments, succession

urlpatterns = [
    path("plans/<str:code>/alignment/", alignments.plan_alignment, name="plan_alignment"),
    path("plans/<str:code>/alignments/new/", alignments.alignment_new, name="alignment_new"),
    path(
        "plans/<str:code>/alignments/<str:alignment>/edit/", alignments.alignment_edit, name="alignment_edit"
    ),
    path(
        "plans/<str:code>/alignments/<str:alignment>/remove/",
        alignments.alignment_remove,
        name="alignment_remove",
    ),
    path(
        "plans/<str:code>/alignments/<str:alignment>/review/",
        alignments.alignment_review,
        name="alignment_review",
    ),
    path("plans/<str:code>/reanchor/", succession.plan_reanchor, name="plan_reanchor"),
    path("frameworks/<str:code>/succession/", succession.nap_succession, name="nap_succession"),
    path("frameworks/<str:code>/replace/", succession.nap_replace, name="nap_replace"),
]
