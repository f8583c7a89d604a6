"""People, the institutions they come from and the positions they hold, and what they agreed to."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.models import Country, Locality
from people.consent import WORDING_VERSION, Given, Purpose
from people.names import name_key, name_tokens, text_key

MOST_PARTS = 20  # of a name in a search: each is a join, and SQLite joins no more than 64 tables


class Sex(models.TextChoices):
    """Totals by sex are asked for by 1325 reporting. Nothing finer is recorded of a person (F86)."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    UNSTATED = "unstated", _("Not stated")


class AgeBand(models.TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    YOUTH = "18_to_29", _("18 to 29")
    ADULT = "30_to_59", _("30 to 59")
    OLDER = "60_over", _("60 and over")
    UNSTATED = "unstated", _("Not stated")


def registered_by(user: Any) -> Q:
    """The filter for what stands on a registration in a workshop that `user` runs and still may run."""
    workshop = "participations__workshop"
    return user.scope.rows(Capability.RUN_WORKSHOPS, locality=f"{workshop}__locality") & Q(
        **{f"{workshop}__facilitators": user}
    )


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: Any) -> Self:
        """Those with a position that `user` may see, and those registered in workshops that `user` runs."""
        registered = self.model.objects.filter(registered_by(user))
        shown = Position.objects.visible_to(user).values("organization")
        return self.filter(Q(pk__in=shown) | Q(pk__in=registered.values("pk")))


class Organization(Dated, Demo):
    """An institution, by name, in a country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="organizations")
    name = models.CharField(_("organisation"), max_length=200)
    key = models.CharField(max_length=200, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "key"], name="organization_once_in_country")
        ]

    def __str__(self) -> str:
        return self.name

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
        """Those that a committee or a plan names: positions are not persons (domain.md §9.2).

        A position known only from a registration would tell who came: only who runs that workshop
        sees it."""
        # Subqueries: joined, seats × activities × participations would multiply.
        every = self.model.objects
        return self.filter(
            Q(pk__in=every.filter(seats__isnull=False).values("pk"))
            | Q(pk__in=every.filter(activities__isnull=False).values("pk"))
            | Q(pk__in=every.filter(registered_by(user)).values("pk"))
        )


class Position(Dated, Demo):
    """An office that outlives whoever holds it: "Mayor", of an organisation, in a locality."""

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="positions")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="positions"
    )
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
        return f"{self.title}, {self.organization.name}" if self.organization else self.title

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


def person_code() -> str:
    return new_code("P", length=7)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any) -> Self:
        """Those registered in a workshop that `user` runs and still may run; nobody else's list shows
        a person."""
        return self.filter(registered_by(user)).distinct()

    def named(self, name: str) -> Self:
        """Exactly this name, whatever the order, case, accents or titles."""
        return self.filter(key=name_key(name)) if name_key(name) else self.none()

    def with_name_parts(self, text: str) -> Self:
        """Those whose name has every part that `text` has. Whole parts: the index is blind."""
        found = self
        tokens = name_tokens(text)[:MOST_PARTS]
        for token in tokens:
            found = found.filter(name_tokens__token=token)
        return found.distinct() if tokens else self.none()


class Person(Dated, Demo):
    """A registered participant. Needs no account and no e-mail; lists show the code, not the name."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=person_code, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="people")
    full_name = EncryptedTextField(_("name"))
    phone = EncryptedTextField(_("phone"), blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    key = models.CharField(max_length=32, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.code

    def save_with_index(self) -> None:
        """Save the person and the blind index of the name, together."""
        self.key = name_key(self.full_name)
        with transaction.atomic(savepoint=False):
            is_new = self.pk is None
            self.save()
            if not is_new:
                self.name_tokens.all().delete()
            NameToken.objects.bulk_create(
                NameToken(person=self, token=token) for token in name_tokens(self.full_name)
            )


class NameToken(models.Model):
    """One part of one name as a keyed hash (people.names)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_tokens")
    token = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["token", "person"], name="name_token_lookup")]
        constraints = [models.UniqueConstraint(fields=["person", "token"], name="name_token_once")]

    def __str__(self) -> str:
        return self.token[:8]


class Consent(Demo):
    """One purpose that a person agreed to, in which words, how and when; withdrawn or not."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    wording_version = models.CharField(_("wording"), max_length=20, default=WORDING_VERSION)
    language = models.CharField(_("language"), max_length=10)
    how = models.CharField(_("how it was given"), max_length=10, choices=Given, default=Given.SPOKEN)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_once_while_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.wording_version})"
