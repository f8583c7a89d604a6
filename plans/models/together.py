"""Writing a plan together: what each save was, who is writing where, and what others say about it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Dated, Demo
from plans.models.codes import comment_code
from plans.models.plan import LocalActionPlan
from plans.models.workflow import ValidationRound


class Subject(models.TextChoices):
    """What in a plan can be written, commented on and looked up in its history (plans.subjects)."""

    PLAN = "plan", _("Title, period and frame")
    SECTION = "section", _("Section")
    ISSUE = "issue", _("Priority issue")
    OBJECTIVE = "objective", _("Objective")
    ACTIVITY = "activity", _("Activity")
    INDICATOR = "indicator", _("Indicator")
    BUDGET_LINE = "budget_line", _("Budget line")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))


class Revision(models.Model):
    """One row of a plan as one save left it: the history of every field, and the base of a merge.

    `version` is the row's `row_version` after the save. Decision 0013 says why this is ours."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="revisions")
    subject = models.CharField(_("part of the plan"), max_length=12, choices=Subject)
    subject_code = models.CharField(max_length=12)
    version = models.PositiveIntegerField(_("version"))
    values = models.JSONField(default=dict)  # plans.tracking.values_of: field → value, as it is restored
    removed = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("saved"), auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "subject", "subject_code", "version"], name="revision_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_code} v{self.version}"


class Writing(models.Model):
    """An account has the form of a part of a plan open; `seen_at` is its last sign of life."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="writers")
    subject = models.CharField(max_length=12, choices=Subject)
    subject_code = models.CharField(max_length=12)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user", "subject", "subject_code"], name="writing_once_a_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.subject} {self.subject_code}"


class CommentState(models.TextChoices):
    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))

    def threads(self) -> Self:
        """Those that begin a thread; answers have a parent."""
        return self.filter(parent=None)

    def open(self) -> Self:
        return self.filter(parent=None, state=CommentState.OPEN)


class Comment(Dated, Demo):
    """What somebody says about a part of a plan, an answer to that, or another wording suggested for
    one of its fields. National staff speak here; they never overwrite (F47)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=comment_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="comments")
    subject = models.CharField(_("part of the plan"), max_length=12, choices=Subject)
    subject_code = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    # Made in a validation round: each of these has to be accepted or declined before endorsement (F45).
    round = models.ForeignKey(
        ValidationRound, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_as = models.CharField(_("speaking as"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=5000)
    field = models.CharField(_("wording of"), max_length=40, blank=True)
    suggestion = models.TextField(_("suggested wording"), blank=True, max_length=20_000)
    state = models.CharField(_("state"), max_length=10, choices=CommentState, default=CommentState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_state_is_known", condition=Q(state__in=sorted(CommentState.values))
            ),
            models.CheckConstraint(
                name="comment_declined_with_reason", condition=~Q(state="declined") | ~Q(decision_reason="")
            ),
            models.CheckConstraint(
                name="comment_suggestion_has_field", condition=Q(suggestion="") | ~Q(field="")
            ),
        ]
        indexes = [models.Index(fields=["plan", "subject", "subject_code"], name="comment_by_subject")]

    def __str__(self) -> str:
        return self.text[:80]
