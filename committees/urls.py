"""Pages of the committees app."""

from django.urls import path

from committees import views

urlpatterns = [
    path("committees/", views.committee_list, name="committee_list"),
    path("committees/new/", views.committee_new, name="committee_new"),
    path("committees/<str:code>/edit/", views.committee_edit, name="committee_edit"),
    path("committees/<str:code>/", views.committee_detail, name="committee_detail"),
    path("committees/<str:code>/seats/new/", views.seat_new, name="seat_new"),
    path("committees/<str:code>/seats/<str:seat>/edit/", views.seat_edit, name="seat_edit"),
    path("committees/<str:code>/seats/<str:seat>/remove/", views.seat_remove, name="seat_remove"),
    path("committees/<str:code>/access/new/", views.access_new, name="access_new"),
    path("committees/<str:code>/access/<str:access>/remove/", views.access_remove, name="access_remove"),
]
