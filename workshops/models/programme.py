"""What happens hour by hour: the programme of a workshop."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Demo
from workshops.models.participation import Half
from workshops.models.workshop import Workshop


class ItemKind(models.TextChoices):
    """Interactive lectures and hands-on sessions (F19), what all do together, and pauses."""

    LECTURE = "lecture", _("Lecture")
    HANDS_ON = "hands_on", _("Hands-on session")
    PLENARY = "plenary", _("Plenary")
    BREAK = "break", _("Break")


def programme_item_code() -> str:
    return new_code("SE")


class ProgrammeItemQuerySet(models.QuerySet["ProgrammeItem"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that `user` may see."""
        return self.filter(workshop__in=Workshop.objects.visible_to(user))


class ProgrammeItem(Dated, Demo):
    """One session or break of one half-day."""

    code = models.CharField(
        _("code"), max_length=12, unique=True, default=programme_item_code, editable=False
    )
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="programme")
    day = models.PositiveSmallIntegerField(
        _("day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    half = models.CharField(_("half-day"), max_length=2, choices=Half, default=Half.MORNING)
    order = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind, default=ItemKind.LECTURE)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    facilitator = models.CharField(_("led by"), max_length=160, blank=True)
    materials = models.TextField(_("materials"), blank=True, max_length=2000)

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        ordering = ["day", "half", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_item_has_known_values",
                condition=Q(half__in=Half.values, kind__in=ItemKind.values, day__gte=1, minutes__gte=5),
            )
        ]

    def __str__(self) -> str:
        return self.title
