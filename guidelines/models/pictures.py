"""Pictures in guidelines: checked, without what they may carry of the place where they were taken, with words
for who does not see them, and with consent where people can be recognised (F36)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Demo, SharedText
from guidelines.models.codes import picture_code
from guidelines.models.documents import Guidelines
from workshops.models import Workshop
from workshops.states import RiskLevel


def picture_path(picture: "Picture", filename: str) -> str:
    """Where the encrypted content lies: not to be guessed, and without a word about it."""
    return f"pictures/{new_code('F', length=24)}"


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))

    def publishable(self) -> Self:
        """Those that may leave the portal: nobody is to be recognised, or who is agreed (F36)."""
        return self.filter(Q(shows_people=False) | ~Q(consent=""))

    def at_risk(self) -> Self:
        """Of a workshop at high risk: they go into no new document (F36). Editions keep theirs."""
        return self.filter(workshop__risk_level=RiskLevel.HIGH)

    def drawable(self) -> Self:
        """Those that a text which is being written may show."""
        return self.exclude(workshop__risk_level=RiskLevel.HIGH)


class Picture(SharedText, Demo):
    """In a text it stands as `![](picture:CODE)`. `alt` is what it shows, in words (WCAG 1.1.1)."""

    created_at = None  # type: ignore[assignment]  # `added_at` says it

    code = models.CharField(_("code"), max_length=12, unique=True, default=picture_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="pictures")
    alt = models.CharField(_("what it shows, in words"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("who made it"), max_length=160, blank=True)
    shows_people = models.BooleanField(_("people can be recognised"), default=False)
    consent = models.CharField(_("how they agreed to be shown"), max_length=300, blank=True)
    # Where it was made. What a workshop at high risk shows is not published (F36).
    workshop = models.ForeignKey(
        Workshop, models.SET_NULL, null=True, blank=True, related_name="pictures", verbose_name=_("workshop")
    )
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(_("size"))  # bytes, before encryption
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    file = models.FileField(upload_to=picture_path)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [models.CheckConstraint(name="picture_has_words", condition=~Q(alt=""))]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("picture_edit", args=[self.guidelines.code, self.code])

    @property
    def is_at_risk(self) -> bool:
        return self.workshop is not None and self.workshop.risk_level == RiskLevel.HIGH
