"""Local steering committees, their seats, and the accounts that work for them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import COMMITTEE_ROLES, ROLES, Capability, Role
from committees.composition import Composition, SeatRole, Side
from core.codes import new_code
from core.models import Dated, Demo
from localities.models import Locality
from people.models import Position
from workshops.models import Workshop


def committee_code() -> str:
    return new_code("C")


def seat_code() -> str:
    return new_code("CS")


def access_code() -> str:
    return new_code("CA")


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

    def with_seats(self) -> Self:
        """For pages that say how the committee is composed."""
        return self.prefetch_related("seats")


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

    @property
    def composition(self) -> Composition:
        """Its voting seats by side (BR5)."""
        return Composition.from_seats(self.seats.all())


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> Self:
        """The seats of the committees that `user` may see: positions, never persons."""
        return self.filter(committee__in=Committee.objects.visible_to(user))

    def for_list(self) -> Self:
        """With their positions; government first, then civil society, then the others."""
        sides = models.Case(*(models.When(side=side, then=n) for n, side in enumerate(Side)))
        return self.select_related("position", "position__organization").order_by(sides, "pk")


class Seat(Dated, Demo):
    """A place on a committee, bound to a position: it stays when the office-holder changes."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=seat_code, editable=False)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    position = models.ForeignKey(Position, models.PROTECT, related_name="seats", verbose_name=_("position"))
    side = models.CharField(_("side"), max_length=15, choices=Side)
    role = models.CharField(_("role"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    voting = models.BooleanField(_("votes"), default=True)

    objects = SeatQuerySet.as_manager()

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


class CommitteeAccessQuerySet(models.QuerySet["CommitteeAccess"]):
    def visible_to(self, user: Any) -> Self:
        """The access that `user` may give or take away, by the places of the committees."""
        return self.filter(user.scope.rows(Capability.GIVE_ACCESS, locality="committee__locality"))


class CommitteeAccess(Dated, Demo):
    """An account that works for one committee, as its secretary or as a member."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=access_code, editable=False)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="committee_access")
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.value, role.label) for role in COMMITTEE_ROLES]
    )

    objects = CommitteeAccessQuerySet.as_manager()

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
