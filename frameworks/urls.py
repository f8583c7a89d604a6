"""Pages of the frameworks app. The library of indicators stands before the codes."""

from django.urls import path

from frameworks import views

urlpatterns = [
    path("frameworks/", views.framework_list, name="framework_list"),
    path("frameworks/indicators/", views.indicator_list, name="indicator_list"),
    path("frameworks/<str:code>/", views.framework_detail, name="framework_detail"),
]
