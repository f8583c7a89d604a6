"""How the offices of a place carry out what they promised (F38), and decisions that concern a plan.

Of the office, never of a person: nothing here names or points at who held it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.composition import Side
from committees.models import Committee, Decision
from core.models import Demo, SharedText
from people.models import Position
from plans.models.activities import Activity
from plans.models.codes import assessment_code
from plans.models.objectives import Objective
from plans.models.plan import LocalActionPlan
from plans.scorecards import period_words


class AssessmentState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: Any) -> Self:
        """Closed ones: whoever sees the committee. Open ones: who works for it or accompanies the place;
        an oversight reader is shown what is finished."""
        committees = Committee.objects
        return self.filter(
            Q(state=AssessmentState.CLOSED, committee__in=committees.visible_to(user))
            | Q(committee__in=committees.giving_access_to(user))
            | user.scope.rows(Capability.COMMENT_PLANS, locality="committee__locality")
        )

    def for_list(self) -> Self:
        return self.select_related(
            "committee__locality__country", "position__organization", "position__locality"
        )


class Assessment(SharedText, Demo):
    """The scorecard of one office for one period, kept by a committee (F38, GNWP conference 2018).

    While it is open its figures are counted anew whenever it is shown; closing freezes them in `facts`."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=assessment_code, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="assessments")
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="assessments", verbose_name=_("office")
    )
    label = models.CharField(_("period"), max_length=40)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=8, choices=AssessmentState, default=AssessmentState.OPEN)
    method = models.CharField(_("method"), max_length=20, editable=False)  # plans.scorecards.METHOD
    facts = models.JSONField(default=dict, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-end", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="assessment_days_in_order", condition=Q(end__gte=F("start"))),
            models.UniqueConstraint(
                fields=["committee", "position", "start", "end"], name="assessment_once_a_period"
            ),
            models.CheckConstraint(
                name="assessment_closed_is_whole",
                condition=Q(state="open", closed_on=None) | Q(state="closed", closed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("assessment_detail", args=[self.code])

    @property
    def period(self) -> str:
        """In the language that is on; `label` is how it is kept."""
        return period_words(self.start, self.end)

    @property
    def is_open(self) -> bool:
        return self.state == AssessmentState.OPEN


class SideView(Demo):
    """What one side of the committee says about the office: marks by criterion and a note."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="views")
    side = models.CharField(_("side"), max_length=15, choices=Side)
    marks = models.JSONField(_("marks"), default=dict)  # {criterion: 0 to 4} (plans.scorecards)
    note = models.TextField(_("in words"), blank=True, max_length=2000)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)
    # The secretary wrote down what the side agreed on in the meeting.
    for_the_side = models.BooleanField(default=False)

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "side"], name="one_view_a_side"),
            models.CheckConstraint(
                name="view_of_one_of_two_sides", condition=Q(side__in=["government", "civil_society"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.assessment_id}"


class PlanDecisionQuerySet(models.QuerySet["PlanDecision"]):
    def visible_to(self, user: Any) -> Self:
        """Those whose decision and whose plan `user` may see."""
        return self.filter(
            decision__in=Decision.objects.visible_to(user),
            plan__in=LocalActionPlan.objects.visible_to(user),
        )


class PlanDecision(Demo):
    """A decision of a committee that concerns a plan, an objective or an activity of it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="plan_links")
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="decision_links")
    objective = models.ForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="decision_links"
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="decision_links"
    )

    objects = PlanDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_on_one_thing", condition=Q(objective=None) | Q(activity=None)
            ),
            models.UniqueConstraint(
                fields=["decision", "plan", "objective", "activity"],
                name="plan_decision_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.plan_id}"
