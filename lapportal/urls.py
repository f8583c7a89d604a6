"""Every address of the portal. One name in four places: URL name, view, template, test."""

from django.urls import include, path, re_path

from lapportal.views import health, home, places

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("localities/", places.country_list, name="country_list"),
    re_path(r"^localities/(?P<code>[A-Z]{2})/$", places.country_detail, name="country_detail"),
    path("localities/<str:code>/", places.locality_detail, name="locality_detail"),
    path("accounts/", include("accounts.urls")),
    path("", include("frameworks.urls")),
    path("", include("people.urls")),
    path("", include("workshops.urls")),
    path("", include("committees.urls")),
    path("", include("plans.urls")),
    path("", include("guidelines.urls")),
]

handler403 = "lapportal.views.refusals.forbidden"
handler404 = "lapportal.views.refusals.not_found"
handler500 = "lapportal.views.refusals.server_error"
