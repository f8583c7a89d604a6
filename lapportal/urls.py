"""Every address of the portal. One name in four places: URL name, view, template, test."""

from django.urls import include, path

from lapportal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("localities/", views.country_list, name="country_list"),
    path("localities/<str:code>/", views.locality_detail, name="locality_detail"),
    path("accounts/", include("accounts.urls")),
    path("", include("frameworks.urls")),
    path("", include("workshops.urls")),
    path("", include("committees.urls")),
    path("", include("plans.urls")),
    path("", include("guidelines.urls")),
]

handler403 = "lapportal.views.forbidden"
handler404 = "lapportal.views.not_found"
handler500 = "lapportal.views.server_error"
