"""What will be done, how one sees that it worked, and what it costs."""

import datetime
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Demo, SharedText
from frameworks.models import IndicatorDefinition
from people.models import Position
from plans.models.codes import activity_code, budget_line_code, indicator_code
from plans.models.objectives import Objective, PriorityIssue, Theme
from plans.models.plan import LONGEST_TEXT, LocalActionPlan
from plans.states import IN_FORCE_STATES
from workshops.models import Commitment

MOST_MONEY = 999_999_999_999


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Under way")
    DONE = "done", _("Done")
    DELAYED = "delayed", _("Delayed")
    BLOCKED = "blocked", _("Blocked")
    SUSPENDED = "suspended", _("Suspended")
    DROPPED = "dropped", _("Dropped")


# These need a reason, from the list and in words (F81).
TROUBLED = frozenset(
    {ActivityState.DELAYED, ActivityState.BLOCKED, ActivityState.SUSPENDED, ActivityState.DROPPED}
)


class StateReason(models.TextChoices):
    """Why an activity does not go as planned (F81; International Alert, 2020)."""

    FUNDS = "funds", _("Money did not come")
    INSECURITY = "insecurity", _("Insecurity or conflict")
    EMERGENCY = "emergency", _("Epidemic, disaster or other emergency")
    CHANGE_OF_OFFICE = "change_of_office", _("Change of office-holders")
    OPPOSITION = "opposition", _("Opposition or pressure")
    PARTNER = "partner", _("A partner did not deliver")
    CAPACITY = "capacity", _("People or skills were missing")
    NO_LONGER_NEEDED = "no_longer_needed", _("No longer needed")
    OTHER = "other", _("Other")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(objective__plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the form shows and the rules of the plan ask about."""
        return self.select_related(
            "objective__plan__locality__country",
            "objective__plan__committee__locality",
            "objective__plan__nap",
            "responsible__organization",
        )

    def for_list(self) -> Self:
        """With what a row of the list over all plans shows."""
        rows = self.select_related("objective__plan__locality__country", "responsible__organization")
        return rows.prefetch_related("themes")

    def overdue(self, today: datetime.date) -> Self:
        """Past their end and neither done nor dropped, in plans that are followed."""
        ended = self.filter(ends_on__lt=today).exclude(state__in=[ActivityState.DONE, ActivityState.DROPPED])
        return ended.filter(objective__plan__state__in=IN_FORCE_STATES)


class Activity(SharedText, Demo):
    """What will be done, by which position, when, at what cost, measured how."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=activity_code, editable=False)
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="activities")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("activity"), max_length=LONGEST_TEXT)
    expected_output = models.TextField(_("expected output"), blank=True, max_length=2000)
    target_groups = models.CharField(_("for whom"), max_length=300, blank=True)
    location = models.CharField(_("where"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible position"),
    )
    supporting = models.ManyToManyField(
        Position, blank=True, related_name="supported_activities", verbose_name=_("supporting positions")
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )
    no_cost = models.BooleanField(_("no cost"), default=False)
    gender_lens = models.TextField(
        _("gender lens: what changes for women, men, girls and boys"), blank=True, max_length=2000
    )
    conflict_lens = models.TextField(
        _("peace and conflict lens: what could calm or inflame"), blank=True, max_length=2000
    )
    do_no_harm = models.TextField(
        _("do no harm: who could be hurt by it, and what is done about that"), blank=True, max_length=2000
    )
    risks = models.TextField(_("risks and assumptions"), blank=True, max_length=2000)
    themes = models.ManyToManyField(Theme, blank=True, related_name="activities", verbose_name=_("themes"))
    issues = models.ManyToManyField(
        PriorityIssue,
        blank=True,
        related_name="activities",
        verbose_name=_("priority issues that it answers"),
    )
    engages_men_boys = models.BooleanField(_("engages men and boys"), default=False)
    commitment = models.ForeignKey(
        Commitment,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="activities",
        verbose_name=_("commitment that it comes from"),
    )
    # Progress, not plan: these change while the adopted text stands.
    state = models.CharField(_("state"), max_length=12, choices=ActivityState, default=ActivityState.PLANNED)
    state_reason = models.CharField(_("reason"), max_length=20, choices=StateReason, blank=True)
    state_note = models.TextField(_("in words"), blank=True, max_length=2000)
    state_since = models.DateField(_("since"), null=True, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account that reports on it"),
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["objective", "order", "pk"]
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                name="activity_dates_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="activity_cost_not_negative", condition=Q(cost=None) | Q(cost__gte=0)
            ),
            models.CheckConstraint(
                name="activity_cost_or_no_cost", condition=Q(no_cost=False) | Q(cost=None)
            ),
            models.CheckConstraint(
                name="activity_trouble_has_reason",
                condition=Q(state__in=sorted(set(ActivityState.values) - TROUBLED)) | ~Q(state_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def plan(self) -> LocalActionPlan:
        return self.objective.plan

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.code}"

    def is_overdue(self, today: datetime.date) -> bool:
        """As ActivityQuerySet.overdue, for one row at hand."""
        is_over = self.state in {ActivityState.DONE, ActivityState.DROPPED}
        return bool(self.ends_on and self.ends_on < today) and not is_over and self.plan.is_in_force


class IndicatorKind(models.TextChoices):
    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percentage")
    YES_NO = "yes_no", _("Yes or no")
    QUALITATIVE = "qualitative", _("In words")


class Split(models.TextChoices):
    """By what the values of an indicator are told apart (F53)."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    DISABILITY = "disability", _("Disability")
    DISPLACEMENT = "displacement", _("Displacement")
    RESIDENCE = "residence", _("Town and country")


class Frequency(models.TextChoices):
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half year")
    YEARLY = "yearly", _("Every year")
    ONCE = "once", _("At the end")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(activity__objective__plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the rules of the plan ask about."""
        return self.select_related(
            "activity__objective__plan__locality__country",
            "activity__objective__plan__committee__locality",
            "activity__objective__plan__nap",
            "responsible__organization",
        )


class Indicator(SharedText, Demo):
    """How one sees that an activity worked: from a baseline to a target, in one unit."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=indicator_code, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="indicators")
    text = models.CharField(_("indicator"), max_length=300)
    kind = models.CharField(_("type"), max_length=12, choices=IndicatorKind, default=IndicatorKind.NUMBER)
    unit = models.CharField(_("unit"), blank=True, max_length=40)
    split_by = models.JSONField(_("told apart by"), default=list, blank=True)  # of Split
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(_("baseline as of"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    # For indicators in words: how it is today, how it is to be.
    baseline_text = models.CharField(_("baseline in words"), max_length=300, blank=True)
    target_text = models.CharField(_("target in words"), max_length=300, blank=True)
    yearly_targets = models.JSONField(_("targets by year"), default=dict, blank=True)  # {"2026": "12.5"}
    means_of_verification = models.CharField(_("means of verification"), max_length=300, blank=True)
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency, blank=True)
    responsible = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("position that collects it"),
    )
    definition = models.ForeignKey(
        IndicatorDefinition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from the UN library"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def plan(self) -> LocalActionPlan:
        return self.activity.objective.plan

    @property
    def baseline_shown(self) -> str:
        """How it is today, as people read it: "22 %", "no", or words."""
        return self.shown(self.baseline, self.baseline_text)

    @property
    def target_shown(self) -> str:
        return self.shown(self.target, self.target_text)

    def shown(self, number: Decimal | None, words: str = "") -> str:
        """A value of this indicator; empty when there is none."""
        if self.kind == IndicatorKind.QUALITATIVE:
            return words
        if number is None:
            return ""
        if self.kind == IndicatorKind.YES_NO:
            return gettext("yes") if number else gettext("no")
        figure = number_format(Decimal(number).normalize(), use_l10n=True, force_grouping=True)
        unit = "%" if self.kind == IndicatorKind.PERCENT and not self.unit else self.unit
        return f"{figure} {unit}".strip()


class BudgetSource(models.TextChoices):
    LOCAL = "local", _("Local government")
    NATIONAL = "national", _("National government")
    DONOR = "donor", _("Donor or UN")
    CIVIL_SOCIETY = "civil_society", _("Civil society or community")
    PRIVATE = "private", _("Private")
    IN_KIND = "in_kind", _("In kind")
    UNKNOWN = "unknown", _("Source not found yet")


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(activity__objective__plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the rules of the plan ask about."""
        return self.select_related(
            "activity__objective__plan__locality__country",
            "activity__objective__plan__committee__locality",
            "activity__objective__plan__nap",
        )


def _amount(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=14,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )


class BudgetLine(SharedText, Demo):
    """Money for one activity from one source in one fiscal year, in the plan's currency.

    `planned` is plan and frozen with an edition; allocated, disbursed and spent are progress."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=budget_line_code, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="budget_lines")
    source = models.CharField(_("source"), max_length=15, choices=BudgetSource, default=BudgetSource.UNKNOWN)
    source_name = models.CharField(_("name of the source"), max_length=160, blank=True)
    fiscal_year = models.CharField(_("fiscal year"), max_length=7)  # "2026" or "2026/27"
    planned = _amount(_("planned"))
    allocated = _amount(_("allocated"))
    disbursed = _amount(_("disbursed"))
    spent = _amount(_("spent"))
    is_core = models.BooleanField(_("core funding"), default=False)
    is_long_term = models.BooleanField(_("long-term funding"), default=False)
    is_consortium = models.BooleanField(_("through a consortium"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source", "source_name", "fiscal_year"], name="budget_line_once"
            ),
            models.CheckConstraint(
                name="budget_amounts_not_negative",
                condition=Q(planned__gte=0, allocated__gte=0, disbursed__gte=0, spent__gte=0),
            ),
            models.CheckConstraint(
                name="budget_source_is_known", condition=Q(source__in=sorted(BudgetSource.values))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.get_source_display()}"

    @property
    def plan(self) -> LocalActionPlan:
        return self.activity.objective.plan
