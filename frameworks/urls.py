"""Pages of the frameworks app. Words below frameworks/ stand before the codes."""

from django.urls import path

from frameworks.views import leads, library

lead = "frameworks/<str:code>/leads/<str:lead>/"

urlpatterns = [
    path("frameworks/", library.framework_list, name="framework_list"),
    path("frameworks/indicators/", library.indicator_list, name="indicator_list"),
    path("frameworks/leads/", leads.lead_list, name="lead_list"),
    path("frameworks/<str:code>/", library.framework_detail, name="framework_detail"),
    path("frameworks/<str:code>/leads/new/", leads.lead_new, name="lead_new"),
    path(f"{lead}edit/", leads.lead_edit, name="lead_edit"),
    path(f"{lead}remove/", leads.lead_remove, name="lead_remove"),
]
