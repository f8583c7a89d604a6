"""Following a plan: periods, what was done in each, values, evidence, reminders."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.models import Demo, SharedText
from plans.models.activities import Activity, ActivityState, Indicator, StateReason
from plans.models.codes import update_code
from plans.models.plan import LocalActionPlan
from plans.quarters import Quarter


class ReportingPeriod(Demo):
    """A quarter of a plan: opens when it is over, is due, and locks; a secretary may reopen it
    with a reason (BR16)."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("period"), max_length=40)  # "Q1 2026", or as the fiscal year is called
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    due_on = models.DateField(_("due"))
    locks_on = models.DateField(_("locks"))
    reopened_until = models.DateField(_("reopened until"), null=True, blank=True)
    reopened_reason = models.CharField(_("why it was reopened"), max_length=300, blank=True)

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="period_number_once_in_plan"),
            models.CheckConstraint(
                name="period_days_in_order",
                condition=Q(end__gte=F("start"), due_on__gte=F("end"), locks_on__gte=F("due_on")),
            ),
            models.CheckConstraint(
                name="period_reopened_with_reason",
                condition=Q(reopened_until=None) | ~Q(reopened_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def said(self) -> str:
        """In the language that is on; `label` is how it is kept, in the language of the site."""
        quarter = Quarter(self.start, self.end)
        with translation.override(settings.LANGUAGE_CODE):
            kept = quarter.label
        return quarter.label if self.label == kept else self.label

    def is_open(self, today: datetime.date) -> bool:
        """Begun, and not locked: one may write while the quarter runs."""
        if self.reopened_until and today <= self.reopened_until:
            return True
        return self.start <= today < self.locks_on

    def is_late(self, today: datetime.date) -> bool:
        return today > self.due_on


class UpdateState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class ProgressUpdateQuerySet(models.QuerySet["ProgressUpdate"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(period__plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the form shows and the rules of the plan ask about."""
        return self.select_related(
            "period__plan__locality__country",
            "period__plan__committee__locality",
            "activity__objective",
            "activity__responsible__organization",
        )


class ProgressUpdate(SharedText, Demo):
    """How far one activity came in one period. At most five fields are required (F07)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=update_code, editable=False)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="updates")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="updates")
    activity_state = models.CharField(_("how far it is"), max_length=12, choices=ActivityState)
    state_reason = models.CharField(_("reason"), max_length=20, choices=StateReason, blank=True)
    done = models.TextField(_("what was done"), max_length=3000)
    problems = models.TextField(_("what stood in the way"), blank=True, max_length=2000)
    next_step = models.TextField(_("what comes next"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=UpdateState, default=UpdateState.DRAFT)
    from_paper = models.BooleanField(_("typed in from paper"), default=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    return_reason = models.TextField(_("why it was returned"), blank=True, max_length=2000)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["period", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["period", "activity"], name="update_once_a_period"),
            models.CheckConstraint(
                name="update_returned_with_reason", condition=~Q(state="returned") | ~Q(return_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.activity_id}"

    @property
    def plan(self) -> LocalActionPlan:
        return self.period.plan


class IndicatorValue(Demo):
    """What an indicator showed in a period, told apart where it was asked for: {"sex": {"women": 12}}.
    Totals of people only: no names, no single cases (domain.md §9.3)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="recorded_values")
    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="values")
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2, null=True, blank=True)
    value_text = models.CharField(_("in words"), max_length=300, blank=True)
    breakdown = models.JSONField(_("told apart"), default=dict, blank=True)

    class Meta:
        ordering = ["indicator"]
        constraints = [models.UniqueConstraint(fields=["indicator", "update"], name="value_once_an_update")]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"


class ReminderLevel(models.IntegerChoices):
    """A reminder climbs when nothing moves."""

    OWNER = 1, _("Who reports")
    SECRETARY = 2, _("Secretary")
    COORDINATOR = 3, _("Coordinator")


class Reminder(models.Model):
    """A notice that asked for an overdue update, so that nobody is asked twice at the same level."""

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="reminders")
    level = models.PositiveSmallIntegerField(choices=ReminderLevel)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    updates_missing = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["period", "level", "user"], name="reminder_once_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.level}"
