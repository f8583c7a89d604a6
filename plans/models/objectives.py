"""What a plan answers to and wants: themes, priority issues, objectives, and what they align with."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Demo, SharedText
from frameworks.models import Provision
from frameworks.pillars import Pillar
from localities.models import name_in
from plans.models.codes import alignment_code, issue_code, objective_code
from plans.models.plan import LONGEST_TEXT, LocalActionPlan
from workshops.models import ConflictIssue


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class Theme(models.Model):
    """What an activity or an issue is about, beside its pillar: a list that grows without a
    programmer (F41, F52, F92). One that is no longer offered stays where it was given."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("theme"), max_length=120, unique=True)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return name_in(self.names, self.name, get_language())


class PriorityIssueQuerySet(models.QuerySet["PriorityIssue"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the rules of the plan ask about."""
        return self.select_related("plan__locality__country", "plan__committee__locality", "plan__nap")


class PriorityIssue(SharedText, Demo):
    """An issue that the plan answers to, from the workshop's conflict analysis or written here.
    Without an activity it is listed as "no action yet" (F60)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=issue_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="issues")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("issue"), max_length=2000)
    affected = models.TextField(_("who is affected"), blank=True, max_length=1000)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    # Where it was found: the text may be edited freely, the origin stays.
    found_as = models.ForeignKey(
        ConflictIssue, models.SET_NULL, null=True, blank=True, editable=False, related_name="plan_issues"
    )

    objects = PriorityIssueQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "found_as"], name="conflict_issue_once_in_plan")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.code}"


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the rules of the plan ask about."""
        return self.select_related("plan__locality__country", "plan__committee__locality", "plan__nap")


class Objective(SharedText, Demo):
    """What the plan wants to reach: taken from a National Action Plan, or local only with a reason."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=objective_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="objectives")
    order = models.PositiveSmallIntegerField(default=0)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar)
    text = models.TextField(_("objective"), max_length=LONGEST_TEXT)
    # The item it was started from: the text may be edited freely, the origin stays (F24).
    started_from = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    local_reason = models.TextField(
        _("why this matters here although no item of the plan asks for it"), blank=True, max_length=2000
    )

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Strength(models.TextChoices):
    DIRECT = "direct", _("Direct")
    PARTIAL = "partial", _("Partial")
    SUPPORTING = "supporting", _("Supporting")


class AlignmentState(models.TextChoices):
    STATED = "stated", _("Stated, not reviewed")
    CONFIRMED = "confirmed", _("Confirmed")
    DOUBTED = "doubted", _("Doubted by the reviewer")


class AlignmentQuerySet(models.QuerySet["Alignment"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        plans = LocalActionPlan.objects.visible_to(user)
        return self.filter(Q(objective__plan__in=plans) | Q(activity__objective__plan__in=plans))

    def of_plan(self, plan: LocalActionPlan) -> Self:
        """What its objectives and its activities state."""
        return self.filter(Q(objective__plan=plan) | Q(activity__objective__plan=plan))


class Alignment(Demo):
    """A statement: this objective or activity serves that provision, so far, for this reason;
    and what a second person found when reviewing it. A doubted one stands, and the page says so."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=alignment_code, editable=False)
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="alignments")
    activity = models.ForeignKey(
        "plans.Activity", models.CASCADE, null=True, blank=True, related_name="alignments"
    )
    provision = models.ForeignKey(
        Provision, models.PROTECT, related_name="alignments", verbose_name=_("provision")
    )
    strength = models.CharField(_("strength"), max_length=12, choices=Strength, default=Strength.DIRECT)
    justification = models.TextField(_("why"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=AlignmentState, default=AlignmentState.STATED)
    stated_at = models.DateTimeField(_("stated"), default=timezone.now, editable=False)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    review_note = models.TextField(_("what the reviewer says"), blank=True, max_length=2000)
    # The objective's or activity's version that was reviewed: a later text is to be looked at again.
    reviewed_version = models.PositiveIntegerField(null=True, editable=False)

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        ordering = ["provision__framework", "provision__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "provision"], name="alignment_once"),
            models.UniqueConstraint(fields=["activity", "provision"], name="activity_alignment_once"),
            models.CheckConstraint(
                name="alignment_of_one_item",
                condition=Q(objective__isnull=False, activity=None)
                | Q(objective=None, activity__isnull=False),
            ),
            models.CheckConstraint(
                name="alignment_has_known_values",
                condition=Q(strength__in=sorted(Strength.values), state__in=sorted(AlignmentState.values)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id or self.activity_id} → {self.provision_id}"

    @property
    def item(self) -> Any:
        """The objective or the activity that states it."""
        return self.objective or self.activity

    @property
    def is_reviewed(self) -> bool:
        """Reviewed, and the text has not changed since."""
        return self.reviewed_version is not None and self.reviewed_version == self.item.row_version
