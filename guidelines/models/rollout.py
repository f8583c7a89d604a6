"""How guidelines reach the places where no workshop was held (F31, F32), and the library (F35)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Demo, SharedText, Sourced
from guidelines.models.codes import resource_code, rollout_code
from guidelines.models.documents import Guidelines
from guidelines.models.editions import Edition
from guidelines.models.review import OfGuidelinesQuerySet
from localities.languages import language_name
from localities.models import Country, Locality
from workshops.models import Workshop


class RolloutKind(models.TextChoices):
    WORKSHOP = "workshop", _("Workshop on the Guidelines")
    DISTRIBUTION = "distribution", _("Distribution of copies")


class Rollout(SharedText, Demo):
    """The guidelines came to some localities: by a workshop, or by copies. Officials are counted once for the
    whole event, because one workshop trains those of several councils. `trained` counts local authorities
    only (Bo city 2014: seven councils; Freetown 2016: eight)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=rollout_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.PROTECT, related_name="rollouts")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rollouts", verbose_name=_("edition"))
    kind = models.CharField(_("how"), max_length=12, choices=RolloutKind)
    on = models.DateField(_("on"))
    localities = models.ManyToManyField(Locality, related_name="rollouts", verbose_name=_("localities"))
    workshop = models.ForeignKey(
        Workshop, models.SET_NULL, null=True, blank=True, related_name="rollouts", verbose_name=_("workshop")
    )
    copies = models.PositiveIntegerField(_("copies handed out"), null=True, blank=True)
    trained = models.PositiveIntegerField(_("officials trained"), default=0)
    trained_women = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True, max_length=2000)

    objects = OfGuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="rollout_women_among_trained",
                condition=Q(trained_women=None) | Q(trained_women__lte=F("trained")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("rollout_detail", args=[self.guidelines.code, self.code])


class ResourceKind(models.TextChoices):
    GUIDELINES = "guidelines", _("Localization Guidelines")
    TOOLKIT = "toolkit", _("Toolkit")
    TEMPLATE = "template", _("Template")
    LAW = "law", _("Law or by-law")
    CASE = "case", _("Case study")
    OTHER = "other", _("Other")


def resource_path(resource: "Resource", filename: str) -> str:
    """Where the encrypted content lies: not to be guessed, and without a word about it."""
    return f"library/{new_code('F', length=24)}"


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, user: Any) -> Self:
        """Published texts: every signed-in user. Guidelines of the portal that are held back are for those
        who may read them."""
        held_back = Q(guidelines__is_public=False) & ~Q(guidelines__in=Guidelines.objects.visible_to(user))
        return self.filter(Q(guidelines=None) | ~held_back)


class Resource(SharedText, Sourced, Demo):
    """A text of the library, with language and licence: where it can be read, or the file where its licence
    allows to hand it on (F35). Rows that come with the portal carry a `key` (data/library.yaml)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=resource_code, editable=False)
    key = models.CharField(max_length=60, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind)
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("published by"), max_length=300, blank=True)  # institutions
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="resources", verbose_name=_("country")
    )
    language = models.CharField(_("language"), max_length=10)
    licence = models.CharField(_("licence"), max_length=160)
    address = models.CharField(_("where it can be read"), max_length=300, blank=True)
    summary = models.TextField(_("what is in it"), blank=True, max_length=2000)
    endorsed_by = models.JSONField(_("endorsed by"), default=list, blank=True)  # institutions, in words
    guidelines = models.ForeignKey(
        Guidelines, models.SET_NULL, null=True, blank=True, related_name="resources"
    )
    file = models.FileField(_("file"), upload_to=resource_path, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file_size = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resource_detail", args=[self.code])

    @property
    def language_name(self) -> str:
        return language_name(self.language)
