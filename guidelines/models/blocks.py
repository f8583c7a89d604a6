"""Data of the country in guidelines, and the two kinds of it that are kept here: steps of the local planning
calendar, and impact stories."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import Committee
from core.models import Demo, SharedText, Sourced
from frameworks.pillars import Pillar
from guidelines.models.codes import step_code, story_code
from guidelines.models.documents import Guidelines, Section
from localities.models import Country, Locality
from plans.models import Activity


class Block(models.TextChoices):
    """Data that a text draws from the portal, where `{{kind}}` stands alone on a line (markers.py)."""

    NAP_ITEMS = "nap_items_by_pillar", _("Items of the National Action Plan, by pillar")
    CALENDAR = "planning_calendar", _("Local planning calendar and its entry points")
    COVERAGE = "coverage_chart", _("Chart: localities reached and not reached")
    LOCALITIES = "localities_reached", _("Table: localities reached and not reached")
    PLANS = "adopted_plans", _("Table: adopted local plans")
    WORKSHOPS = "workshops_composition", _("Workshops held, and who came")
    PRACTICES = "good_practices", _("Good practices: impact stories")
    RESOLUTIONS = "resolutions", _("Table: resolutions on women, peace and security")
    PLAN_TEMPLATE = "plan_template", _("Annex: template of a Local Action Plan")
    CONTRIBUTORS = "contributors", _("Contributors, by institution")


class FrozenBlock(Demo):
    """A block that shows what the portal held on a day, until somebody lets it follow again.

    `content` is guidelines.blocks.values.BlockValue.to_json()."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="frozen_blocks")
    kind = models.CharField(_("data"), max_length=24, choices=Block)
    as_of = models.DateField(_("as of"))
    content = models.JSONField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "kind"], name="frozen_block_once_in_section")
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.kind} {self.as_of}"


class PlanningStepQuerySet(models.QuerySet["PlanningStep"]):
    def visible_to(self, user: Any) -> Self:
        """How a country's local authorities plan is no secret: every signed-in user."""
        return self


class PlanningStep(SharedText, Sourced, Demo):
    """A step of how local authorities of a country plan and budget each year, and where localization enters
    (domain.md §2.1, section 4 of the template). A step may run over the end of a year."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=step_code, editable=False)
    country = models.ForeignKey(Country, models.CASCADE, related_name="planning_steps")
    from_month = models.PositiveSmallIntegerField(_("from month"))
    to_month = models.PositiveSmallIntegerField(_("to month"))
    step = models.CharField(_("what happens"), max_length=200)
    led_by = models.CharField(_("who leads it"), max_length=160, blank=True)  # an office, not a person
    entry_point = models.TextField(_("how localization enters here"), blank=True, max_length=1000)

    objects = PlanningStepQuerySet.as_manager()

    class Meta:
        ordering = ["from_month", "to_month", "pk"]
        constraints = [
            models.CheckConstraint(
                name="planning_step_in_months",
                condition=Q(from_month__range=(1, 12)) & Q(to_month__range=(1, 12)),
            )
        ]

    def __str__(self) -> str:
        return self.step


class EvidenceLevel(models.TextChoices):
    """How well a claim is known (F15)."""

    TOLD = "told", _("Told by those concerned")
    OBSERVED = "observed", _("Seen by facilitators or the committee")
    DOCUMENTED = "documented", _("Written down in a record or report")
    VERIFIED = "verified", _("Checked by somebody independent")


class StoryState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ImpactStoryQuerySet(models.QuerySet["ImpactStory"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places and of committees that gave the user access; what is published also for
        readers of guidelines of the country."""
        countries = Guidelines.objects.visible_to(user).values("country")
        return self.filter(
            user.scope.rows(Capability.SEE_WORK)
            | Q(locality__in=Committee.objects.giving_access_to(user).values("locality"))
            | Q(state=StoryState.PUBLISHED, locality__country__in=countries)
        )

    def published(self) -> Self:
        return self.filter(state=StoryState.PUBLISHED)


class ImpactStory(SharedText, Demo):
    """What changed somewhere: a claim with its evidence, told with the consent of those concerned, naming
    offices and groups, never persons (F15, F58). Without consent and evidence it cannot be published."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=story_code, editable=False)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="impact_stories", verbose_name=_("locality")
    )
    title = models.CharField(_("title"), max_length=160)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar)
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"), null=True, blank=True)
    before = models.TextField(_("how it was before"), blank=True, max_length=3000)
    claim = models.TextField(_("what changed"), max_length=3000)
    lesson = models.TextField(_("what others can learn from it"), blank=True, max_length=2000)
    evidence = models.CharField(_("how well it is known"), max_length=12, choices=EvidenceLevel, blank=True)
    evidence_note = models.CharField(_("where it can be read or asked"), max_length=300, blank=True)
    consent_on = models.DateField(_("those concerned agreed on"), null=True, blank=True)
    consent_note = models.CharField(_("who agreed, and how"), max_length=300, blank=True)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="stories", verbose_name=_("activity")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=StoryState, default=StoryState.DRAFT, editable=False
    )
    # Why it is safe to tell of a place with a workshop at high risk (domain.md §2.7).
    safety_reason = models.CharField(_("why it is safe to tell"), max_length=500, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True, editable=False)

    objects = ImpactStoryQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "pk"]
        verbose_name_plural = _("impact stories")
        constraints = [
            models.CheckConstraint(
                name="story_published_has_consent_and_evidence",
                condition=~Q(state="published") | (Q(consent_on__isnull=False) & ~Q(evidence="")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story_detail", args=[self.code])
