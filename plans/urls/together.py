"""Pages of writing together: history, comments, who is writing."""

from django.urls import path

from plans.views import comments, history, presence

urlpatterns = [
    path("plans/<str:code>/writing/", presence.plan_writing, name="plan_writing"),
    path("plans/<str:code>/history/", history.plan_history, name="plan_history"),
    path("plans/<str:code>/history/<str:subject>/<str:part>/", history.part_history, name="part_history"),
    path(
        "plans/<str:code>/history/<str:subject>/<str:part>/<int:version>/restore/",
        history.revision_restore,
        name="revision_restore",
    ),
    path("plans/<str:code>/comments/", comments.plan_comments, name="plan_comments"),
    path("plans/<str:code>/comments/new/", comments.comment_new, name="comment_new"),
    path("plans/<str:code>/comments/<str:comment>/", comments.comment_detail, name="comment_detail"),
    path("plans/<str:code>/comments/<str:comment>/answer/", comments.comment_answer, name="comment_answer"),
    path("plans/<str:code>/comments/<str:comment>/decide/", comments.comment_decide, name="comment_decide"),
    path("plans/<str:code>/comments/<str:comment>/reopen/", comments.comment_reopen, name="comment_reopen"),
]
