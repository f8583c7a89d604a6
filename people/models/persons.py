"""Registered people, the index by which they are found, and what they agreed to."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.models import Country
from people.codes import merge_code, person_code
from people.consent import WORDING_VERSION, Given, Purpose
from people.models.organizations import registered_by
from people.names import name_key, name_tokens

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
    # Who was there when it was spoken or signed; encrypted like every name.
    witness = EncryptedTextField(_("witness"), blank=True)
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


class Merge(Dated, Demo):
    """Two records that were one person. What went is kept, encrypted, so that it can be undone."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=merge_code, editable=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges", null=True)
    merged_code = models.CharField(_("code of the record that went"), max_length=12)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    # JSON: both records as they were, and which rows pointed where.
    snapshot = EncryptedTextField(blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code


class DifferentPeople(models.Model):
    """Two records that look alike and were found to be two people: not asked about again."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="different_people_once"),
            models.CheckConstraint(name="different_people_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
