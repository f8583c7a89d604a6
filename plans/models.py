"""Local Action Plans: objectives, what they align with, activities and their indicators."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import Committee
from core.codes import new_code
from core.models import Demo, SharedText
from frameworks.models import Framework, IndicatorDefinition, Provision
from frameworks.pillars import Pillar
from localities.languages import language_name
from localities.models import Locality
from people.models import Position
from plans.states import OPEN_STATES, TONES, PlanState

LONGEST_TEXT = 10_000  # characters; a page of a printed plan holds about 3,000


def plan_code() -> str:
    return new_code("LAP")


def objective_code() -> str:
    return new_code("O")


def activity_code() -> str:
    return new_code("A")


class LocalActionPlanQuerySet(models.QuerySet["LocalActionPlan"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, and those of committees that gave the user access."""
        return self.filter(
            user.scope.rows(Capability.SEE_WORK) | Q(committee__in=Committee.objects.giving_access_to(user))
        )

    def adopted(self) -> Self:
        return self.filter(state=PlanState.ADOPTED)

    def for_list(self) -> Self:
        return self.select_related("locality", "locality__country", "committee", "nap")

    def for_page(self) -> Self:
        """With what the rules of a single plan ask about."""
        return self.select_related("locality__country", "committee__locality__country", "nap")


class LocalActionPlan(SharedText, Demo):
    """The plan of a locality, written by its committee, with or without a National Action Plan."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=plan_code, editable=False)
    title = models.CharField(_("title"), max_length=200)
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="plans")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="plans")
    nap = models.ForeignKey(
        Framework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="local_plans",
        verbose_name=_("National Action Plan"),
    )
    no_nap_reason = models.TextField(_("why no National Action Plan"), blank=True, max_length=2000)
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    language = models.CharField(_("language"), max_length=10)
    currency = models.CharField(_("currency"), max_length=3)
    vision = models.TextField(_("vision"), blank=True, max_length=LONGEST_TEXT)
    situation = models.TextField(_("situation here"), blank=True, max_length=LONGEST_TEXT)
    state = models.CharField(_("state"), max_length=12, choices=PlanState, default=PlanState.DRAFTING)
    returned_reason = models.TextField(_("why it was returned"), blank=True, max_length=2000)
    endorsed_on = models.DateField(_("endorsed on"), null=True, blank=True)
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopting_act = models.CharField(_("act number"), max_length=100, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)

    objects = LocalActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "code"]
        constraints = [
            models.CheckConstraint(
                name="plan_period_in_order", condition=Q(period_end__gte=F("period_start"))
            ),
            models.CheckConstraint(
                name="plan_adoption_is_whole",
                condition=(
                    Q(state=PlanState.ADOPTED, adopted_on__isnull=False)
                    & ~Q(adopting_body="")
                    & ~Q(adopting_act="")
                )
                | (~Q(state=PlanState.ADOPTED) & Q(adopted_on=None, adopting_body="", adopting_act="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether its texts may be changed."""
        return self.state in OPEN_STATES

    @property
    def tone(self) -> str:
        return TONES[PlanState(self.state)]

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def years(self) -> str:
        """The period in years, as a plan's title carries it: "2026–2029"."""
        first, last = self.period_start.year, self.period_end.year
        return str(first) if first == last else f"{first}–{last}"


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


class Alignment(Demo):
    """The objective serves a provision of a framework."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="alignments")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="alignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "provision"], name="alignment_once")]

    def __str__(self) -> str:
        return f"{self.objective_id} → {self.provision_id}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(objective__plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the form shows and the rules of the plan ask about."""
        return self.select_related(
            "objective__plan__locality__country", "objective__plan__committee", "responsible__organization"
        )


class Activity(SharedText, Demo):
    """What will be done, by which position, when, at what cost, measured how."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=activity_code, editable=False)
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="activities")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("activity"), max_length=LONGEST_TEXT)
    responsible = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible position"),
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(999_999_999_999)],
    )
    no_cost = models.BooleanField(_("no cost"), default=False)
    gender_lens = models.TextField(
        _("gender lens: what changes for women, men, girls and boys"), blank=True, max_length=2000
    )
    conflict_lens = models.TextField(
        _("peace and conflict lens: what could calm or inflame"), blank=True, max_length=2000
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
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Indicator(Demo):
    """How one sees that an activity worked: from a baseline to a target, in one unit."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="indicators")
    text = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), blank=True, max_length=40)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    definition = models.ForeignKey(
        IndicatorDefinition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from the UN library"),
    )

    class Meta:
        ordering = ["activity", "pk"]

    def __str__(self) -> str:
        return self.text
