"""Two records that may be one person: found alike, found to be two people, or merged."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from people.codes import merge_code
from people.models.persons import Person


class Reason(models.TextChoices):
    """Why two records look like one person. Stored as a value, shown as a sentence."""

    SAME = "same", _("Same name")
    ORDER = "order", _("Same name, parts in another order")
    TITLE = "title", _("Same name with another title")
    TOGETHER = "together", _("Same name, written together or apart")
    SCRIPT = "script", _("The same name in another script")
    SPELLING = "spelling", _("The same name in another spelling")
    LETTER = "letter", _("One letter differs")
    ALMOST = "almost", _("Almost the same spelling")
    PART = "part", _("One of them has a further name")
    COMMON = "common", _("A part of the name is the same")
    PHONE = "phone", _("Same phone number")


class Certainty(models.TextChoices):
    SURE = "sure", _("Almost certain")
    LIKELY = "likely", _("Likely")
    POSSIBLE = "possible", _("Possible")


# From which score on a pair is how certain; below the last it is not reported.
SURE_FROM, LIKELY_FROM, REPORTED_FROM = 97, 84, 74


def certainty_of(score: int) -> Certainty:
    if score >= SURE_FROM:
        return Certainty.SURE
    return Certainty.LIKELY if score >= LIKELY_FROM else Certainty.POSSIBLE


class ResemblanceQuerySet(models.QuerySet["Resemblance"]):
    def visible_to(self, user: Any) -> Self:
        """Pairs of which `user` may see both."""
        seen = Person.objects.visible_to(user).values("pk")
        # An expression, not the column: SQLite would look up every visible person with every other.
        return self.filter(first__in=seen).alias(other=F("second_id") + 0).filter(other__in=seen)

    def decided(self) -> Self:
        """Those that somebody found to be two people."""
        return self.filter(
            Exists(DifferentPeople.objects.filter(first=OuterRef("first"), second=OuterRef("second")))
        )

    def undecided(self) -> Self:
        return self.filter(
            ~Exists(DifferentPeople.objects.filter(first=OuterRef("first"), second=OuterRef("second")))
        )


class Resemblance(models.Model):
    """Two records that look like one person, and how much. Kept up to date by people.pairs."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("how alike"))
    name_reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    same_phone = models.BooleanField(_("same phone number"), default=False)

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="resemblance_once"),
            models.CheckConstraint(name="resemblance_in_order", condition=Q(first__lt=F("second"))),
        ]
        indexes = [models.Index(fields=["-score", "first", "second"], name="resemblance_best_first")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"

    @property
    def certainty(self) -> Certainty:
        return certainty_of(self.score)

    @property
    def reasons(self) -> list[str]:
        """Why, in words."""
        found = [Reason(self.name_reason)] if self.name_reason else []
        return [str(reason.label) for reason in found + [Reason.PHONE] * self.same_phone]


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


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: Any) -> Self:
        """Those into a person whom `user` may see."""
        return self.filter(kept__in=Person.objects.visible_to(user).values("pk"))


class Merge(Dated, Demo):
    """Two records that were one person. What went is kept, encrypted, so that it can be undone."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=merge_code, editable=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges", null=True)
    merged_code = models.CharField(_("code of the record that went"), max_length=12)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    # JSON: both records as they were, and which rows pointed where.
    snapshot = EncryptedTextField(blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code
