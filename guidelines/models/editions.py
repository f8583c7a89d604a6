"""What guidelines become: numbered editions that never change, and the documents made in the background."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.exports import ExportState, StoredDocument
from core.models import Demo
from guidelines.models.codes import export_code
from guidelines.models.documents import Guidelines
from guidelines.models.pictures import Picture


class EditionFrozen(Exception):
    """An edition is never changed: a revision makes the next one."""


class ValidatedDocument(Demo):
    """The guidelines as they were validated: what the institutions sign, and what is launched. The country's
    data go on changing meanwhile; the paper on the minister's desk does not.

    `content` is guidelines.document.document_of(...) on that day. It counts only until the launch or the
    return; validated again, it is written anew."""

    guidelines = models.OneToOneField(Guidelines, models.CASCADE, related_name="validated_document")
    content = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.guidelines_id)


class GuidelinesEditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))

    def public(self) -> Self:
        """What anybody may read: editions of guidelines that are not held back."""
        return self.filter(guidelines__is_public=True)


class Edition(Demo):
    """The guidelines as they were launched: number, day, checksum and file stay the same for ever.

    `content` is guidelines.document.document_of(...) on that day, `digest` its SHA-256. The PDF of an
    edition is an Export of it, made once, with its own SHA-256."""

    guidelines = models.ForeignKey(Guidelines, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    launched_on = models.DateField(_("launched on"))
    reason = models.TextField(_("why it was revised"), blank=True, max_length=2000)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    pictures = models.ManyToManyField(Picture, related_name="editions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("frozen"), auto_now_add=True)

    objects = GuidelinesEditionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["guidelines", "number"], name="guidelines_edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.guidelines_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. What was launched stays as it was read then."""
        if not self._state.adding:
            raise EditionFrozen
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("guidelines_edition", args=[self.guidelines.code, self.number])


class DocumentFormat(models.TextChoices):
    PDF = "pdf", _("PDF")
    PDF_ARCHIVE = "pdfa", _("PDF/A, for archives")
    DOCX = "docx", _("Word document")


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read; of a draft, for who may read drafts."""
        drafts = Guidelines.objects.with_draft_for(user)
        of_editions = Q(edition__isnull=False, guidelines__in=Guidelines.objects.visible_to(user))
        return self.filter(of_editions | Q(guidelines__in=drafts))

    def standing(self) -> Self:
        """Those that serve whoever asks for the same content: made, or on their way."""
        return self.exclude(state=ExportState.FAILED)


def random_path(export: "Export", filename: str) -> str:
    """Where a document is kept: not to be guessed, and without a word about its content."""
    ending = "docx" if export.format == DocumentFormat.DOCX else "pdf"
    return f"{Export.FOLDER}/{new_code('F', length=24)}.{ending}"


class Export(StoredDocument, Demo):
    """One document of one content: of an edition, or of the draft as it stood. `digest` is that of everything
    that goes into it; `file_digest` the SHA-256 of the finished file."""

    TASK = "guidelines.tasks.make_export"
    FOLDER = "guidelines"

    code = models.CharField(_("code"), max_length=12, unique=True, default=export_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="exports")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="exports")
    format = models.CharField(max_length=4, choices=DocumentFormat, default=DocumentFormat.PDF)
    file = models.FileField(_("file"), upload_to=random_path, blank=True)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidelines", "digest"], condition=~Q(state="failed"), name="export_once_per_content"
            ),
            models.CheckConstraint(name="export_progress_is_a_share", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="export_done_has_file",
                condition=~Q(state="done") | (~Q(file="") & (Q(pages__gt=0) | Q(format="docx"))),
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
