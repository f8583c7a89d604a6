"""The actors that a Localization workshop convenes, and which of them govern.

The list is the strategy's (GNWP, 2018; domain.md §4.1). Who counts as a local authority is a
setting per country and category; the defaults are decision 1 of domain.md §9.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorCategory(models.TextChoices):
    GOVERNOR = "governor", _("Governor")
    MAYOR = "mayor", _("Mayor")
    VICE_MAYOR = "vice_mayor", _("Vice mayor")
    COUNCILLOR = "councillor", _("Councillor")
    WARD_OFFICIAL = "ward_official", _("Ward or village official")
    LOCAL_ADMINISTRATION = "local_administration", _("Local administration officer")
    TRADITIONAL_LEADER = "traditional_leader", _("Paramount chief or traditional leader")
    RELIGIOUS_LEADER = "religious_leader", _("Religious leader")
    COMMUNITY_LEADER = "community_leader", _("Community leader")
    ELDER = "elder", _("Elder")
    WOMEN_LEADER = "women_leader", _("Women leader")
    YOUTH_LEADER = "youth_leader", _("Youth leader")
    POLICE = "police", _("Police")
    SECURITY = "security", _("Military or other security")
    TEACHER = "teacher", _("Teacher or educator")
    HEALTH_WORKER = "health_worker", _("Health worker")
    SOCIAL_SERVICES = "social_services", _("Social services")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    DISPLACED = "displaced", _("Displaced or refugee representative")
    CULTURAL_LEADER = "cultural_leader", _("Cultural leader")
    MEDIA = "media", _("Media")
    NATIONAL_GOVERNMENT = "national_government", _("National government")
    UN = "un", _("United Nations")


LOCAL_AUTHORITIES_BY_DEFAULT = frozenset(
    {
        ActorCategory.GOVERNOR,
        ActorCategory.MAYOR,
        ActorCategory.VICE_MAYOR,
        ActorCategory.COUNCILLOR,
        ActorCategory.WARD_OFFICIAL,
        ActorCategory.LOCAL_ADMINISTRATION,
        ActorCategory.TRADITIONAL_LEADER,
    }
)
