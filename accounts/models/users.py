"""Accounts, the roles they hold, and the record of what was done."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.notices import Notice
from accounts.roles import ASSIGNED_ROLES, Capability, Role
from accounts.scope import Grant, Scope
from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.models import Country, Locality

EVERYWHERE = "everywhere"


def user_code() -> str:
    return new_code("U")


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The accounts in whose country `user` may give access; an administrator sees all."""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        if scope.everywhere(Capability.GIVE_ACCESS):
            return self
        countries = scope.countries(Capability.GIVE_ACCESS)
        return self.filter(
            Q(assignments__country__in=countries)
            | Q(assignments__locality__country__in=countries)
            | Q(committee_access__committee__locality__country__in=countries)
            | Q(created_in__in=countries)
        ).distinct()

    def visible_to_self(self, user: "User | AnonymousUser") -> Self:
        """The user's own account, and no other."""
        return self.filter(pk=user.pk)

    def coordinating(self, country: int) -> Self:
        """Open accounts of the national coordinators of that country (its primary key)."""
        held = Assignment.objects.filter(role=Role.NATIONAL_COORDINATOR, country=country)
        return self.filter(pk__in=held.values("user"), is_active=True)

    def working_in(self, country: int, *, path: str = "") -> Self:
        """Open accounts with something to do in that country, or in the part of it below `path`: of its
        committees, its coordinators and facilitators. For news that concern a place (F44)."""
        committees = self.model.objects.filter(
            committee_access__committee__locality__country=country,
            committee_access__committee__locality__path__startswith=path,
        )
        running = Assignment.objects.filter(role__in=[Role.NATIONAL_COORDINATOR, Role.FACILITATOR])
        # Who runs workshops in a place above it works there, too.
        above = [path[:end] for end in range(Locality.steplen, len(path), Locality.steplen)]
        inside = Q(locality__path__startswith=path) | Q(locality__path__in=above)
        here = Q(country=country) | Q(inside, locality__country=country)
        return self.filter(
            Q(pk__in=committees.values("pk")) | Q(pk__in=running.filter(here).values("user")), is_active=True
        )

    def with_unread_notices(self) -> Self:
        """With `unread_notices`: how many of its notices the account has not opened."""
        unread = Notice.objects.unread().filter(user=models.OuterRef("pk")).order_by().values("user")
        number = unread.annotate(number=models.Count("pk")).values("number")
        return self.annotate(unread_notices=Coalesce(models.Subquery(number), 0))

    def for_list(self) -> Self:
        """With the roles and committees that a row of a list shows."""
        return self.prefetch_related(
            models.Prefetch("assignments", Assignment.objects.select_related("country", "locality__country")),
            "committee_access__committee",
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account without any role. No password: it is set by the link in the invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account with the platform administrator's role, for `manage.py createsuperuser`."""
        user = self.create_user(email, password, **fields)
        Assignment.objects.create(user=user, role=Role.PLATFORM_ADMINISTRATOR)
        return user


class User(AbstractBaseUser, Dated, Demo):
    """Somebody who signs in. Registered participants are other people: `people.Person`."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=user_code, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = EncryptedTextField(_("name"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_in = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("country of the account"),
    )

    USERNAME_FIELD = EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_in_any_case")]

    def __str__(self) -> str:
        """What others may read beside a text or a workshop: never the address one signs in with."""
        return self.display_name or self.code

    def get_absolute_url(self) -> str:
        return reverse("account_detail", args=[self.code])

    @cached_property
    def scope(self) -> Scope:
        """Where this user holds which role. One query, once a request."""
        return Scope(
            tuple(
                Grant(Role(role), country, path)
                for role, country, path in self.assignments.values_list(
                    "role", "country_id", "locality__path"
                )
            )
        )

    def country_ids(self) -> set[int | None]:
        """Every country in which this account has a role, a committee or its home; None is everywhere."""
        held = {assignment.held_in_country_id for assignment in self.assignments.select_related("locality")}
        committees = self.committee_access.values_list("committee__locality__country", flat=True)
        return held | set(committees) | ({self.created_in_id} if self.created_in_id else set())


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_place(self, code: str) -> Self:
        """Those that hold in the country or locality of this code, or everywhere."""
        if code == EVERYWHERE:
            return self.filter(country=None, locality=None)
        return self.filter(Q(country__code=code) | Q(locality__code=code))


class Assignment(Dated, Demo):
    """A role that a user holds: everywhere, in a country, or in a locality and what lies below."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.value, role.label) for role in ASSIGNED_ROLES]
    )
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_scope_fits_role",
                condition=(
                    Q(role=Role.PLATFORM_ADMINISTRATOR, country=None, locality=None)
                    | Q(
                        role__in=[Role.NATIONAL_COORDINATOR, Role.OVERSIGHT_READER],
                        country__isnull=False,
                        locality=None,
                    )
                    | Q(role=Role.FACILITATOR, country__isnull=False, locality=None)
                    | Q(role=Role.FACILITATOR, country=None, locality__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "country"],
                condition=Q(country__isnull=False),
                name="assignment_once_per_country",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "locality"],
                condition=Q(locality__isnull=False),
                name="assignment_once_per_locality",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(country=None, locality=None),
                name="assignment_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.place}"

    @property
    def place(self) -> str:
        """Where the role holds, in words."""
        return str(self.locality or self.country or _("Everywhere"))

    @property
    def place_code(self) -> str:
        """Where the role holds, as it stands in URLs and in the audit record."""
        place = self.locality or self.country
        return place.code if place else EVERYWHERE

    @property
    def held_in_country_id(self) -> int | None:
        """The country that the role belongs to; None for a role that holds everywhere."""
        return self.locality.country_id if self.locality else self.country_id


class AuditEvent(Demo):
    """Who did what to which record, and when. Codes only: never a name or a contact."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("record"), max_length=60, db_index=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"


class SentForm(models.Model):
    """A form that made something, by the key it carried: sent again, it makes nothing (accounts.once)."""

    key = models.UUIDField()
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="form_sent_once")]

    def __str__(self) -> str:
        return self.address


def record(by: User | None, verb: str, subject: Any, **detail: Any) -> AuditEvent:
    """Write one audit line. `subject` is a row with a `code` (or a plain code); `detail` holds no names.
    What is recorded of a demo row is a demo row."""
    return AuditEvent.objects.create(
        by=by,
        verb=verb,
        subject=str(getattr(subject, "code", subject))[:60],
        detail=detail,
        is_demo=getattr(subject, "is_demo", False),
    )
