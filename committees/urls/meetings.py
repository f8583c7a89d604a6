"""Addresses of meetings, their agenda, documents and invitations."""

from django.urls import path

from committees.views import agenda, attendance, invitations, meeting_files, meetings

urlpatterns = [
    path("committees/<str:code>/meetings/", meetings.meeting_list, name="meeting_list"),
    path("committees/<str:code>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("committees/<str:code>/meetings/plan/", meetings.meetings_plan, name="meetings_plan"),
    path("committees/<str:code>/meetings.ics", invitations.committee_ics, name="committee_ics"),
    path("meetings/", meetings.all_meetings, name="all_meetings"),
    path("meetings/<str:code>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<str:code>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<str:code>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<str:code>/remove/", meetings.meeting_remove, name="meeting_remove"),
    path("meetings/<str:code>/invite/", invitations.meeting_invite, name="meeting_invite"),
    path("meetings/<str:code>/invitation.ics", invitations.meeting_ics, name="meeting_ics"),
    path("meetings/<str:code>/attendance/", attendance.meeting_attendance, name="meeting_attendance"),
    path("meetings/<str:code>/not-held/", attendance.meeting_unhold, name="meeting_unhold"),
    path("meetings/<str:code>/agenda/new/", agenda.agenda_new, name="agenda_new"),
    path("meetings/<str:code>/agenda/take/", agenda.agenda_take, name="agenda_take"),
    path("meetings/<str:code>/agenda/copy/", agenda.agenda_copy, name="agenda_copy"),
    path("meetings/<str:code>/agenda/<str:item>/edit/", agenda.agenda_edit, name="agenda_edit"),
    path("meetings/<str:code>/agenda/<str:item>/remove/", agenda.agenda_remove, name="agenda_remove"),
    path("meetings/<str:code>/agenda/<str:item>/move/", agenda.agenda_move, name="agenda_move"),
    path("meetings/<str:code>/files/new/", meeting_files.meeting_file_new, name="meeting_file_new"),
    path("meetings/<str:code>/files/<str:file>/", meeting_files.meeting_file, name="meeting_file"),
    path(
        "meetings/<str:code>/files/<str:file>/remove/",
        meeting_files.meeting_file_remove,
        name="meeting_file_remove",
    ),
]
