"""Scorecards of offices, kept by a committee."""

from django.urls import path

from plans.views import assessments

urlpatterns = [
    path(
        "committees/<str:code>/assessments/", assessments.committee_assessments, name="committee_assessments"
    ),
    path("committees/<str:code>/assessments/new/", assessments.assessment_new, name="assessment_new"),
    path("assessments/", assessments.assessment_list, name="assessment_list"),
    path("assessments/<str:code>/", assessments.assessment_detail, name="assessment_detail"),
    path("assessments/<str:code>/marks/", assessments.assessment_marks, name="assessment_marks"),
    path("assessments/<str:code>/close/", assessments.assessment_close, name="assessment_close"),
    path("assessments/<str:code>/reopen/", assessments.assessment_reopen, name="assessment_reopen"),
    path("assessments/<str:code>/remove/", assessments.assessment_remove, name="assessment_remove"),
    path("assessments/<str:code>/pdf/", assessments.assessment_pdf, name="assessment_pdf"),
]
