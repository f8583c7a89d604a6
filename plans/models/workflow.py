"""How a plan comes into force and changes afterwards: moves, rounds, endorsements, editions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Dated, Demo
from people.models import Position
from plans.models.codes import amendment_code
from plans.models.plan import ActKind, LocalActionPlan
from plans.states import PlanState


class PlanMove(Demo):
    """One step of a plan from state to state: who took it, when it holds from, and why."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="moves")
    was = models.CharField(_("from"), max_length=20, choices=PlanState)
    now = models.CharField(_("to"), max_length=20, choices=PlanState)
    on = models.DateField(_("on"))
    actor = models.CharField(_("decided by"), max_length=200, blank=True)  # a body, not a person
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_move_between_known_states",
                condition=Q(was__in=sorted(PlanState.values), now__in=sorted(PlanState.values)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class ValidationRound(Dated, Demo):
    """The plan is read and commented on; ends when it is endorsed or returned (F45)."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    opened_on = models.DateField(_("from"))
    closes_on = models.DateField(_("comments until"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    asked = models.TextField(_("who is asked, and what for"), blank=True, max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number_once_in_plan"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_on=None), name="one_open_round_in_plan"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Endorsement(Dated, Demo):
    """A position stands behind the draft, in one round: what is changed later is not what it endorsed."""

    round = models.ForeignKey(ValidationRound, models.CASCADE, related_name="endorsements")
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="plan_endorsements", verbose_name=_("position")
    )
    on = models.DateField(_("endorsed on"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="endorsement_once_in_round")
        ]

    def __str__(self) -> str:
        return str(self.position)


class EditionFrozen(Exception):
    """An edition is never changed: an amendment makes the next one."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))

    def public(self) -> Self:
        """What anybody may read: plans in force or past that are not held back."""
        return self.filter(plan__in=LocalActionPlan.objects.ever_adopted().filter(is_public=True))


class Edition(Demo):
    """The plan as it was adopted or amended: read and printed the same years later, never changed.

    `content` is plans.document.document_of(plan) on that day; `digest` its SHA-256."""

    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    reason = models.TextField(_("why it was amended"), blank=True, max_length=2000)
    body = models.CharField(_("adopted by"), max_length=200)
    act_kind = models.CharField(_("act"), max_length=12, choices=ActKind, blank=True)
    act = models.CharField(_("act number"), max_length=100)
    adopted_on = models.DateField(_("adopted on"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("frozen"), auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="edition_number_once_in_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. What was adopted stays as it was read then."""
        if not self._state.adding:
            raise EditionFrozen
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("edition_detail", args=[self.plan.code, self.number])


class AmendmentState(models.TextChoices):
    OPEN = "open", _("Being written")
    ADOPTED = "adopted", _("Adopted")
    DROPPED = "dropped", _("Dropped")


class Amendment(Dated, Demo):
    """A numbered revision of an adopted plan, with its reason (F94). While it is open the texts can be
    changed and the last edition stays what holds and what the public sees."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=amendment_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("revision"))
    reason = models.TextField(_("why the plan is amended"), max_length=2000)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState, default=AmendmentState.OPEN)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, blank=True, related_name="amendment")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(state="open"), name="one_open_amendment"),
            models.UniqueConstraint(fields=["plan", "number"], name="amendment_number_once_in_plan"),
            models.CheckConstraint(
                name="amendment_adopted_has_edition",
                condition=Q(state="adopted", edition__isnull=False) | (~Q(state="adopted") & Q(edition=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
