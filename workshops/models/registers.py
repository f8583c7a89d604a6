"""Spreadsheets of participants on their way in: read, looked at, then all written or nothing."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from people.models import Person
from workshops.models.participation import OfThoseWhoRunQuerySet
from workshops.models.workshop import Workshop


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be matched")
    READING = "reading", _("Being read")
    READY = "ready", _("To be looked at")
    WRITING = "writing", _("Being saved")
    DONE = "done", _("Saved")
    FAILED = "failed", _("Failed")


class Verdict(models.TextChoices):
    NEW = "new", _("New")
    SAME = "same", _("Same person")
    LOOK = "look", _("Needs a look")
    WRONG = "wrong", _("Wrong")


def import_code() -> str:
    return new_code("IM")


class ParticipantImport(Dated, Demo):
    """One spreadsheet for one workshop. File and rows are encrypted, and deleted when it is done."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=import_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file_name = EncryptedTextField(_("file"))
    content = models.BinaryField(null=True, editable=False)  # encrypted with core.encryption.cipher()
    sheet = models.CharField(_("sheet"), max_length=200, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    columns = EncryptedTextField(_("column headings"), blank=True)  # JSON
    mapping = models.JSONField(default=dict, blank=True)  # field name → number of the column, from 0
    purposes_agreed = models.BooleanField(_("the people agreed"), default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)

    objects = OfThoseWhoRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(of__in=ParticipantImport.objects.visible_to(user))


class ImportRow(models.Model):
    """One row of the spreadsheet, what is to become of it, and why."""

    of = models.ForeignKey(ParticipantImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    values = EncryptedTextField()  # JSON: field name → text
    verdict = models.CharField(max_length=6, choices=Verdict)
    reasons = EncryptedTextField(blank=True)  # JSON: sentences, or field name → sentence
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    # What somebody decided for a row that needs a look: "" not yet, "same", "new" or "leave".
    decision = models.CharField(max_length=6, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="import_row_has_known_values",
                condition=Q(verdict__in=Verdict.values, decision__in=["", "same", "new", "leave"]),
            ),
        ]
        indexes = [models.Index(fields=["of", "verdict", "number"], name="import_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.of} · {self.number}"
