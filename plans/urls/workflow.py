"""Pages of what is decided about a plan: moves, rounds, adoption, editions, amendments."""

from django.urls import path

from plans.views import amendments, decisions, files, following, record

urlpatterns = [
    path("plans/<str:code>/record/", record.plan_record, name="plan_record"),
    path("plans/<str:code>/take-up/", decisions.plan_take_up, name="plan_take_up"),
    path("plans/<str:code>/submit/", decisions.plan_submit, name="plan_submit"),
    path("plans/<str:code>/return/", decisions.plan_return, name="plan_return"),
    path("plans/<str:code>/endorse/", decisions.plan_endorse, name="plan_endorse"),
    path("plans/<str:code>/send/", decisions.plan_send, name="plan_send"),
    path("plans/<str:code>/reject/", decisions.plan_reject, name="plan_reject"),
    path("plans/<str:code>/withdraw/", decisions.plan_withdraw, name="plan_withdraw"),
    path("plans/<str:code>/adopt/", decisions.plan_adopt, name="plan_adopt"),
    path("plans/<str:code>/implement/", following.plan_implement, name="plan_implement"),
    path("plans/<str:code>/review/", following.plan_review, name="plan_review"),
    path("plans/<str:code>/resume/", following.plan_resume, name="plan_resume"),
    path("plans/<str:code>/close/", following.plan_close, name="plan_close"),
    path("plans/<str:code>/supersede/", following.plan_supersede, name="plan_supersede"),
    path("plans/<str:code>/endorsements/new/", record.endorsement_new, name="endorsement_new"),
    path(
        "plans/<str:code>/endorsements/<str:position>/remove/",
        record.endorsement_remove,
        name="endorsement_remove",
    ),
    path("plans/<str:code>/amendment/open/", amendments.amendment_open, name="amendment_open"),
    path("plans/<str:code>/amendment/adopt/", amendments.amendment_adopt, name="amendment_adopt"),
    path("plans/<str:code>/amendment/drop/", amendments.amendment_drop, name="amendment_drop"),
    path("files/<str:attachment>/", files.attachment_file, name="attachment_file"),
]
