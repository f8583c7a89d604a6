"""Local steering committees, their seats, and the accounts that work for them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import COMMITTEE_ROLES, ROLES, Capability, Role
from committees.composition import SeatRole, Side
from core.codes import new_code
from core.models import Dated, Demo
from localities.models import Locality
from people.models import Position
from workshops.models import Workshop


def committee_code() -> str:
    return new_code("C")


class CommitteeKind(models.TextChoices):
    STEERING = "steering", _("Local steering committee")
    MONITORING = "monitoring", _("Monitoring board")


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, and those that gave the user access."""
        return self.filter(
            user.scope.rows(Capability.SEE_WORK) | Q(pk__in=self.model.objects.giving_access_to(user))
        )

    def giving_access_to(self, user: Any) -> Self:
        """Those whose papers `user` keeps or writes."""
        return self.filter(pk__in=CommitteeAccess.objects.filter(user=user).values("committee"))

    def for_list(self) -> Self:
        return self.select_related("locality", "locality__country")


class Committee(Dated, Demo):
    """The body that writes and follows a Local Action Plan, set up at a workshop as a rule (S0)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=committee_code, editable=False)
    kind = models.CharField(_("type"), max_length=12, choices=CommitteeKind, default=CommitteeKind.STEERING)
    name = models.CharField(_("name"), max_length=160)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="committees", verbose_name=_("locality")
    )
    established_at = models.ForeignKey(
        Workshop,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name=_("set up at the workshop"),
    )
    established_on = models.DateField(_("set up on"))
    mandate = models.TextField(_("mandate"), blank=True, max_length=5000)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["-established_on", "code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committee_detail", args=[self.code])


class Seat(Dated, Demo):
    """A place on a committee, bound to a position: it stays when the office-holder changes."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    position = models.ForeignKey(Position, models.PROTECT, related_name="seats", verbose_name=_("position"))
    side = models.CharField(_("side"), max_length=15, choices=Side)
    role = models.CharField(_("role"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    voting = models.BooleanField(_("votes"), default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "position"], name="position_once_in_committee"),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(role=SeatRole.CHAIR), name="one_chair_in_committee"
            ),
            models.CheckConstraint(
                name="observers_do_not_vote", condition=~Q(role=SeatRole.OBSERVER) | Q(voting=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)


class CommitteeAccess(Dated, Demo):
    """An account that works for one committee, as its secretary or as a member."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="committee_access")
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.value, role.label) for role in COMMITTEE_ROLES]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "user"], name="account_once_in_committee"),
            models.CheckConstraint(
                name="access_has_committee_role", condition=Q(role__in=list(COMMITTEE_ROLES))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.committee}"

    def allows(self, capability: Capability) -> bool:
        return capability in ROLES[Role(self.role)].capabilities
