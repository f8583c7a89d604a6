"""Scorecards of offices: begun for several at once, marked by two sides, closed, opened again (F38)."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from committees.audience import workers_of
from committees.composition import Side
from committees.models import Committee
from core.refusals import FieldRefused
from people.models import Position
from plans.models import Assessment, AssessmentState, SideView
from plans.reports.scorecards import counted
from plans.scorecards import METHOD, period_words

# Of one assessment: an office's term is rarely longer.
LONGEST = datetime.timedelta(days=5 * 366)


class AssessmentClosed(Exception):
    """Nothing more is written into it."""

    def __init__(self) -> None:
        super().__init__(
            gettext("The assessment is closed. Whoever keeps the committee's papers can reopen it.")
        )


class AssessmentOpen(Exception):
    """It was opened again, or never closed."""


class PeriodRuns(Exception):
    """It cannot be closed yet."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(
            gettext("The period runs until %(day)s. Close the assessment after that day.")
            % {"day": date_format(assessment.end)}
        )


class ViewChanged(Exception):
    """Somebody else gave marks for the same side meanwhile. `view` is what stands now."""

    def __init__(self, view: SideView) -> None:
        super().__init__(
            gettext(
                "Somebody else wrote down marks for this side while you were here. Theirs are shown above "
                "the form, yours are in it. Save again only if yours are to stand."
            )
        )
        self.view = view


@transaction.atomic
def open_assessments(
    committee: Committee,
    *,
    positions: Iterable[Position],
    start: datetime.date,
    end: datetime.date,
    today: datetime.date,
    by: User,
) -> list[Assessment]:
    """One scorecard of each office for the period. Raises FieldRefused."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    offices = list(positions)
    _check_days(start, end, today)
    _check_twice(committee, offices, start, end)
    made = [
        Assessment.objects.create(
            committee=committee,
            position=office,
            label=period_words(start, end)[:40],
            start=start,
            end=end,
            method=METHOD,
            updated_by=by,
            is_demo=committee.is_demo,
        )
        for office in offices
    ]
    for each in made:
        record(by, "opened assessment", each, committee=committee.code, position=each.position.code)
    _tell(committee, made, by=by)
    return made


def _check_days(start: datetime.date, end: datetime.date, today: datetime.date) -> None:
    if end < start:
        raise FieldRefused("end", gettext("The period ends before it begins."))
    if start > today:
        raise FieldRefused("start", gettext("This period has not begun yet: there is nothing to assess."))
    if end - start > LONGEST:
        raise FieldRefused("end", gettext("This is longer than five years: assess shorter periods."))


def _check_twice(
    committee: Committee, offices: list[Position], start: datetime.date, end: datetime.date
) -> None:
    there = Assessment.objects.filter(committee=committee, position__in=offices, start=start, end=end)
    twice = [str(each.position) for each in there.select_related("position__organization")]
    if twice:
        words = {"offices": ", ".join(sorted(twice))}
        said = gettext("There is an assessment of that period already of: %(offices)s. Untick it here.")
        raise FieldRefused("positions", said % words)


def _tell(committee: Committee, made: list[Assessment], *, by: User) -> None:
    """Both sides are asked for their marks: once for all offices of the period."""
    others = [user for user in workers_of(committee) if user.pk != by.pk]
    first = made[0]
    notify(
        others,
        kind=NoticeKind.ASSESSMENT,
        text=gettext("%(committee)s assesses offices, period %(period)s: your side is asked for its marks.")
        % {"committee": committee, "period": first.period},
        subject=committee.code,
        address=reverse("committee_assessments", args=[committee.code]),
        key=f"assessment-opened:{first.code}",
    )


@transaction.atomic
def save_view(
    assessment: Assessment,
    *,
    side: str,
    marks: dict[str, int],
    note: str,
    opened: str,
    for_the_side: bool,
    by: User,
) -> SideView:
    """The marks of one side, new or changed. `opened` is the stamp of what stood when the form was opened.
    Raises AssessmentClosed or ViewChanged."""
    row = _held(assessment)
    if not row.is_open:
        raise AssessmentClosed
    view = SideView.objects.filter(assessment=row, side=side).first()
    if view is not None and stamp_of(view) != opened:
        raise ViewChanged(view)
    view = view or SideView(assessment=row, side=Side(side), is_demo=row.is_demo)
    view.marks, view.note = marks, note
    view.entered_by, view.for_the_side = by, for_the_side
    view.save()
    record(by, "marked office", row, side=side, for_the_side=for_the_side)
    return view


def stamp_of(view: SideView | None) -> str:
    """Which state of the marks a form was opened with."""
    return view.entered_at.isoformat() if view else ""


@transaction.atomic
def close_assessment(assessment: Assessment, *, today: datetime.date, by: User) -> Assessment:
    """Freeze what is counted. Raises AssessmentClosed or PeriodRuns."""
    row = _held(assessment)
    if not row.is_open:
        raise AssessmentClosed
    if row.end >= today:
        raise PeriodRuns(row)
    row.facts = counted(row, today=today)
    row.method = METHOD
    row.state, row.closed_on, row.closed_by = AssessmentState.CLOSED, today, by
    _save(row, by=by)
    record(by, "closed assessment", row, method=row.method)
    return row


@transaction.atomic
def reopen_assessment(assessment: Assessment, *, reason: str, by: User) -> Assessment:
    """Count anew. Raises AssessmentOpen."""
    row = _held(assessment)
    if row.is_open:
        raise AssessmentOpen
    row.facts = {}
    row.state, row.closed_on, row.closed_by = AssessmentState.OPEN, None, None
    _save(row, by=by)
    record(by, "reopened assessment", row, reason=reason)
    return row


@transaction.atomic
def remove_assessment(assessment: Assessment, *, by: User) -> None:
    """Only while it is open: a closed one is what the committee said. Raises AssessmentClosed."""
    row = _held(assessment)
    if not row.is_open:
        raise AssessmentClosed
    record(by, "removed assessment", row, committee=row.committee.code, position=row.position.code)
    row.delete()


def _held(assessment: Assessment) -> Assessment:
    """The row as it stands, held until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("committee", "position")
    return rows.get(pk=assessment.pk)


def _save(row: Assessment, *, by: User) -> None:
    row.row_version += 1
    row.updated_by = by
    row.updated_at = timezone.now()
    row.save()
