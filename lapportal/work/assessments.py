"""Assessments of offices (F38) whose period is over: what a side has not said, and what is not closed."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext

from committees.composition import Side
from lapportal.work.reader import Reader, has_secretary
from lapportal.work.tasks import Later, Task, TaskKind, office_named, page_of
from lapportal.work.tasks import shared_text as _
from plans.models import Assessment, AssessmentState, SideView

SIDES = (Side.GOVERNMENT, Side.CIVIL_SOCIETY)


def tasks_of(reader: Reader) -> list[Task]:
    """One query."""
    if not (reader.may_keep_any() or reader.works_for):
        return []
    views = SideView.objects.filter(assessment=OuterRef("pk"))
    rows = (
        Assessment.objects.filter(reader.kept() | Q(committee__in=reader.works_for))
        .filter(state=AssessmentState.OPEN, end__lt=reader.today)
        .annotate(
            has_secretary=has_secretary("committee"),
            office=F("position__title"),
            institution=F("position__organization__name"),
            **{f"has_{side.value}": Exists(views.filter(side=side)) for side in SIDES},
        )
        .values_list(*OF_ASSESSMENT, named=True)
    )
    return [task for row in rows for task in _of_assessment(reader, row)]


OF_ASSESSMENT = (
    "code", "committee_id", "position_id", "label", "end", "has_secretary", "office", "institution",
    *(f"has_{side.value}" for side in SIDES),
)  # fmt: skip


def _on_committee(title: str, institution: str | None, committee: str) -> str:
    return f"{office_named(title, institution)} · {committee}"


def _say(period: str) -> str:
    return gettext("Say how the office did in %(period)s, for your side") % {"period": period}


def _close(period: str) -> str:
    return gettext("Close the assessment of %(period)s") % {"period": period}


def _of_assessment(reader: Reader, row: Any) -> list[Task]:
    committee = reader.committees[row.committee_id]
    fields = {
        "of": Later(_on_committee, row.office, row.institution, committee.name),
        "place": committee.locality,
        "day": row.end,
        "is_due": True,
        "url": page_of("assessment_detail", row.code),
    }
    if _is_silent(reader, row):
        return [
            reader.task(
                TaskKind.COMMITTEES,
                Later(_say, row.label),
                then=_("With the marks of one side only, the assessment shows half of the picture."),
                **fields,
            )
        ]
    if not reader.may_keep(committee) or not reader.is_asked(row, row.committee_id, row.end):
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            Later(_close, row.label),
            then=_("Its figures change with every late entry until it is closed."),
            **fields,
        )
    ]


def _is_silent(reader: Reader, row: Any) -> bool:
    """The user's seat speaks for a side that has said nothing. No office assesses itself."""
    for access in reader.accesses:
        seat = access.seat
        if access.committee_id == row.committee_id and seat is not None:
            is_own_office = seat.position_id == row.position_id
            return seat.side in SIDES and not is_own_office and not getattr(row, f"has_{seat.side}")
    return False
