"""Half-days of a workshop: what attendance is taken for and what the sign-in sheet has columns for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workshops.models import Half, ProgrammeItem, Workshop


@dataclass(frozen=True, order=True)
class HalfDay:
    """One morning or afternoon."""

    day: datetime.date
    half: str

    @property
    def key(self) -> str:
        """As it stands in a form: `2026-03-02-am`."""
        return f"{self.day:%Y-%m-%d}-{self.half}"

    @property
    def label(self) -> str:
        return _("%(day)s, %(half)s") % {
            "day": date_format(self.day, "j F"),
            "half": str(Half(self.half).label).lower(),
        }


def half_days(workshop: Workshop, items: Iterable[ProgrammeItem]) -> list[HalfDay]:
    """The half-days that the programme's `items` fill, in order; without a programme every morning and
    afternoon from the first day to the last. A day that has no item yet counts whole."""
    used: dict[int, set[str]] = {}
    for item in items:
        used.setdefault(item.day, set()).add(item.half)
    return [
        HalfDay(workshop.starts_on + datetime.timedelta(days=number - 1), half)
        for number in range(1, workshop.days + 1)
        for half in Half.values
        if half in used.get(number, Half.values)
    ]
