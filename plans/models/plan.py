"""The Local Action Plan itself and the sections of its text."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import Committee
from core.models import Demo, SharedText
from core.prose import to_html
from frameworks.models import Framework
from localities.languages import direction, language_name
from localities.models import Locality
from people.models import Position
from plans.models.codes import plan_code, section_code
from plans.states import ADOPTED_STATES, IN_FORCE_STATES, OPEN_STATES, TONES, PlanState

LONGEST_TEXT = 10_000  # characters; a page of a printed plan holds about 3,000
LONGEST_SECTION = 20_000


class ActKind(models.TextChoices):
    """What a council, an assembly or a governor adopts a plan with."""

    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")
    ORDINANCE = "ordinance", _("Ordinance or by-law")
    ORDER = "order", _("Order of the executive")
    MINUTES = "minutes", _("Minutes of a session")
    OTHER = "other", _("Other act")


def _has_budget() -> Exists:
    costed = Q(objectives__activities__cost__isnull=False)
    planned = Q(objectives__activities__budget_lines__planned__gt=0)
    return Exists(LocalActionPlan.objects.filter(costed | planned, pk=OuterRef("pk")))


class LocalActionPlanQuerySet(models.QuerySet["LocalActionPlan"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, and those of committees that gave the user access."""
        return self.filter(
            user.scope.rows(Capability.SEE_WORK) | Q(committee__in=Committee.objects.giving_access_to(user))
        )

    def adopted(self) -> Self:
        """Adopted and still followed."""
        return self.filter(state__in=IN_FORCE_STATES)

    def ever_adopted(self) -> Self:
        return self.filter(state__in=ADOPTED_STATES)

    def with_budget(self) -> Self:
        """Annotates `has_budget`: some activity has a cost or money planned for it (F70)."""
        return self.annotate(has_budget=_has_budget())

    def having_budget(self, wanted: bool) -> Self:
        """Those with a budget, or those without one."""
        return self.filter(_has_budget() if wanted else ~_has_budget())

    def with_newest_edition(self) -> Self:
        """Annotates `newest_edition`, its number: the one that holds while an amendment is written."""
        same = LocalActionPlan.objects.filter(pk=OuterRef("pk")).order_by("-editions__number")
        return self.annotate(newest_edition=Subquery(same.values("editions__number")[:1]))

    def for_list(self) -> Self:
        return self.select_related("locality", "locality__country", "committee", "nap")

    def for_page(self) -> Self:
        """With what the rules of a single plan ask about."""
        return self.select_related(
            "locality__country", "committee__locality__country", "nap", "predecessor", "foreword_by"
        )


class LocalActionPlan(SharedText, Demo):
    """The plan of a locality, written by its committee, with or without a National Action Plan."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=plan_code, editable=False)
    title = models.CharField(_("title"), max_length=200)
    # What such a plan is called here: County Action Plan, Plan d'action provincial, road map.
    local_name = models.CharField(_("what such a plan is called here"), max_length=160, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="plans")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="plans")
    generation = models.PositiveSmallIntegerField(_("generation"), default=1)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("plan that it follows"),
    )
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
    period_label = models.CharField(_("period in words"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10)
    currency = models.CharField(_("currency"), max_length=3)
    foreword_by = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forewords",
        verbose_name=_("position that signs the foreword"),
    )
    is_public = models.BooleanField(_("shown to the public once adopted"), default=True)
    state = models.CharField(_("state"), max_length=20, choices=PlanState, default=PlanState.DRAFTING)
    # An amendment of the adopted plan is being written: its texts are open, the public sees the edition.
    is_amending = models.BooleanField(default=False, editable=False)
    returned_reason = models.TextField(_("why it was returned"), blank=True, max_length=2000)
    endorsed_on = models.DateField(_("endorsed on"), null=True, blank=True)
    submitted_on = models.DateField(_("sent to the council on"), null=True, blank=True)
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    act_kind = models.CharField(_("act"), max_length=12, choices=ActKind, blank=True)
    adopting_act = models.CharField(_("act number"), max_length=100, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    no_scan_reason = models.CharField(_("why there is no scan of the act"), max_length=300, blank=True)
    closed_how = models.CharField(
        _("how it ended"),
        max_length=12,
        blank=True,
        choices=[("completed", _("Completed")), ("expired", _("Expired"))],
    )

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
                    Q(state__in=sorted(ADOPTED_STATES), adopted_on__isnull=False)
                    & ~Q(adopting_body="")
                    & ~Q(adopting_act="")
                )
                | (
                    ~Q(state__in=sorted(ADOPTED_STATES))
                    & Q(adopted_on=None, adopting_body="", adopting_act="")
                ),
            ),
            models.CheckConstraint(
                name="plan_state_is_known", condition=Q(state__in=sorted(PlanState.values))
            ),
            models.CheckConstraint(name="plan_follows_another", condition=~Q(predecessor=F("pk"))),
            models.CheckConstraint(
                name="plan_amended_when_adopted",
                condition=Q(is_amending=False) | Q(state__in=sorted(IN_FORCE_STATES)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.code])

    @property
    def plan(self) -> "LocalActionPlan":
        """Itself: everything that is written in a plan knows its `plan` (plans.subjects)."""
        return self

    @property
    def is_open(self) -> bool:
        """Whether its texts may be changed: while it is drafted, or under an amendment."""
        return self.state in OPEN_STATES or self.is_amending

    @property
    def is_adopted(self) -> bool:
        return self.state in ADOPTED_STATES

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE_STATES

    @property
    def tone(self) -> str:
        return TONES[PlanState(self.state)]

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def years(self) -> str:
        """The period as a plan's title carries it: its label, or "2026–2029"."""
        first, last = self.period_start.year, self.period_end.year
        return self.period_label or (str(first) if first == last else f"{first}–{last}")


class SectionKind(models.TextChoices):
    """The texts of a plan, in the order in which it prints them. Issues, objectives, activities,
    indicators, budget and adoption stand between and after them as rows of their own."""

    FOREWORD = "foreword", _("Foreword")
    VISION = "vision", _("Vision")
    SITUATION = "situation", _("Situation analysis")
    LEGAL_FRAME = "legal_frame", _("Legal frame")
    MONITORING = "monitoring", _("Monitoring and reporting")


class PlanSectionQuerySet(models.QuerySet["PlanSection"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))

    def for_page(self) -> Self:
        """With what the rules of the plan ask about."""
        return self.select_related("plan__locality__country", "plan__committee__locality", "plan__nap")


class PlanSection(SharedText, Demo):
    """One text of the plan, in light markup (core.prose). Saved, locked and remembered on its own."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=section_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="sections")
    kind = models.CharField(_("section"), max_length=12, choices=SectionKind)
    text = models.TextField(_("text"), blank=True, max_length=LONGEST_SECTION)

    objects = PlanSectionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="section_once_in_plan"),
            models.CheckConstraint(
                name="section_kind_is_known", condition=Q(kind__in=sorted(SectionKind.values))
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.code}"

    @property
    def html(self) -> str:
        """Its light markup as safe HTML, below a heading of the second level."""
        return to_html(self.text)
