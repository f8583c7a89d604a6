"""Institutions, the positions in them, and who held those when."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.joints import listed
from core.models import Dated, Demo
from localities.models import Country, Locality
from people.codes import incumbency_code, office_code, organization_code
from people.names import text_key


class OrganizationKind(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    MINISTRY = "ministry", _("Ministry or national body")
    POLICE = "police", _("Police")
    MILITARY = "military", _("Military")
    COURT = "court", _("Court")
    WOMENS_RIGHTS = "womens_rights", _("Women's rights organisation")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    YOUTH = "youth", _("Youth organisation")
    TRADITIONAL = "traditional", _("Traditional institution")
    RELIGIOUS = "religious", _("Religious institution")
    EDUCATION = "education", _("School or university")
    HEALTH = "health", _("Health service")
    MEDIA = "media", _("Media")
    UN = "un", _("United Nations")
    DONOR = "donor", _("Donor")
    OTHER = "other", _("Other, or not stated")


def registered_by(user: Any) -> Q:
    """The filter for what stands on a registration in a workshop that `user` runs and still may run."""
    workshop = "participations__workshop"
    return user.scope.rows(Capability.RUN_WORKSHOPS, locality=f"{workshop}__locality") & Q(
        **{f"{workshop}__facilitators": user}
    )


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: Any) -> Self:
        """Those with a position that `user` may see or a seat on a committee, and those registered in
        workshops that `user` runs."""
        registered = self.model.objects.filter(registered_by(user))
        shown = Position.objects.visible_to(user).values("organization")
        every = self.model.objects
        return self.filter(
            Q(pk__in=shown)
            | Q(pk__in=registered.values("pk"))
            | Q(pk__in=every.filter(seats__isnull=False).values("pk"))
            | Q(pk__in=every.filter(responsible_for__isnull=False).values("pk"))
        )


class Organization(Dated, Demo):
    """An institution, by name, in a country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="organizations")
    code = models.CharField(_("code"), max_length=12, unique=True, default=organization_code, editable=False)
    name = models.CharField(_("organisation"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganizationKind, default=OrganizationKind.OTHER
    )
    women_led = models.BooleanField(_("led by women"), null=True, blank=True)
    key = models.CharField(max_length=200, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "key"], name="organization_once_in_country")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization_detail", args=[self.code])

    @classmethod
    def named(cls, name: str, *, country: Country, is_demo: bool = False) -> "Organization":
        """The organisation of that name in the country, made if it is new. One statement either way,
        so that two who name the same new one at the same moment both get it."""
        row = Organization(country=country, key=text_key(name)[:200], name=name.strip(), is_demo=is_demo)
        return Organization.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["country", "key"], update_fields=["key"]
        )[0]


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, user: Any) -> Self:
        """Those that a committee, a commitment or a plan names: positions are not persons (domain.md §9.2).

        A position known only from a registration would tell who came: only who runs that workshop
        sees it."""
        # Subqueries: joined, seats × activities × participations would multiply.
        every = self.model.objects
        return self.filter(
            Q(pk__in=every.filter(seats__isnull=False).values("pk"))
            | Q(pk__in=every.filter(activities__isnull=False).values("pk"))
            | Q(pk__in=every.filter(supported_activities__isnull=False).values("pk"))
            | Q(pk__in=every.filter(indicators__isnull=False).values("pk"))
            | Q(pk__in=every.filter(forewords__isnull=False).values("pk"))
            | Q(pk__in=every.filter(plan_endorsements__isnull=False).values("pk"))
            | Q(pk__in=every.filter(commitments__isnull=False).values("pk"))
            | Q(pk__in=every.filter(decisions__isnull=False).values("pk"))
            | Q(pk__in=every.filter(registered_by(user)).values("pk"))
        )

    def hidden_from(self, user: Any) -> Self:
        """Those known only from registrations that `user` may not see: not to be told through what hangs on
        them, a hand-over, say."""
        seen = self.model.objects.visible_to(user)
        return self.filter(participations__isnull=False).exclude(pk__in=seen.values("pk"))


class Position(Dated, Demo):
    """An office that outlives whoever holds it: "Mayor", of an organisation, in a locality."""

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="positions")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="positions"
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=office_code, editable=False)
    title = models.CharField(_("position"), max_length=160)
    key = models.CharField(max_length=160, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            # No condition: NULL differs from NULL, and an upsert needs a plain constraint.
            models.UniqueConstraint(
                fields=["locality", "organization", "key"], name="position_once_in_organization"
            ),
            models.UniqueConstraint(
                fields=["locality", "key"],
                condition=Q(organization=None),
                name="position_once_in_locality",
            ),
        ]

    def __str__(self) -> str:
        return listed([self.title, self.organization.name]) if self.organization else self.title

    def get_absolute_url(self) -> str:
        return reverse("position_detail", args=[self.code])

    @classmethod
    def titled(
        cls,
        title: str,
        *,
        locality: Locality,
        organization: Organization | None = None,
        is_demo: bool = False,
    ) -> "Position":
        """The position of that title in the locality and organisation, made if it is new."""
        words = {"title": title.strip(), "is_demo": is_demo}
        office = {"locality": locality, "organization": organization, "key": text_key(title)[:160]}
        if organization is None:
            return cls.objects.get_or_create(**office, defaults=words)[0]
        row = cls(**office, **words)
        return cls.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["locality", "organization", "key"],
            update_fields=["key"],
        )[0]


class HowEnded(models.TextChoices):
    ELECTION = "election", _("Election")
    TRANSFER = "transfer", _("Transfer")
    RESHUFFLE = "reshuffle", _("Reshuffle")
    RESIGNED = "resigned", _("Resigned")
    DEATH = "death", _("Death")
    UNKNOWN = "unknown", _("Not known")


class IncumbencyQuerySet(models.QuerySet["Incumbency"]):
    def visible_to(self, user: Any) -> Self:
        """Those of positions that `user` may see; whose they are is for who may see the person."""
        return self.filter(position__in=Position.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(ends_on=None)


class Incumbency(Dated, Demo):
    """One person held one position, from one day to another. The position outlives the person."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=incumbency_code, editable=False)
    position = models.ForeignKey(Position, models.CASCADE, related_name="incumbencies")
    # None: somebody who is not named, or whose name was erased. The position keeps its history.
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="incumbencies"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    # When the term ends by law: the hand-over opens 60 days before (BR15).
    term_ends_on = models.DateField(_("term ends"), null=True, blank=True)
    how_ended = models.CharField(_("how it ended"), max_length=10, choices=HowEnded, blank=True)
    recorded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    objects = IncumbencyQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        verbose_name_plural = _("incumbencies")
        constraints = [
            models.CheckConstraint(
                name="incumbency_dates_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="incumbency_term_in_order",
                condition=Q(starts_on=None) | Q(term_ends_on=None) | Q(term_ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["position", "person"], condition=Q(ends_on=None), name="incumbency_once_while_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.code}"
