"""Addresses of what meetings decide: decisions, minutes and their papers, and what is sent on."""

from django.urls import path

from committees.views import decisions, forwarding, minutes, papers

MINUTES = "meetings/<str:code>/minutes"

urlpatterns = [
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("committees/<str:code>/decisions/", decisions.committee_decisions, name="committee_decisions"),
    path("meetings/<str:code>/decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<str:code>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<str:code>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<str:code>/remove/", decisions.decision_remove, name="decision_remove"),
    path("decisions/<str:code>/close/", decisions.decision_close, name="decision_close"),
    path("decisions/<str:code>/reopen/", decisions.decision_reopen, name="decision_reopen"),
    path("decisions/<str:code>/forward/", forwarding.forward_decision, name="forward_decision"),
    path(f"{MINUTES}/", minutes.minutes_detail, name="minutes_detail"),
    path(f"{MINUTES}/edit/", minutes.minutes_edit, name="minutes_edit"),
    path(f"{MINUTES}/open/", minutes.minutes_open, name="minutes_open"),
    path(f"{MINUTES}/back/", minutes.minutes_back, name="minutes_back"),
    path(f"{MINUTES}/approve/", minutes.minutes_approve, name="minutes_approve"),
    path(f"{MINUTES}/comments/new/", minutes.minutes_comment_new, name="minutes_comment_new"),
    path(
        f"{MINUTES}/comments/<str:comment>/answer/",
        minutes.minutes_comment_answer,
        name="minutes_comment_answer",
    ),
    path(f"{MINUTES}/pdf/", papers.meeting_minutes_pdf, name="meeting_minutes_pdf"),
    path(f"{MINUTES}/blank/", papers.blank_minutes_pdf, name="blank_minutes_pdf"),
    path("meetings/<str:code>/agenda/pdf/", papers.meeting_agenda_pdf, name="meeting_agenda_pdf"),
    path(
        "committees/<str:code>/forwardings/", forwarding.committee_forwardings, name="committee_forwardings"
    ),
    path("forwardings/<str:code>/", forwarding.forwarding_detail, name="forwarding_detail"),
    path("forwardings/<str:code>/take-up/", forwarding.forwarding_take_up, name="forwarding_take_up"),
    path("forwardings/<str:code>/send-back/", forwarding.forwarding_send_back, name="forwarding_send_back"),
]
