"""Turnout at three stages: invited, registered, attended. Shared by the page and by paper.

Head-counts are people who came and whose names nobody wrote down: registered and attended at once.
Attended is whoever was present for one half-day or more.

BR17, for a reader who does not run the workshop: the number of people registered stands on every list,
so only that stage is broken down, and another stage is shown only where its difference to those shown
already is no small number: 40 registered beside 38 attended would point at two people.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.suppression import suppress
from localities.categories import ActorCategory
from localities.models import Locality
from people.models import AgeBand, Sex
from workshops.models import Answer, Workshop
from workshops.reports.turnout import by_category, cells_of, counted_here
from workshops.turnout import Composition, Group, Turnout

INVITED, REGISTERED, ATTENDED = "invited", "registered", "attended"
EXPECTED, COMING = "expected", "coming"  # of those invited: who has not said no, who has said yes


@dataclass(frozen=True)
class Stage:
    """One stage as its reader may see it."""

    name: str
    composition: Composition
    target: int
    shows_total: bool = True
    shows_share: bool = True
    is_known: bool = True  # false: attendance was not marked

    @property
    def label(self) -> str:
        return {
            INVITED: _("Invited"),
            EXPECTED: _("If all come who have not said no"),
            COMING: _("Said that they will come"),
            REGISTERED: _("Registered"),
            ATTENDED: _("Attended"),
        }[self.name]

    @property
    def turnout(self) -> Turnout:
        return self.composition.turnout(self.target)

    @property
    def is_below(self) -> bool:
        """People there, and too few of them govern: a warning, never a bar (BR1)."""
        return self.shows_share and bool(self.composition.total) and not self.turnout.is_met

    @property
    def drawn_share(self) -> int:
        """Width of the bar in percent."""
        return self.turnout.share or 0

    @property
    def people(self) -> str:
        """How many, in words."""
        if not self.is_known:
            return _("Attendance is not marked yet.")
        if not self.shows_total:
            return _("Not shown: a small number could be worked out from it.")
        if not self.composition.total:
            return _("Nobody yet.")
        total = self.composition.total
        return ngettext("%(total)s person", "%(total)s people", total) % {"total": total}

    @property
    def sentence(self) -> str:
        """What the numbers mean, or why they are not shown."""
        if not (self.is_known and self.shows_total and self.composition.total):
            return self.people
        if not self.shows_share:
            return _("%(people)s. The share of local authorities is not shown.") % {"people": self.people}
        return self.turnout.sentence


@dataclass(frozen=True)
class Line:
    """One line of a table: a label and a number for each column; None where it is not shown."""

    label: str
    numbers: list[int | None]


@dataclass(frozen=True)
class Table:
    """One breakdown, a column for each stage that may be broken down."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Stages:
    """The three stages of a workshop."""

    invited: Stage
    registered: Stage
    attended: Stage
    columns: list[Stage]  # the stages that the tables break down
    tables: list[Table]
    target: int
    threshold: int  # 0: nothing is hidden
    country: str
    counted_here: str
    unnamed: int  # of those registered, counted without a name; 0 where not shown
    half_days: int | None  # how many half-days people were present, together; None where not shown

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, sees_all: bool) -> Self:
        """Four queries, whatever the number of people."""
        country = workshop.locality.country
        threshold = 0 if sees_all else country.small_cell_threshold
        named = list(_named(workshop))
        unnamed = Composition.of(_group(row) for row in _counts(workshop.tallies, "count"))
        invited = Composition.of(_group(row) for row in _counts(workshop.invitations))
        registered = Composition.of(_group(row) for row in named) + unnamed
        attended = Composition.of(_group(row | {"number": row["came"]}) for row in named) + unnamed
        half_days = sum(row["half_days"] for row in named)
        was_marked = bool(half_days) or not named
        stages = _shown(invited, registered, attended, workshop.target, threshold, was_marked=was_marked)
        if sees_all:
            columns = [stage for stage in stages if stage.composition.total and stage.is_known]
        else:
            columns = [stages[1]] if registered.total >= threshold else []
        return cls(
            *stages,
            columns=columns,
            tables=_tables(columns, threshold) if columns else [],
            target=workshop.target,
            threshold=threshold,
            country=str(country),
            counted_here=counted_here(country),
            unnamed=unnamed.total if sees_all else 0,
            half_days=half_days if sees_all else None,
        )

    @property
    def all(self) -> list[Stage]:
        """In the order in which they happen."""
        return [self.invited, self.registered, self.attended]

    @property
    def hides_numbers(self) -> bool:
        hidden = any(not (stage.shows_total and stage.shows_share) for stage in self.all)
        return hidden or any(None in line.numbers for table in self.tables for line in table.lines)

    @property
    def presence(self) -> str:
        """People told apart from attendances: one who came for three half-days is one person."""
        if not self.half_days:
            return ""
        named = self.attended.composition.total - self.unnamed
        people = ngettext("%(number)s person by name", "%(number)s people by name", named) % {"number": named}
        half_days = ngettext(
            "%(number)s half-day present", "%(number)s half-days present", self.half_days
        ) % {"number": self.half_days}
        return _("%(people)s, %(half_days)s in all.") % {"people": people, "half_days": half_days}


