"""Registered people, the index by which they are found, and what they agreed to."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.models import Country
from people.codes import person_code
from people.consent import WORDING_VERSION, Given, Purpose
from people.models.organizations import registered_by
from people.names import index_digest, index_tokens, name_key, name_tokens

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

    def create_with_index(self, people: "list[Person]") -> "list[Person]":
        """Write many new people and their blind index, some at a time: each has about twenty hashes."""
        with transaction.atomic(savepoint=False):
            for start in range(0, len(people), 500):
                some = people[start : start + 500]
                rows = [row for person in some for row in person.make_index()]
                Person.objects.bulk_create(some)
                NameToken.objects.bulk_create(rows)
        return people


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

    # What the index was made from, as a keyed hash: unchanged, it is not made again.
    indexed = models.CharField(max_length=32, editable=False, blank=True)
    # Whether people.pairs has looked for others who may be the same person.
    is_compared = models.BooleanField(default=False, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["country"], condition=Q(is_compared=False), name="person_not_compared")
        ]

    def __str__(self) -> str:
        return self.code

    def take_index(self) -> list[tuple[str, str]]:
        """Set `key` and `indexed`, and return what the blind index is to hold: (kind, hash)."""
        self.key, self.indexed = name_key(self.full_name), index_digest(self.full_name, self.phone)
        self.is_compared = False
        return index_tokens(self.full_name, self.phone)

    def make_index(self) -> "list[NameToken]":
        """The same as rows of the blind index, to be written after the person."""
        return [NameToken(person=self, kind=kind, token=token) for kind, token in self.take_index()]

    def save_with_index(self) -> None:
        """Save the person and the blind index of name and phone, together; the index only if it changed."""
        with transaction.atomic(savepoint=False):
            is_new = self.pk is None
            if not is_new and self.indexed == index_digest(self.full_name, self.phone):
                self.save()
                return
            rows = self.make_index()
            self.save()
            if not is_new:
                self.name_tokens.all().delete()
            NameToken.objects.bulk_create(rows)


class TokenKind(models.TextChoices):
    """What a token stands for (people.names, decision 0008)."""

    PART = "part", _("a part of the name")
    SOUND = "sound", _("a part as it sounds")
    PAIR = "pair", _("two parts together")
    NEAR = "near", _("the whole name, but for one letter")
    PHONE = "phone", _("the phone number")


class NameToken(models.Model):
    """Something of one person's name or phone as a keyed hash (people.names)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_tokens")
    kind = models.CharField(max_length=5, choices=TokenKind, default=TokenKind.PART)
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
