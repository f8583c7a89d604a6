"""Licences of texts in the library, and which of them allow to hand a text on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """The value is what is stored and shown for the names that are the same everywhere."""

    CC_BY = "CC BY 4.0", "CC BY 4.0"
    CC_BY_SA = "CC BY-SA 4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC BY-NC 4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"
    CC0 = "CC0", "CC0"
    LAW = "law", _("Text of a law: free to hand on")
    OWN = "own", _("Own document: may be handed on")
    STATE = "state", _("Published by the state: may be handed on")
    RESERVED = "reserved", _("All rights reserved")
    UNKNOWN = "unknown", _("Licence not stated")


MAY_BE_HANDED_ON = frozenset(Licence) - {Licence.RESERVED, Licence.UNKNOWN}


def licence_name(value: str) -> str:
    """In words; one that is no choice is shown as it is."""
    return str(Licence(value).label) if value in Licence.values else value


def may_be_handed_on(value: str) -> bool:
    return value in {licence.value for licence in MAY_BE_HANDED_ON}
