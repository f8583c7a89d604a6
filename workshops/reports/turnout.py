"""What a workshop's numbers look like to its reader: all of them, or with the small ones hidden.

BR17: for whoever does not run the workshop no number under the country's threshold is shown, nor a
number from which one could be worked out, since the total is always there. The share of local
authorities is such a number too.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.joints import listed
from core.suppression import suppress
from localities.categories import ActorCategory
from localities.models import Country
from people.models import AgeBand, Sex
from workshops.models import Tally, Workshop
from workshops.turnout import Turnout


@dataclass(frozen=True)
class Meter:
    """The turnout as its reader may see it; `threshold` 0 hides nothing."""

    turnout: Turnout
    threshold: int = 0

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, sees_all: bool) -> Self:
        return cls(workshop.turnout(), 0 if sees_all else workshop.locality.country.small_cell_threshold)

    @property
    def is_hidden(self) -> bool:
        groups = {"authorities": self.turnout.authorities, "others": self.turnout.others}
        return None in suppress(groups, threshold=self.threshold).values()

    @property
    def sentence(self) -> str:
        """What the numbers mean, or why they are not shown."""
        if not self.is_hidden:
            return self.turnout.sentence
        if self.turnout.total < self.threshold:
            return _("Fewer than %(threshold)s people so far: too few to say more.") % {
                "threshold": self.threshold
            }
        return _(
            "%(total)s people. The share of local authorities is not shown: one of the two groups is "
            "smaller than %(threshold)s."
        ) % {"total": self.turnout.total, "threshold": self.threshold}

    @property
    def drawn_share(self) -> int:
        """Width of the bar in percent."""
        return self.turnout.share or 0


@dataclass(frozen=True)
class Cell:
    """One line of a breakdown; `count` is None where it is not shown."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Breakdown:
    """People by category, sex and age: registrations by name and head-counts together."""

    meter: Meter
    authorities: list[Cell]
    others: list[Cell]
    sexes: list[Cell]
    ages: list[Cell]
    named: int

    @classmethod
    def from_workshop(cls, workshop: Workshop, tallies: Iterable[Tally], *, sees_all: bool) -> Self:
        """One query, whatever the number of people; `tallies` are the workshop's head-counts."""
        threshold = 0 if sees_all else workshop.locality.country.small_cell_threshold
        named = list(
            workshop.participations.order_by()
            .values_list("category", "counted_as_local_authority", "sex", "age_band")
            .annotate(number=Count("pk"))
        )
        rows = named + [
            (tally.category, tally.counted_as_local_authority, tally.sex, tally.age_band, tally.count)
            for tally in tallies
        ]
        groups: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        sexes: Counter[str] = Counter()
        ages: Counter[str] = Counter()
        for category, is_authority, sex, age_band, number in rows:
            groups[is_authority][category] += number
            sexes[sex] += number
            ages[age_band] += number
        authorities, others = groups[True].total(), groups[False].total()
        meter = Meter(Turnout(authorities, authorities + others, workshop.target), threshold)
        shown = by_category(groups, threshold=threshold, with_subtotals=not meter.is_hidden)
        return cls(
            meter=meter,
            authorities=cells_of(shown[True], ActorCategory.choices),
            others=cells_of(shown[False], ActorCategory.choices),
            sexes=cells_of(suppress(sexes, threshold=threshold), Sex.choices),
            ages=cells_of(suppress(ages, threshold=threshold), AgeBand.choices),
            named=sum(number for *_key, number in named),
        )

    @property
    def hides_codes(self) -> bool:
        """Whether to count the codes would be to know a small number: of those registered by name, or,
        as the total is shown, of those who were counted without one."""
        groups = {"named": self.named, "unnamed": self.meter.turnout.total - self.named}
        return None in suppress(groups, threshold=self.meter.threshold).values()

    @property
    def hides_numbers(self) -> bool:
        cells = [*self.authorities, *self.others, *self.sexes, *self.ages]
        return self.meter.is_hidden or any(cell.count is None for cell in cells)


def by_category(
    groups: dict[bool, Counter[str]], *, threshold: int, with_subtotals: bool
) -> dict[bool, dict[str, int | None]]:
    """Categories with the small numbers hidden: within each of the two groups where the meter shows
    what they add up to, else over all of them."""
    if with_subtotals:
        return {group: suppress(counts, threshold=threshold) for group, counts in groups.items()}
    flat: dict[Hashable, int] = {
        (group, category): number for group, counts in groups.items() for category, number in counts.items()
    }
    hidden = suppress(flat, threshold=threshold)
    return {
        group: {category: hidden[group, category] for category in counts} for group, counts in groups.items()
    }


def cells_of(counts: Mapping[Any, int | None], choices: Sequence[tuple[Any, object]]) -> list[Cell]:
    """One cell a shown number; the hidden ones together, as a label alone would tell who came."""
    cells = [Cell(str(label), counts[value]) for value, label in choices if counts.get(value) is not None]
    return cells + ([Cell(_("In small numbers"), None)] if None in counts.values() else [])


def counted_here(country: Country) -> str:
    """What was counted as local authority, in words: the page always says so (domain.md §9.1)."""
    return listed(category.label for category in country.local_authority_categories()) or _("nobody")


def registered_sentence(turnout: Turnout) -> str:
    """What is said aloud after each registration."""
    people = ngettext("%(total)s person", "%(total)s people", turnout.total) % {"total": turnout.total}
    authorities = ngettext(
        "%(authorities)s local authority", "%(authorities)s local authorities", turnout.authorities
    ) % {"authorities": turnout.authorities}
    return _("%(people)s, %(authorities)s") % {"people": people, "authorities": authorities}
