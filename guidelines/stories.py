"""What an impact story needs before it is told, and where it may not be told yet (F15, domain.md §2.7)."""

import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guidelines.models import ImpactStory
from localities.models import Country, Locality
from workshops.contact_details import any_looks_like_contact
from workshops.models import Workshop
from workshops.safety import last_day_hidden_on
from workshops.states import TO_COME, TOOK_PLACE, RiskLevel

TEXTS = ("title", "before", "claim", "lesson", "evidence_note", "consent_note")

# What must be there, and what is said when it is not.
NEEDED: dict[str, str | Promise] = {
    "consent_on": _("Write down on which day those concerned agreed that it may be told."),
    "consent_note": _("Write down who agreed, as a group or an office, and how."),
    "evidence": _("Say how well it is known."),
    "evidence_note": _("Say where it can be read, or which office can be asked."),
}


def missing(story: ImpactStory) -> dict[str, str]:
    """What the story lacks before it may be published, by field."""
    return {name: str(words) for name, words in NEEDED.items() if not getattr(story, name)}


def points_at_somebody(story: ImpactStory) -> bool:
    """Whether a phone number or an address seems to stand in its texts. Warned about, never refused."""
    return any_looks_like_contact(getattr(story, name) for name in TEXTS)


def hidden_places(country: Country, *, today: datetime.date) -> list[str]:
    """Paths of the localities with a workshop at high risk that is to come, or is over since less than two
    weeks. What lies below them belongs to them."""
    risky = Workshop.objects.filter(
        locality__country=country,
        risk_level=RiskLevel.HIGH,
        ends_on__gte=last_day_hidden_on(today),
        state__in=TO_COME | TOOK_PLACE,
    )
    also = Workshop.other_localities.through.objects.filter(workshop__in=risky.values("pk"))
    return [
        *risky.order_by().values_list("locality__path", flat=True).union(also.values_list("locality__path"))
    ]


def needs_safety_reason(locality: Locality, *, today: datetime.date) -> bool:
    """Whether somebody has to say why it is safe to tell of that place now."""
    return any(locality.path.startswith(path) for path in hidden_places(locality.country, today=today))
