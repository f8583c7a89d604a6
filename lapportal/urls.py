"""Every address of the portal. One name in four places: URL name, view, template, test."""

from django.urls import include, path, re_path

from lapportal.views import (
    guides,
    handover_lines,
    handovers,
    health,
    home,
    onboarding,
    packs,
    places,
    work,
)

handover = "handovers/<str:code>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("work/", work.my_work, name="my_work"),
    path("guides/workshop/", guides.guide_workshop, name="guide_workshop"),
    path("guides/plan/", guides.guide_plan, name="guide_plan"),
    path("guides/guidelines/", guides.guide_guidelines, name="guide_guidelines"),
    path("localities/", places.country_list, name="country_list"),
    re_path(r"^localities/(?P<code>[A-Z]{2})/$", places.country_detail, name="country_detail"),
    path("localities/<str:code>/", places.locality_detail, name="locality_detail"),
    path("handovers/", handovers.handover_list, name="handover_list"),
    path("positions/<str:code>/handovers/new/", handovers.handover_new, name="handover_new"),
    path(handover, handovers.handover_detail, name="handover_detail"),
    path(f"{handover}successor/", handovers.handover_successor, name="handover_successor"),
    path(f"{handover}send/", handovers.handover_send, name="handover_send"),
    path(f"{handover}meeting/", handovers.handover_meeting, name="handover_meeting"),
    path(f"{handover}acknowledge/", handovers.handover_acknowledge, name="handover_acknowledge"),
    path(f"{handover}stays/", handovers.handover_stays, name="handover_stays"),
    path(f"{handover}checklist/", handover_lines.handover_checklist, name="handover_checklist"),
    path(f"{handover}pack/", packs.handover_pack, name="handover_pack"),
    path(f"{handover}pack.pdf", packs.handover_pack_pdf, name="handover_pack_pdf"),
    path("committees/<str:code>/welcome/", onboarding.onboarding, name="onboarding"),
    path("accounts/", include("accounts.urls")),
    path("notices/", include("accounts.notice_urls")),
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
