"""Addresses of committees, their seats, who sits on them, and their accounts."""

from django.urls import path

from committees.views import access, appointments, committees, seats, states

urlpatterns = [
    path("committees/", committees.committee_list, name="committee_list"),
    path("committees/new/", committees.committee_new, name="committee_new"),
    path("committees/<str:code>/edit/", committees.committee_edit, name="committee_edit"),
    path("committees/<str:code>/", committees.committee_detail, name="committee_detail"),
    path("committees/<str:code>/establish/", states.committee_establish, name="committee_establish"),
    path("committees/<str:code>/activate/", states.committee_activate, name="committee_activate"),
    path("committees/<str:code>/deactivate/", states.committee_deactivate, name="committee_deactivate"),
    path("committees/<str:code>/dissolve/", states.committee_dissolve, name="committee_dissolve"),
    path("committees/<str:code>/reopen/", states.committee_reopen, name="committee_reopen"),
    path("committees/<str:code>/seats/new/", seats.seat_new, name="seat_new"),
    path("committees/<str:code>/seats/<str:seat>/edit/", seats.seat_edit, name="seat_edit"),
    path("committees/<str:code>/seats/<str:seat>/remove/", seats.seat_remove, name="seat_remove"),
    path("committees/<str:code>/seats/<str:seat>/reopen/", seats.seat_reopen, name="seat_reopen"),
    path("committees/<str:code>/seats/<str:seat>/", seats.seat_detail, name="seat_detail"),
    path(
        "committees/<str:code>/seats/<str:seat>/appointments/new/",
        appointments.appointment_new,
        name="appointment_new",
    ),
    path(
        "committees/<str:code>/appointments/<str:appointment>/edit/",
        appointments.appointment_edit,
        name="appointment_edit",
    ),
    path(
        "committees/<str:code>/appointments/<str:appointment>/end/",
        appointments.appointment_end,
        name="appointment_end",
    ),
    path(
        "committees/<str:code>/appointments/<str:appointment>/remove/",
        appointments.appointment_remove,
        name="appointment_remove",
    ),
    path("committees/<str:code>/access/new/", access.access_new, name="access_new"),
    path("committees/<str:code>/access/<str:access>/edit/", access.access_edit, name="access_edit"),
    path("committees/<str:code>/access/<str:access>/remove/", access.access_remove, name="access_remove"),
]
