"""The languages and versions in which a country's guidelines stand."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery

from guidelines.models import Edition, Guidelines, Section
from localities.models import Country


@dataclass(frozen=True)
class VersionRow:
    """One document. Of a translation, how many sections of its source it has up to date."""

    guidelines: Guidelines
    edition: int | None
    launched_on: datetime.date | None
    sections: int
    current: int = 0
    in_source: int = 0

    @property
    def is_behind(self) -> bool:
        return self.guidelines.translation_of_id is not None and self.current < self.in_source


def versions_of(country: Country, *, user: Any) -> list[VersionRow]:
    """The newest version first, what was written before what was translated. Two queries."""
    last = Edition.objects.filter(guidelines=OuterRef("pk")).order_by("-number")
    documents = list(
        Guidelines.objects.visible_to(user)
        .filter(country=country)
        .select_related("translation_of", "predecessor")
        .annotate(
            section_count=Count("sections"),
            last_edition=Subquery(last.values("number")[:1]),
            launched_on=Subquery(last.values("launched_on")[:1]),
        )
        .order_by("-version", F("translation_of").asc(nulls_first=True), "language", "pk")
    )
    sizes = {each.pk: each.section_count for each in documents}
    current = _current_sections(country)
    return [
        VersionRow(
            each,
            each.last_edition,
            each.launched_on,
            each.section_count,
            current[each.pk],
            sizes.get(each.translation_of_id, 0) if each.translation_of_id else 0,
        )
        for each in documents
    ]


def _current_sections(country: Country) -> Counter[int]:
    """By translation, the sections that hold what their source says now."""
    rows = Section.objects.filter(
        guidelines__country=country,
        guidelines__translation_of__isnull=False,
        source__guidelines=F("guidelines__translation_of"),
        source_version__gte=F("source__row_version"),
    )
    return Counter(rows.values_list("guidelines", flat=True))
