"""One scorecard on page and paper: what the sides say, earlier periods, the things behind the counts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import AuditEvent, User
from committees.composition import Side
from committees.models import Committee, Decision, Meeting, Seat
from people.models import OrganizationKind, Position
from plans.models import Activity, Assessment, AssessmentState, SideView
from plans.reports.scorecards import Scorecard
from plans.scorecards import Criterion, Mark, Outcome, Part, PartCount, are_apart, marks_from
from plans.sides import SIDES, Reader
from workshops.models import Commitment

# Who is no authority, however important: F38 asks about mayors and other local authorities.
NO_AUTHORITY = (
    OrganizationKind.WOMENS_RIGHTS,
    OrganizationKind.CIVIL_SOCIETY,
    OrganizationKind.YOUTH,
    OrganizationKind.RELIGIOUS,
    OrganizationKind.MEDIA,
    OrganizationKind.UN,
    OrganizationKind.DONOR,
)
MOST_PERIODS = 8


def offices_to_assess(committee: Committee) -> QuerySet[Position]:
    """Offices of the place with something to carry out, or a government seat on the committee."""
    seats = Seat.objects.filter(committee=committee, position=OuterRef("pk"), ended_on=None)
    owes = (
        Q(commitments__isnull=False)
        | Q(activities__isnull=False)
        | Q(decisions__isnull=False)
        | Q(seats__isnull=False)
    )
    busy = Position.objects.filter(owes, locality=committee.locality_id).values("pk")
    rows = Position.objects.annotate(
        sits_for_government=Exists(seats.filter(side=Side.GOVERNMENT)),
        sits_for_others=Exists(seats.exclude(side=Side.GOVERNMENT)),
    )
    authorities = Q(organization=None) | ~Q(organization__kind__in=NO_AUTHORITY)
    wanted = Q(sits_for_government=True) | (Q(pk__in=busy, sits_for_others=False) & authorities)
    return rows.filter(wanted).select_related("organization").order_by("title", "organization__name", "pk")


@dataclass(frozen=True)
class SideShown:
    """Whether a side gave its marks, and what of them the reader is shown."""

    side: str
    view: SideView | None
    is_shown: bool
    may_enter: bool

    @property
    def label(self) -> str:
        return str(Side(self.side).label)

    @property
    def marks(self) -> dict[str, int]:
        return marks_from(self.view.marks) if self.view and self.is_shown else {}

    @property
    def note(self) -> str:
        return self.view.note if self.view and self.is_shown else ""

    @property
    def standing(self) -> tuple[str, str]:
        """A word and its tone."""
        return (gettext("Marks given"), "done") if self.view else (gettext("No marks yet"), "")

    def said(self, criterion: str) -> str:
        """A mark in words: "3, mostly"."""
        if self.view is None:
            return "–"
        if not self.is_shown:
            return gettext("not shown yet")
        mark = self.marks.get(criterion)
        return f"{mark} · {Mark(mark).label}" if mark is not None else gettext("cannot say")


@dataclass(frozen=True)
class CriterionRow:
    label: str
    said: list[tuple[str, str]]  # of each side: its label, its mark in words
    is_apart: bool


@dataclass(frozen=True)
class Sides:
    """What the two sides of the committee say."""

    shown: list[SideShown]

    @classmethod
    def of(cls, assessment: Assessment, reader: Reader) -> "Sides":
        views = {view.side: view for view in assessment.views.all()}
        entered = frozenset(views)
        return cls(
            [
                SideShown(
                    side=side.value,
                    view=views.get(side),
                    is_shown=reader.sees(assessment, side, entered=entered),
                    may_enter=assessment.is_open and reader.may_enter(assessment, side, views=views),
                )
                for side in SIDES
            ]
        )

    @property
    def rows(self) -> list[CriterionRow]:
        return [
            CriterionRow(
                label=str(criterion.label),
                said=[(side.label, side.said(criterion)) for side in self.shown],
                is_apart=are_apart(self.shown[0].marks.get(criterion), self.shown[-1].marks.get(criterion)),
            )
            for criterion in Criterion
        ]

    @property
    def missing(self) -> list[str]:
        return [side.label for side in self.shown if side.view is None]

    @property
    def is_empty(self) -> bool:
        return all(side.view is None for side in self.shown)

    @property
    def notes(self) -> list[SideShown]:
        return [side for side in self.shown if side.note]

    @property
    def hides_some(self) -> bool:
        return any(side.view is not None and not side.is_shown for side in self.shown)


@dataclass(frozen=True)
class Period:
    """One row of the office's way over the periods."""

    assessment: Assessment
    card: Scorecard
    is_this: bool


