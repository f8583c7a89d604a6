"""What conflict analyses bring up, by theme and country (F57)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count

from localities.models import Country
from workshops.models import ConflictIssue, Theme


@dataclass(frozen=True)
class CountryThemes:
    """One country with its issues by theme, the most frequent first."""

    country: Country
    total: int
    themes: list[tuple[str, int, int]]  # theme, issues, width of the bar in per cent

    @classmethod
    def seen_by(cls, user: Any) -> list[Self]:
        """Of the workshops that `user` may see. Two queries."""
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        rows = ConflictIssue.objects.visible_to(user).order_by()
        for country, theme, number in rows.values_list("workshop__locality__country", "theme").annotate(
            number=Count("pk")
        ):
            counts[country][theme] = number
        countries = Country.objects.visible_to(user).filter(pk__in=counts)
        return [cls.of(country, counts[country.pk]) for country in sorted(countries, key=str)]

    @classmethod
    def of(cls, country: Country, counts: Counter[str]) -> Self:
        most = max(counts.values())
        in_order = counts.most_common()
        themes = [(str(Theme(name).label), n, max(1, round(n * 100 / most))) for name, n in in_order]
        return cls(country, counts.total(), themes)
