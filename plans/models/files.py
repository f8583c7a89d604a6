"""Files that belong to a plan: scans of acts, evidence of progress, and the documents made of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import Committee
from core.codes import new_code
from core.exports import StoredDocument
from core.models import Demo
from plans.models.codes import attachment_code, plan_export_code
from plans.models.instruments import LocalLaw
from plans.models.plan import LocalActionPlan
from plans.models.progress import ProgressUpdate, UpdateState
from plans.models.workflow import Edition


class AttachmentKind(models.TextChoices):
    ADOPTION = "adoption", _("Act of adoption")
    EVIDENCE = "evidence", _("Evidence")
    LAW = "law", _("Text of the law")


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Where the encrypted content lies: not to be guessed, and without a word about it."""
    return f"attachments/{new_code('F', length=24)}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans and laws that `user` may see. Evidence may show people: it is for the
        committee and, with an approved update, for whoever accompanies it (plans.rules.can_comment_plan)."""
        committees = Committee.objects.giving_access_to(user)
        accompanied = user.scope.rows(Capability.COMMENT_PLANS, locality="plan__locality")
        no_evidence = ~Q(kind=AttachmentKind.EVIDENCE)
        approved = Q(update__state=UpdateState.APPROVED) & accompanied
        return self.filter(
            Q(plan__in=LocalActionPlan.objects.visible_to(user))
            & (no_evidence | Q(plan__committee__in=committees) | approved)
            | Q(law__in=LocalLaw.objects.visible_to(user))
        )


class Attachment(Demo):
    """A file that somebody handed in, checked by its content and kept encrypted (plans.attachments).
    It is handed out by a page that asks who is there, never by an address of its own."""

    code = models.CharField(_("code"), max_length=20, unique=True, default=attachment_code, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind)
    plan = models.ForeignKey(
        LocalActionPlan, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, related_name="attachments")
    update = models.ForeignKey(
        ProgressUpdate, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    law = models.ForeignKey(LocalLaw, models.CASCADE, null=True, blank=True, related_name="attachments")
    title = models.CharField(_("what it shows"), max_length=200, blank=True)
    name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))  # bytes, before encryption
    file = models.FileField(upload_to=attachment_path)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_somewhere",
                condition=Q(plan__isnull=False, law=None) | Q(plan=None, law__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name


def document_path(export: "PlanExport", filename: str) -> str:
    """Where a document is kept: not to be guessed, and without a word about its content."""
    return f"{PlanExport.FOLDER}/{new_code('F', length=24)}.{export.format}"


class DocumentFormat(models.TextChoices):
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Spreadsheet")


class PlanExportQuerySet(models.QuerySet["PlanExport"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=LocalActionPlan.objects.visible_to(user))


class PlanExport(StoredDocument, Demo):
    """One PDF of one content of a plan: of an edition, or of the draft as it stood."""

    TASK = "plans.tasks.make_plan_pdf"
    FOLDER = "plans"

    code = models.CharField(_("code"), max_length=12, unique=True, default=plan_export_code, editable=False)
    plan = models.ForeignKey(LocalActionPlan, models.CASCADE, related_name="exports")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, related_name="exports")
    format = models.CharField(max_length=4, choices=DocumentFormat, default=DocumentFormat.PDF)
    file = models.FileField(_("file"), upload_to=document_path, blank=True)

    objects = PlanExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "format", "digest"],
                condition=~Q(state="failed"),
                name="plan_export_once_per_content",
            ),
            models.CheckConstraint(
                name="plan_export_done_has_file", condition=~Q(state="done") | ~Q(file="")
            ),
            models.CheckConstraint(
                name="plan_export_failed_has_reason",
                condition=(Q(state="failed") & ~Q(error="")) | (~Q(state="failed") & Q(error="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("plan_export", args=[self.plan.code, self.code])
