"""Of whom a committee is made: both sides, women, young people, people with disabilities, sectors, and who
is missing. Small numbers are hidden from who neither keeps the committee nor its seats (BR17).
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from committees.composition import Composition
from committees.models import Appointment, Seat
from core.suppression import suppress
from localities.categories import ActorCategory
from localities.models import Country
from people.models import AgeBand, OrganizationKind, Sex
from workshops.models import Disability

# Below this share of people whose sex is written down, nothing is said about the quota.
STATED_ENOUGH = 0.5

# The actors that the strategy names (GNWP, 2018; domain.md §4.1), as far as one seat can stand for all.
MAIN_GROUPS: list[tuple[str | Promise, frozenset[str]]] = [
    (
        _("Local authorities"),
        frozenset(
            {
                ActorCategory.GOVERNOR,
                ActorCategory.MAYOR,
                ActorCategory.VICE_MAYOR,
                ActorCategory.COUNCILLOR,
                ActorCategory.WARD_OFFICIAL,
                ActorCategory.LOCAL_ADMINISTRATION,
            }
        ),
    ),
    (
        _("Traditional and community leaders"),
        frozenset({ActorCategory.TRADITIONAL_LEADER, ActorCategory.COMMUNITY_LEADER, ActorCategory.ELDER}),
    ),
    (_("Religious leaders"), frozenset({ActorCategory.RELIGIOUS_LEADER})),
    (_("Police and security"), frozenset({ActorCategory.POLICE, ActorCategory.SECURITY})),
    (_("Women leaders"), frozenset({ActorCategory.WOMEN_LEADER})),
    (_("Youth leaders"), frozenset({ActorCategory.YOUTH_LEADER})),
    (_("Teachers"), frozenset({ActorCategory.TEACHER})),
    (_("Civil society organisations"), frozenset({ActorCategory.CIVIL_SOCIETY})),
    (_("Displaced people and refugees"), frozenset({ActorCategory.DISPLACED})),
]


@dataclass(frozen=True)
class Count:
    """One group among who sits there now: `number` of `stated`, None where it is too small to be shown."""

    label: str
    number: int | None
    stated: int | None
    unstated: int | None
    threshold: int

    @property
    def share(self) -> int | None:
        if self.number is None or not self.stated:
            return None
        return round(self.number * 100 / self.stated)

    @property
    def has_bar(self) -> bool:
        """A bar of one out of one, with seven not stated, would tell what nobody knows."""
        return self.share is not None and (self.stated or 0) > (self.unstated or 0)

    @property
    def sentence(self) -> str:
        """ "4 of 9 (44%), 3 not stated"; where a number is hidden, that it is."""
        if self.number is None or self.stated is None:
            return gettext("hidden: too few to be shown")
        if not self.stated:
            return gettext("not stated of anybody")
        words = gettext("%(number)s of %(stated)s (%(share)s%%)") % {
            "number": self.number,
            "stated": self.stated,
            "share": self.share,
        }
        if self.unstated:
            more = ngettext("%(count)s not stated", "%(count)s not stated", self.unstated)
            words = f"{words}, {more % {'count': self.unstated}}"
        return words

    @classmethod
    def of(
        cls, label: Any, values: Sequence[str], wanted: str, unstated: str, *, threshold: int | None
    ) -> "Count":
        """`threshold` is the smallest number that may be shown; None shows every number."""
        counts = {
            "wanted": values.count(wanted),
            "others": sum(value not in {wanted, unstated} for value in values),
            "unstated": values.count(unstated),
        }
        shown: dict[str, int | None] = dict(counts)
        if threshold is not None:
            shown = suppress(counts, threshold=threshold)
        number, others = shown["wanted"], shown["others"]
        stated = None if number is None or others is None else number + others
        return cls(
            str(label), number if stated is not None else None, stated, shown["unstated"], threshold or 0
        )


@dataclass(frozen=True)
class Quota:
    """The share of women asked for in the country (BR22), and whether it is reached: None where the sex of
    too few is written down."""

    percent: int
    source: str
    is_reached: bool | None

    @classmethod
    def from_values(cls, values: Sequence[str], country: Country, *, threshold: int | None) -> Self | None:
        if country.women_quota is None:
            return None
        women, men = values.count(Sex.WOMAN), values.count(Sex.MAN)
        stated = women + men
        enough = stated >= max(len(values) * STATED_ENOUGH, threshold or 1)
        reached = women * 100 >= country.women_quota * stated if enough else None
        return cls(country.women_quota, country.women_quota_source, reached)

    @property
    def verdict(self) -> str:
        if self.is_reached is None:
            return gettext("too few stated to say")
        return gettext("reached") if self.is_reached else gettext("not reached")

    @property
    def tone(self) -> str:
        return {None: "", True: "done", False: "warn"}[self.is_reached]


@dataclass(frozen=True)
class Makeup:
    """The composition as pages show it."""

    composition: Composition
    vacant: list[Seat]
    sitting: int  # appointments that hold today
    women: Count
    youth: Count
    disability: Count
    quota: Quota | None
    sectors: list[tuple[str, int]]
    present: list[str]
    missing: list[str]
    unsaid: int  # seats that do not say whom they stand for
    is_exact: bool

    @classmethod
    def from_seats(
        cls,
        seats: Iterable[Seat],
        appointments: Iterable[Appointment],
        *,
        country: Country,
        is_exact: bool,
        today: datetime.date,
    ) -> Self:
        """Of current seats, with `is_vacant` and their offices, and of all appointments of the committee.
        No query."""
        seats = list(seats)
        keys = {seat.pk for seat in seats}
        sitting = [each for each in appointments if each.seat_id in keys and holds(each, today)]
        threshold = None if is_exact else country.small_cell_threshold
        sexes = [each.sex for each in sitting]
        said = {seat.category for seat in seats if seat.category}
        groups = [(str(label), bool(said & wanted)) for label, wanted in MAIN_GROUPS]
        return cls(
            composition=Composition.from_seats(seats),
            vacant=[seat for seat in seats if getattr(seat, "is_vacant", False)],
            sitting=len(sitting),
            women=Count.of(_("Women"), sexes, Sex.WOMAN, Sex.UNSTATED, threshold=threshold),
            youth=youth_of(sitting, threshold=threshold),
            disability=disability_of(sitting, threshold=threshold),
            quota=Quota.from_values(sexes, country, threshold=threshold),
            sectors=sectors_of(seats),
            present=[label for label, is_there in groups if is_there],
            missing=[label for label, is_there in groups if not is_there] if said else [],
            unsaid=sum(not seat.category for seat in seats),
            is_exact=is_exact,
        )

    @property
    def counts(self) -> list[Count]:
        return [self.women, self.youth, self.disability]

    @property
    def hint(self) -> str:
        """BR14: sizes that were seen to work, never a limit."""
        return gettext("Committees of 10 seats, and of 25 to 29, were seen at work. There is no limit.")


def youth_of(sitting: Iterable[Appointment], *, threshold: int | None) -> Count:
    bands = [each.age_band for each in sitting]
    return Count.of(_("Young people, 18 to 29"), bands, AgeBand.YOUTH, AgeBand.UNSTATED, threshold=threshold)


def disability_of(sitting: Iterable[Appointment], *, threshold: int | None) -> Count:
    values = [each.disability for each in sitting]
    return Count.of(_("With disability"), values, Disability.YES, Disability.UNSTATED, threshold=threshold)


def sectors_of(seats: Iterable[Seat]) -> list[tuple[str, int]]:
    """The kinds of institutions that sit there, as far as they are stated, the most frequent first."""
    found: Counter[str] = Counter()
    for seat in seats:
        owner = seat.position.organization if seat.position else seat.organization
        if owner is not None and owner.kind != OrganizationKind.OTHER:
            found[str(owner.get_kind_display())] += 1
    return found.most_common()


def holds(appointment: Appointment, day: datetime.date) -> bool:
    """Whether it holds on that day. The last day belongs to who comes next."""
    return appointment.starts_on <= day and (appointment.ends_on is None or appointment.ends_on > day)
