"""Localization Guidelines: a country's document in sections, and the PDFs made of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.codes import new_code
from core.exports import ExportState, StoredDocument
from core.models import Demo, SharedText
from frameworks.models import Framework
from localities.languages import direction, language_name
from localities.models import Country

LONGEST_SECTION = 20_000  # characters; about seven printed pages
READING = (Capability.READ_GUIDELINES, Capability.WRITE_GUIDELINES)


def guidelines_code() -> str:
    return new_code("G")


def section_code() -> str:
    return new_code("S")


def export_code() -> str:
    return new_code("E")


class GuidelinesState(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")


class GuidelinesQuerySet(models.QuerySet["Guidelines"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the countries where `user` may read or write guidelines.

        Guidelines are for a whole country: whoever reads them in a part of it reads them all.
        """
        scope = user.scope
        if any(scope.everywhere(capability) for capability in READING):
            return self
        grants = [g for g in scope.grants if any(g.allows(capability) for capability in READING)]
        whole = [grant.country_id for grant in grants if grant.country_id is not None]
        parts = [grant.path for grant in grants if grant.path is not None]
        countries = Country.objects.filter(Q(pk__in=whole) | Q(localities__path__in=parts))
        return self.filter(country__in=countries.values("pk"))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        newest = Export.objects.filter(guidelines=OuterRef("pk"), state=ExportState.DONE)
        return (
            self.select_related("country", "nap")
            .annotate(
                section_count=Count("sections"),
                newest_export=Subquery(newest.values("code")[:1]),
                exported_at=Subquery(newest.values("finished_at")[:1]),
            )
            .order_by("country__name", "-created_at", "pk")  # counting groups the rows: Meta's order is lost
        )


class Guidelines(SharedText, Demo):
    """The document that tells a country's local authorities how to localize 1325 and the NAP (S0)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=guidelines_code, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="guidelines", verbose_name=_("country"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    nap = models.ForeignKey(
        Framework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guidelines",
        verbose_name=_("National Action Plan"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=GuidelinesState, default=GuidelinesState.DRAFTING, editable=False
    )

    objects = GuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["country__name", "-created_at"]
        verbose_name_plural = _("guidelines")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guidelines_detail", args=[self.code])

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    def touch(self, by: Any) -> None:
        """Note that the document changed as a whole: a section came, went or moved."""
        self.updated_by = by
        self.save(update_fields=["updated_by", "updated_at"])


class Block(models.TextChoices):
    """Facts of the country that a section shows after its text, always as they stand today."""

    NONE = "", _("No data, text only")
    NAP_ITEMS = "nap_items_by_pillar", _("Items of the National Action Plan, by pillar")
    COVERAGE = "coverage_chart", _("Chart: localities reached and not reached")
    LOCALITIES = "localities_reached", _("Table: localities reached and not reached")
    PLANS = "adopted_plans", _("Table: adopted local plans")
    RESOLUTIONS = "resolutions", _("Table: resolutions on women, peace and security")


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))


class Section(SharedText, Demo):
    """One numbered section: heading, text in light markup, and at most one block of data."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=section_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    heading = models.CharField(_("heading"), max_length=160)
    body = models.TextField(_("text"), blank=True, max_length=LONGEST_SECTION)
    block = models.CharField(
        _("data of the country"), max_length=24, choices=Block, blank=True, default=Block.NONE
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["guidelines", "order", "pk"]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.guidelines.get_absolute_url()}#{self.code}"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))

    def standing(self) -> Self:
        """Those that serve whoever asks for the same content: made, or on their way."""
        return self.exclude(state=ExportState.FAILED)


def random_path(export: "Export", filename: str) -> str:
    """Where a PDF is kept: not to be guessed, and without a word about its content."""
    return f"guidelines/{new_code('F', length=24)}.pdf"


class Export(StoredDocument, Demo):
    """One PDF of one content. `digest` is that of everything that goes into the document."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=export_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="exports")
    file = models.FileField(_("file"), upload_to=random_path, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidelines", "digest"], condition=~Q(state="failed"), name="export_once_per_content"
            ),
            models.CheckConstraint(name="export_progress_is_a_share", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="export_done_has_file", condition=~Q(state="done") | (~Q(file="") & Q(pages__gt=0))
            ),
            models.CheckConstraint(
                name="export_failed_has_reason",
                condition=(Q(state="failed") & ~Q(error="")) | (~Q(state="failed") & Q(error="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("export_detail", args=[self.guidelines.code, self.code])
