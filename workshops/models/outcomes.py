"""How a workshop went, and where its participants can turn to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Demo
from workshops.models.analysis import OfWorkshopQuerySet
from workshops.models.workshop import Workshop


class AwarenessScore(Dated, Demo):
    """Average of the same test before and after the workshop (F09). Averages only, no single sheets."""

    workshop = models.OneToOneField(Workshop, models.PROTECT, related_name="awareness")
    maximum = models.PositiveSmallIntegerField(
        _("highest possible score"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    before_count = models.PositiveSmallIntegerField(_("answers before"), default=0)
    before_average = models.DecimalField(
        _("average before"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    after_count = models.PositiveSmallIntegerField(_("answers after"), default=0)
    after_average = models.DecimalField(
        _("average after"), max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="awareness_average_within_maximum",
                condition=(Q(before_average=None) | Q(before_average__range=(0, F("maximum"))))
                & (Q(after_average=None) | Q(after_average__range=(0, F("maximum")))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.before_average} → {self.after_average}"


class Criterion(models.TextChoices):
    """What the evaluation sheet at the end of a workshop asks about."""

    USEFUL = "useful", _("I can use what I learnt")
    CLEAR = "clear", _("The sessions were clear")
    HEARD = "heard", _("I could say what I think")
    SAFE = "safe", _("I felt safe")
    PRACTICAL = "practical", _("Place, time and food were right")


class EvaluationCount(Demo):
    """How many sheets agreed, agreed in part or did not, for one criterion."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="evaluation")
    criterion = models.CharField(max_length=10, choices=Criterion)
    agree = models.PositiveSmallIntegerField(_("agree"), default=0)
    partly = models.PositiveSmallIntegerField(_("in part"), default=0)
    disagree = models.PositiveSmallIntegerField(_("do not agree"), default=0)
    blank = models.PositiveSmallIntegerField(_("no answer"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "criterion"], name="evaluation_criterion_once"),
            models.CheckConstraint(
                name="evaluation_criterion_is_known", condition=Q(criterion__in=Criterion.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.agree}/{self.partly}/{self.disagree}"

    @property
    def sheets(self) -> int:
        """How many sheets came back, this question answered or not."""
        return self.agree + self.partly + self.disagree + self.blank


def referral_code() -> str:
    return new_code("RC")


class ReferralContact(Dated, Demo):
    """An institution to turn to when a conversation wakes trauma or danger: never a person (F59)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=referral_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="referral_contacts")
    institution = models.CharField(_("institution"), max_length=200)
    service = models.CharField(_("what it helps with"), max_length=300)
    phone = models.CharField(_("its phone"), max_length=40, blank=True)
    hours = models.CharField(_("when it answers"), max_length=160, blank=True)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["institution"]

    def __str__(self) -> str:
        return self.institution
