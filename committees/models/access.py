"""The accounts that work for a committee."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import COMMITTEE_ROLES, ROLES, Capability, Role
from committees.models.codes import access_code
from committees.models.committees import Committee
from committees.models.seats import Seat
from core.models import Dated, Demo


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

    # Which seat the account works for: from it the portal knows the side that it speaks for.
    seat = models.ForeignKey(
        Seat, models.SET_NULL, null=True, blank=True, related_name="access", verbose_name=_("seat")
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
