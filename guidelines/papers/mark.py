"""What a paper says of itself: a numbered edition, or a draft of a day. A draft never has a number."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guidelines.models import Edition


@dataclass(frozen=True)
class Mark:
    """`on` is the day of launching, or the day that the draft is of."""

    on: datetime.date
    number: int = 0
    digest: str = ""
    address: str = ""
    reason: str = ""

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        return cls(
            edition.launched_on, edition.number, edition.digest, edition_address(edition), edition.reason
        )

    @property
    def is_draft(self) -> bool:
        return not self.number

    @property
    def made(self) -> str:
        """Draft of 22 November 2026; Edition 2 of 3 March 2027. In the language that is on."""
        words = {"number": self.number, "day": date_format(self.on, "DATE_FORMAT")}
        if self.is_draft:
            return _("Draft of %(day)s") % words
        return _("Edition %(number)s of %(day)s") % words


def edition_address(edition: Edition) -> str:
    """Where anybody can see whether it is the latest, and check the file; "" where nothing is public."""
    if not (settings.PUBLIC_SITE and settings.SITE_ADDRESS and edition.guidelines.is_public):
        return ""
    return settings.SITE_ADDRESS + reverse("public_edition", args=[edition.guidelines.code, edition.number])
