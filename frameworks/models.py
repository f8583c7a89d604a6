"""What a local plan aligns with: resolutions, national and regional plans, CEDAW, SDG targets."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Sourced
from frameworks.pillars import Pillar
from localities.models import Country, name_in


class FrameworkKind(models.TextChoices):
    WPS_RESOLUTION = "wps_resolution", _("Women, Peace and Security resolution")
    YPS_RESOLUTION = "yps_resolution", _("Youth, Peace and Security resolution")
    RELATED_RESOLUTION = "related_resolution", _("Related resolution")
    CEDAW = "cedaw", _("CEDAW and its general recommendations")
    PLATFORM = "platform", _("Platform for action")
    SDG = "sdg", _("Sustainable Development Goals")
    REGIONAL = "regional", _("Regional policy or plan")
    NAP = "nap", _("National Action Plan")


class NapState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    EXTENDED = "extended", _("Extended")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Superseded")


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def naps(self) -> Self:
        return self.filter(kind=FrameworkKind.NAP)

    def in_force_on(self, day: datetime.date) -> Self:
        """National Action Plans whose period holds `day`, or that were extended beyond it.

        A plan that is in force but whose period is not published counts as in force."""
        return self.naps().filter(
            Q(state=NapState.ACTIVE, period_start=None)
            | Q(state=NapState.EXTENDED, period_start__lte=day)
            | Q(
                state__in=[NapState.ACTIVE, NapState.EXPIRED, NapState.SUPERSEDED],
                period_start__lte=day,
                period_end__gte=day,
            )
        )

    def in_force_today(self) -> Self:
        """Those in force now: what is superseded or expired is over, whatever its printed period says."""
        return self.in_force_on(timezone.localdate()).exclude(
            state__in=[NapState.EXPIRED, NapState.SUPERSEDED]
        )


class Framework(Sourced):
    """A resolution, a plan or a treaty. A National Action Plan has a country and a generation."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=FrameworkKind)
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    theme = models.CharField(_("theme"), max_length=500, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="frameworks")
    generation = models.PositiveSmallIntegerField(_("generation"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_text = models.CharField(
        _("adopted, when only the month or year is known"), max_length=100, blank=True
    )
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=NapState, blank=True)
    lead_institution = models.CharField(_("lead institution"), max_length=300, blank=True)
    has_budget = models.BooleanField(_("has a budget"), null=True, blank=True)
    budget_note = models.CharField(_("budget"), max_length=200, blank=True)
    core_ten = models.BooleanField(_("one of the ten core resolutions"), default=False)
    note = models.TextField(_("note"), blank=True)
    # Said in the portal, not in the data files: from then on this one is superseded (BR18).
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True, editable=False)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["kind", F("country").asc(nulls_first=True), "generation", "code"]
        constraints = [
            models.CheckConstraint(
                name="nap_has_country_and_generation",
                condition=~Q(kind="nap") | Q(country__isnull=False, generation__isnull=False),
            ),
            models.CheckConstraint(
                name="framework_period_in_order",
                condition=Q(period_start=None) | Q(period_end=None) | Q(period_end__gte=F("period_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("framework_detail", args=[self.code])


class LeadKind(models.TextChoices):
    """Which kind of institution leads a National Action Plan (F93)."""

    GENDER = "gender", _("Ministry of women or gender")
    FOREIGN = "foreign", _("Ministry of foreign affairs")
    DEFENCE = "defence", _("Ministry of defence or security")
    PEACE = "peace", _("Ministry or body for peace")
    INTERIOR = "interior", _("Ministry of the interior or local government")
    CENTRE = "centre", _("Prime minister's or president's office")
    COUNCIL = "council", _("Council or commission of several")
    OTHER = "other", _("Another institution")


class LeadChange(models.TextChoices):
    """Why the lead went to another institution (F44)."""

    ELECTION = "election", _("Election")
    RESHUFFLE = "reshuffle", _("Reshuffle of the cabinet")
    LAW = "law", _("Law or decree")
    NEW_PLAN = "new_plan", _("New National Action Plan")
    OTHER = "other", _("Other, or not known")


def lead_code() -> str:
    return new_code("L")


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def current(self) -> Self:
        return self.filter(until=None)


class Lead(Dated, Sourced):
    """Which institution led a National Action Plan from when to when (F44). Said in the portal; the
    data files say who led it at first (Framework.lead_institution)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=lead_code, editable=False)
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="leads")
    institution = models.CharField(_("institution"), max_length=300)
    kind = models.CharField(_("kind of institution"), max_length=10, choices=LeadKind)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    change = models.CharField(_("why it changed"), max_length=10, choices=LeadChange, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = [F("since").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="lead_days_in_order",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(fields=["framework"], condition=Q(until=None), name="one_lead_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.institution


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def items(self) -> Self:
        """What a plan can serve: the lowest level of each branch, not the pillars above."""
        return self.filter(children=None)


class Provision(models.Model):
    """One numbered item of a framework. `order` is the reading order within the framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("number"), max_length=20)
    own_number = models.BooleanField(_("numbered by the portal, not by its source"), default=False)
    text = models.TextField(_("text"))
    texts = models.JSONField(_("text by language"), default=dict, blank=True)  # {"fr": "…"}
    pillars = models.JSONField(_("pillars"), default=list)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="provision_code_once_in_framework")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def text_in(self, language: str) -> str:
        """The text in that language where it is known, else as it was loaded."""
        return name_in(self.texts, self.text, language)

    @property
    def pillar_labels(self) -> list[str]:
        return [str(Pillar(pillar).label) for pillar in self.pillars]


class LinkKind(models.TextChoices):
    """How one provision leads to another."""

    SERVES = "serves", _("Carries out")  # an item of a national plan → a paragraph of a resolution (F05)
    CONTINUED_BY = "continued_by", _("Goes on as")  # an item of a replaced plan → one of the new (BR18)


class LinkState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class ProvisionLinkQuerySet(models.QuerySet["ProvisionLink"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def serving(self) -> Self:
        """What carries out what: the upper half of the chain local → national → resolution."""
        return self.filter(kind=LinkKind.SERVES).exclude(state=LinkState.DECLINED)


class ProvisionLink(Sourced):
    """One provision carries out another, or goes on as another after its plan was replaced.

    Those of the data files are confirmed; what the portal finds by similarity is proposed until
    somebody says yes. `score` is how alike the two texts are, in percent."""

    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind)
    lower = models.ForeignKey(Provision, models.CASCADE, related_name="links_up")
    upper = models.ForeignKey(Provision, models.CASCADE, related_name="links_down")
    state = models.CharField(_("state"), max_length=10, choices=LinkState, default=LinkState.CONFIRMED)
    score = models.PositiveSmallIntegerField(_("how alike"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ProvisionLinkQuerySet.as_manager()

    class Meta:
        ordering = ["lower", "upper"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "lower", "upper"], name="provision_link_once"),
            models.CheckConstraint(name="provision_link_of_two", condition=~Q(lower=F("upper"))),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} → {self.upper_id}"


class IndicatorDefinitionQuerySet(models.QuerySet["IndicatorDefinition"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self


class IndicatorDefinition(Sourced):
    """An indicator of a published library that a local plan may borrow (S/2010/498)."""

    class Level(models.TextChoices):
        LOCAL = "local", _("A locality can feed it")
        LOCAL_AGGREGATE = "local_aggregate", _("A locality can feed it, as totals only")
        NATIONAL = "national", _("National")
        REGIONAL = "regional", _("Regional")
        UN = "un", _("United Nations")

    code = models.CharField(_("code"), max_length=20, unique=True)
    text = models.TextField(_("indicator"))
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    note = models.TextField(_("note"), blank=True)

    objects = IndicatorDefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
