"""The two other instruments of a locality: integration in a development plan, and local law (BR6)."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import Committee
from core.models import Demo, SharedText
from frameworks.models import Provision
from localities.models import Locality
from plans.models.codes import integration_code, law_code
from plans.models.plan import LocalActionPlan

FLAG_AFTER_MONTHS = 24  # BR4: one to two years on average (GNWP)


class OfLocalityQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, and those where a committee gave the user access."""
        committees = Committee.objects.giving_access_to(user).values("locality")
        return self.filter(user.scope.rows(Capability.SEE_WORK) | Q(locality__in=committees))

    def for_list(self) -> Self:
        return self.select_related("locality__country", "plan")


class HostPlan(models.TextChoices):
    DEVELOPMENT = "development", _("Local development plan")
    SECTOR = "sector", _("Sector plan")
    BUDGET = "budget", _("Annual budget or investment plan")
    OTHER = "other", _("Other plan of the authority")


class IntegrationState(models.TextChoices):
    ENTRY_POINT = "entry_point", _("Entry point found")
    CLAUSE_DRAFTED = "clause_drafted", _("Clause drafted")
    IN_DRAFT = "in_draft", _("In the draft of the host plan")
    ADOPTED = "adopted", _("Host plan adopted with it")
    BUDGETED = "budgeted", _("Has a budget code")


INTEGRATED = frozenset({IntegrationState.ADOPTED, IntegrationState.BUDGETED})


class Integration(SharedText, Demo):
    """Women, Peace and Security taken up in a plan that the authority makes anyway (F04, F26, F67)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=integration_code, editable=False)
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="integrations")
    plan = models.ForeignKey(
        LocalActionPlan,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="integrations",
        verbose_name=_("Local Action Plan that it carries on"),
    )
    host_kind = models.CharField(
        _("kind of plan"), max_length=12, choices=HostPlan, default=HostPlan.DEVELOPMENT
    )
    host_plan = models.CharField(_("host plan"), max_length=200)
    sector = models.CharField(_("sector or department"), max_length=160, blank=True)
    cycle_start = models.DateField(_("cycle from"), null=True, blank=True)
    cycle_end = models.DateField(_("cycle to"), null=True, blank=True)
    entry_point_on = models.DateField(_("next entry point"), null=True, blank=True)
    since = models.DateField(_("pursued since"))
    clauses = models.TextField(_("clauses"), blank=True, max_length=10_000)
    state = models.CharField(
        _("state"), max_length=15, choices=IntegrationState, default=IntegrationState.ENTRY_POINT
    )
    adopted_on = models.DateField(_("host plan adopted on"), null=True, blank=True)
    budget_code = models.CharField(_("budget code"), max_length=60, blank=True)
    fiscal_year = models.CharField(_("fiscal year"), max_length=7, blank=True)

    objects = OfLocalityQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="integration_cycle_in_order",
                condition=Q(cycle_start=None) | Q(cycle_end=None) | Q(cycle_end__gte=F("cycle_start")),
            ),
            models.CheckConstraint(
                name="integration_adopted_has_day",
                condition=~Q(state__in=["adopted", "budgeted"]) | Q(adopted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="integration_budgeted_has_code",
                condition=~Q(state="budgeted") | (~Q(budget_code="") & ~Q(fiscal_year="")),
            ),
        ]

    def __str__(self) -> str:
        return self.host_plan

    def get_absolute_url(self) -> str:
        return reverse("integration_detail", args=[self.code])

    @property
    def is_in_force(self) -> bool:
        return self.state in INTEGRATED

    def is_overdue(self, today: datetime.date) -> bool:
        """Pursued for more than 24 months without being in an adopted plan (BR4)."""
        return not self.is_in_force and takes_too_long(self.since, today)


class LawKind(models.TextChoices):
    BY_LAW = "by_law", _("By-law")
    ORDINANCE = "ordinance", _("Ordinance")
    RESOLUTION = "resolution", _("Council resolution")
    POLICY = "policy", _("Local policy")


class LawState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FIRST_READING = "first_reading", _("First reading")
    COMMITTEE = "committee", _("In committee")
    HEARING = "hearing", _("Public hearing")
    SECOND_READING = "second_reading", _("Second reading")
    THIRD_READING = "third_reading", _("Third reading")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("Amended")
    REPEALED = "repealed", _("Repealed")


LAW_IN_FORCE = frozenset({LawState.ADOPTED, LawState.IN_FORCE, LawState.AMENDED})


class LocalLaw(SharedText, Demo):
    """A by-law, ordinance, resolution or policy that localizes the agenda, with its readings (F25)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=law_code, editable=False)
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="laws")
    plan = models.ForeignKey(
        LocalActionPlan,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="laws",
        verbose_name=_("Local Action Plan that it carries on"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LawKind)
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=100, blank=True)
    summary = models.TextField(_("what it says"), blank=True, max_length=5000)
    provision = models.ForeignKey(
        Provision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="laws",
        verbose_name=_("provision that it carries out"),
    )
    state = models.CharField(_("state"), max_length=15, choices=LawState, default=LawState.DRAFT)
    since = models.DateField(_("pursued since"))
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)

    objects = OfLocalityQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="law_adopted_is_whole",
                condition=~Q(state__in=["adopted", "in_force", "amended", "repealed"])
                | (Q(adopted_on__isnull=False) & ~Q(number="")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("law_detail", args=[self.code])

    @property
    def is_in_force(self) -> bool:
        return self.state in LAW_IN_FORCE

    def is_overdue(self, today: datetime.date) -> bool:
        """Pursued for more than 24 months without being adopted (BR4)."""
        return not self.is_in_force and self.state != LawState.REPEALED and takes_too_long(self.since, today)


class LawReading(Demo):
    """One step of a law on its way: when it was, and what came of it."""

    law = models.ForeignKey(LocalLaw, models.CASCADE, related_name="readings")
    state = models.CharField(_("step"), max_length=15, choices=LawState)
    held_on = models.DateField(_("on"))
    note = models.CharField(_("what came of it"), max_length=300, blank=True)

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.held_on}"


def takes_too_long(since: datetime.date, today: datetime.date) -> bool:
    """Whether more than 24 months lie between the two days (BR4)."""
    months = (today.year - since.year) * 12 + today.month - since.month
    return months > FLAG_AFTER_MONTHS or (months == FLAG_AFTER_MONTHS and today.day > since.day)