def while_inviting(workshop: Workshop) -> list[Stage]:
    """The meter of the invitation list, for who runs the workshop: what the answers so far would give.
    Whoever came has said yes. One query."""
    rows = list(
        workshop.invitations.order_by()
        .values(*KEYS, "answer", came=Q(participation__isnull=False))
        .annotate(number=Count("pk"))
    )
    answers = {
        INVITED: rows,
        EXPECTED: [row for row in rows if row["came"] or row["answer"] != Answer.NOT_COMING],
        COMING: [row for row in rows if row["came"] or row["answer"] == Answer.COMING],
    }
    return [Stage(name, Composition.of(map(_group, some)), workshop.target) for name, some in answers.items()]


KEYS = ("category", "counted_as_local_authority", "sex", "age_band", "locality")


def _named(workshop: Workshop) -> QuerySet[Any, dict[str, Any]]:
    """Those registered by name, alike ones together: how many, how many came, to how many half-days."""
    return (
        workshop.participations.order_by()
        .values(*KEYS)
        .annotate(
            number=Count("pk", distinct=True),
            came=Count("attendances__participation", distinct=True),
            half_days=Count("attendances"),
        )
    )


def _counts(rows: Any, number: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Head-counts by their `number`, or rows of one person each."""
    plain = rows.order_by()
    if number:
        return plain.values(*KEYS, number=F(number))
    return plain.values(*KEYS).annotate(number=Count("pk"))


def _group(row: Mapping[str, Any]) -> Group:
    return Group(
        row["number"],
        row["counted_as_local_authority"],
        row["category"],
        row["sex"],
        row["age_band"],
        row["locality"],
    )


def is_safe(number: int, threshold: int) -> bool:
    """Whether a number, or a difference that can be worked out, may be known."""
    return number == 0 or abs(number) >= threshold


def _shown(
    invited: Composition,
    registered: Composition,
    attended: Composition,
    target: int,
    threshold: int,
    *,
    was_marked: bool,
) -> tuple[Stage, Stage, Stage]:
    """The stages with what may be shown of each, those registered first: their number is known anyway."""
    totals: list[Composition] = []
    shares: list[Composition] = []
    done: dict[str, Stage] = {}
    for name, counted in ((REGISTERED, registered), (ATTENDED, attended), (INVITED, invited)):
        total = all(is_safe(counted.total - other.total, threshold) for other in [Composition(), *totals])
        share = total and (name == REGISTERED or registered in shares)
        share = share and all(
            is_safe(counted.authorities.total() - other.authorities.total(), threshold)
            and is_safe(counted.others.total() - other.others.total(), threshold)
            for other in [Composition(), *shares]
        )
        if total or name == REGISTERED:
            totals.append(counted)
        if share:
            shares.append(counted)
        is_known = was_marked or name != ATTENDED
        done[name] = Stage(name, counted, target, total, share, is_known)
    return done[INVITED], done[REGISTERED], done[ATTENDED]


def _tables(columns: list[Stage], threshold: int) -> list[Table]:
    """Category, sex, age and place. Hidden numbers appear for a single column only."""
    counted = [stage.composition for stage in columns]
    choices: dict[str, Sequence[tuple[Any, Any]]] = {
        "authorities": ActorCategory.choices,
        "others": ActorCategory.choices,
        "sexes": Sex.choices,
        "ages": AgeBand.choices,
        "places": _place_choices(counted),
    }
    titles = {
        "authorities": _("Local authorities"),
        "others": _("Others"),
        "sexes": _("Sex"),
        "ages": _("Age"),
        "places": _("Comes from"),
    }
    if threshold:
        hidden = _hidden(columns[0], threshold)
        tables = [Table(titles[name], _lines_of_cells(hidden[name], choices[name])) for name in titles]
    else:
        tables = [
            Table(titles[name], _lines([getattr(each, name) for each in counted], choices[name]))
            for name in titles
        ]
    return [table for table in tables if table.lines]


def _hidden(stage: Stage, threshold: int) -> dict[str, Mapping[Any, int | None]]:
    """The numbers of one stage, None where they are small or would give a small one away."""
    of = stage.composition
    groups = {True: of.authorities, False: of.others}
    by_group = by_category(groups, threshold=threshold, with_subtotals=stage.shows_share)
    return {
        "authorities": by_group[True],
        "others": by_group[False],
        "sexes": suppress(of.sexes, threshold=threshold),
        "ages": suppress(of.ages, threshold=threshold),
        "places": suppress(of.places, threshold=threshold),
    }


def _place_choices(counted: Iterable[Composition]) -> list[tuple[int | None, str]]:
    """The places that people come from, by name; at the end those who did not say."""
    known = {place for each in counted for place in each.places if place is not None}
    rows = Locality.objects.filter(pk__in=known)
    named = sorted(((row.pk, str(row)) for row in rows), key=lambda choice: choice[1])
    return [*named, (None, _("Not stated"))]


def _lines(columns: list[Counter[Any]], choices: Sequence[tuple[Any, Any]]) -> list[Line]:
    """Only what somebody has: a line of nothing but noughts says nothing."""
    return [
        Line(str(label), [column[value] for column in columns])
        for value, label in choices
        if any(column[value] for column in columns)
    ]


def _lines_of_cells(counts: Mapping[Any, int | None], choices: Sequence[tuple[Any, Any]]) -> list[Line]:
    return [Line(cell.label, [cell.count]) for cell in cells_of(counts, choices)]
