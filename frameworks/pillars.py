"""The four pillars of resolution 1325 and what supports them (BR8; UNSCR 1325, S2, S3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    PARTICIPATION = "participation", _("Participation")
    PREVENTION = "prevention", _("Prevention")
    PROTECTION = "protection", _("Protection")
    RELIEF_RECOVERY = "relief_recovery", _("Relief and recovery")
    SUPPORT = "support", _("Coordination and support")


CORE_PILLARS = (Pillar.PARTICIPATION, Pillar.PREVENTION, Pillar.PROTECTION, Pillar.RELIEF_RECOVERY)