@dataclass(frozen=True)
class Trend:
    """The same office, kept by the same committee, over periods: closed ones, and the one at hand."""

    periods: list[Period]

    @classmethod
    def of(cls, assessment: Assessment, card: Scorecard) -> "Trend":
        closed = Assessment.objects.filter(
            committee=assessment.committee_id, position=assessment.position_id, state=AssessmentState.CLOSED
        ).exclude(pk=assessment.pk)
        others = [
            Period(each, Scorecard.from_facts(each.facts, start=each.start, end=each.end), is_this=False)
            for each in closed.order_by("-end", "-start")[:MOST_PERIODS]
        ]
        found = [*others, Period(assessment, card, is_this=True)]
        return cls(sorted(found, key=lambda each: (each.card.end, each.card.start)))

    @property
    def before(self) -> Period | None:
        """The latest period that was over when this one began."""
        this = next(each for each in self.periods if each.is_this)
        over = [each for each in self.periods if each.card.end < this.card.start]
        return over[-1] if over else None

    @property
    def has_more(self) -> bool:
        return len(self.periods) > 1


@dataclass(frozen=True)
class Thing:
    """Something that was counted: what it is, where it stands, what became of it."""

    text: str
    url: str
    outcome: str


@dataclass(frozen=True)
class PartShown:
    """A part with the period before, and the things that the reader may open."""

    count: PartCount
    before: str
    things: list[Thing]

    @property
    def unseen(self) -> int:
        """Counted, but in papers that the reader does not see."""
        return self.count.total - len(self.things) if self.things else 0


LISTED: dict[Part, Any] = {
    Part.COMMITMENTS: Commitment,
    Part.ACTIVITIES: Activity,
    Part.MEETINGS: Meeting,
    Part.DECISIONS: Decision,
}


def parts_shown(card: Scorecard, before: Scorecard | None, user: User) -> list[PartShown]:
    """At most four queries: one for each kind of thing that was counted at all."""
    earlier = {part.part: part.shown for part in before.parts} if before else {}
    return [PartShown(part, earlier.get(part.part, ""), _things(part, user)) for part in card.parts]


def _things(part: PartCount, user: User) -> list[Thing]:
    model = LISTED.get(part.part)
    became = {code: line.outcome for line in part.lines for code in line.codes}
    if model is None or not became:
        return []
    rows = model.objects.visible_to(user).filter(code__in=became)
    if model is Activity:
        rows = rows.select_related("objective__plan")
    found = {row.code: row for row in rows}
    return [
        Thing(_said(found[code]), found[code].get_absolute_url(), str(Outcome(became[code]).label))
        for code in became
        if code in found
    ]


def _said(row: Any) -> str:
    return f"{row}, {date_format(row.day)}" if isinstance(row, Meeting) else str(row)


def why_reopened(assessment: Assessment) -> str:
    """The reason that was given when it was last opened again; empty while it was never closed."""
    if not assessment.is_open:
        return ""
    events = AuditEvent.objects.filter(subject=assessment.code, verb="reopened assessment")
    last = events.order_by("-pk").first()
    return str(last.detail.get("reason", "")) if last else ""


def mark_due(rows: Iterable[Assessment], *, today: datetime.date) -> None:
    """Sets `is_due`: its period is over, and nobody closed it."""
    for row in rows:
        row.is_due = row.is_open and row.end < today  # type: ignore[attr-defined]
