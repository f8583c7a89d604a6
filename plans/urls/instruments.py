"""Pages of development-plan integration and local laws."""

from django.urls import path

from plans.views import instruments

urlpatterns = [
    path("integrations/", instruments.integration_list, name="integration_list"),
    path("localities/<str:code>/integrations/new/", instruments.integration_new, name="integration_new"),
    path("integrations/<str:code>/", instruments.integration_detail, name="integration_detail"),
    path("integrations/<str:code>/edit/", instruments.integration_edit, name="integration_edit"),
    path("integrations/<str:code>/remove/", instruments.integration_remove, name="integration_remove"),
    path("laws/", instruments.law_list, name="law_list"),
    path("localities/<str:code>/laws/new/", instruments.law_new, name="law_new"),
    path("laws/<str:code>/", instruments.law_detail, name="law_detail"),
    path("laws/<str:code>/edit/", instruments.law_edit, name="law_edit"),
    path("laws/<str:code>/remove/", instruments.law_remove, name="law_remove"),
    path("laws/<str:code>/steps/new/", instruments.law_reading_new, name="law_reading_new"),
]
