"""Abstract bases. No table of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class Demo(models.Model):
    """Rows of the demonstration story are marked, so that they can be told and taken away."""

    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    class Meta:
        abstract = True


class SharedText(Dated):
    """A row that several people write: `row_version` grows with each save (core.conflicts)."""

    row_version = models.PositiveIntegerField(default=1, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A fact from outside: where it was read, and how old the reading is."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        abstract = True
