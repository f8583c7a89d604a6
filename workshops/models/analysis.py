"""What a workshop finds out: conflict analysis, votes on the NAP, mapped policies, needs."""

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Demo
from frameworks.models import Provision
from frameworks.pillars import Pillar
from localities.models import Locality
from workshops.models.workshop import Workshop


class OfWorkshopQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that `user` may see."""
        return self.filter(workshop__in=Workshop.objects.visible_to(user))


class Theme(models.TextChoices):
    """Kinds of issues that conflict analyses bring up (F41, F52, F57)."""

    FAMILY_VIOLENCE = "family_violence", _("Violence in the family")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence and stigma")
    ECONOMIC_INSECURITY = "economic_insecurity", _("Economic insecurity")
    INFRASTRUCTURE = "infrastructure", _("Poor infrastructure")
    MINES = "mines", _("Mines and unexploded ordnance")
    LAND = "land", _("Land and resources")
    HOMES = "homes", _("War-torn homes")
    DISPLACEMENT = "displacement", _("Displacement and return")
    SMALL_ARMS = "small_arms", _("Small arms and armed groups")
    VIOLENT_EXTREMISM = "violent_extremism", _("Violent extremism")
    INSTITUTIONS = "institutions", _("Institutions that do not answer")
    EXCLUSION = "exclusion", _("Exclusion from decisions")
    YOUTH = "youth", _("Youth without prospects")
    CLIMATE = "climate", _("Climate and disasters")
    OTHER = "other", _("Other")


class Trend(models.TextChoices):
    WORSE = "worse", _("Getting worse")
    SAME = "same", _("Unchanged")
    BETTER = "better", _("Getting better")
    UNKNOWN = "unknown", _("Not known")


class GoodCycle(models.TextChoices):
    """Good governance, sustainable development and security feed each other (S0, F20)."""

    GOVERNANCE = "governance", _("Good governance")
    DEVELOPMENT = "development", _("Sustainable development")
    SECURITY = "security", _("Human security")


def conflict_issue_code() -> str:
    return new_code("CI")


class ConflictIssue(Dated, Demo):
    """One issue of the conflict analysis done at the workshop (F21)."""

    code = models.CharField(
        _("code"), max_length=12, unique=True, default=conflict_issue_code, editable=False
    )
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="conflict_issues")
    order = models.PositiveIntegerField(default=0, editable=False)
    description = models.TextField(_("issue"), max_length=2000)
    affected = models.TextField(_("who is affected"), blank=True, max_length=1000)
    drivers = models.TextField(_("what drives it"), blank=True, max_length=1000)
    trend = models.CharField(_("trend"), max_length=10, choices=Trend, default=Trend.UNKNOWN)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar, blank=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, default=Theme.OTHER)
    good_cycle = models.JSONField(_("part of the good cycle"), default=list, blank=True)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="conflict_issue_has_known_values",
                condition=Q(trend__in=Trend.values, theme__in=Theme.values, pillar__in=["", *Pillar.values]),
            )
        ]

    def __str__(self) -> str:
        return self.description[:80]

    @property
    def good_cycle_labels(self) -> list[str]:
        """The parts of the good cycle that it touches, in the cycle's order."""
        return [str(part.label) for part in GoodCycle if part.value in self.good_cycle]


class NapVote(Demo):
    """How many votes one group of the workshop gave to one item of the NAP (F21)."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="nap_votes")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="votes")
    group = models.CharField(_("group"), max_length=80)
    votes = models.PositiveSmallIntegerField(_("votes"), validators=[MaxValueValidator(5000)])

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "provision", "group"], name="nap_vote_once_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.votes}"


class PolicyKind(models.TextChoices):
    BY_LAW = "by_law", _("By-law or ordinance")
    DEVELOPMENT_PLAN = "development_plan", _("Development plan")
    BUDGET = "budget", _("Budget")
    PRACTICE = "practice", _("Practice or function")
    CUSTOM = "custom", _("Customary rule")
    OTHER = "other", _("Other")


class Effect(models.TextChoices):
    """What a policy does for women, peace and security (F08, S0)."""

    PROMOTES = "promotes", _("Promotes")
    HINDERS = "hinders", _("Hinders")
    NEUTRAL = "neutral", _("Neutral")


def policy_code() -> str:
    return new_code("PM")


class PolicyMapping(Dated, Demo):
    """A local policy or an everyday function of government, and whether it promotes or hinders (F08)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=policy_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="policies")
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="policies", verbose_name=_("locality")
    )
    name = models.CharField(_("policy or function"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=PolicyKind, default=PolicyKind.OTHER)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    note = models.TextField(_("how"), blank=True, max_length=2000)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["effect", "name"]
        constraints = [
            models.CheckConstraint(
                name="policy_mapping_has_known_values",
                condition=Q(kind__in=PolicyKind.values, effect__in=Effect.values),
            )
        ]

    def __str__(self) -> str:
        return self.name


def need_code() -> str:
    return new_code("N")


class Need(Dated, Demo):
    """A need or capacity that local women peacebuilders named at a consultation (F98)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=need_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="needs")
    text = models.TextField(_("need"), max_length=2000)
    named_by = models.CharField(_("named by which group"), max_length=160, blank=True)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar, blank=True)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="need_pillar_is_known", condition=Q(pillar__in=["", *Pillar.values]))
        ]

    def __str__(self) -> str:
        return self.text[:80]
