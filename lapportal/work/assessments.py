"""Assessments of offices (F38) whose period is over: what a side has not said, and what is not closed."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext

from committees.composition import Side
from lapportal.work.reader import Reader, has_secretary
from lapportal.work.tasks import Task, TaskKind
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
        .select_related("position__organization")
        .only("code", "committee", "label", "end", "position__title", "position__organization__name")
        .annotate(
            has_secretary=has_secretary("committee"),
            **{f"has_{side.value}": Exists(views.filter(side=side)) for side in SIDES},
        )
    )
    return [task for row in rows for task in _of_assessment(reader, row)]


def _of_assessment(reader: Reader, row: Any) -> list[Task]:
    row.committee = reader.committees[row.committee_id]
    fields = {
        "of": f"{row.position} · {row.committee}",
        "place": row.committee.locality,
        "day": row.end,
        "is_due": True,
        "url": reverse("assessment_detail", args=[row.code]),
    }
    if _is_silent(reader, row):
        return [
            reader.task(
                TaskKind.COMMITTEES,
                gettext("Say how the office did in %(period)s, for your side") % {"period": row.label},
                then=gettext("With the marks of one side only, the assessment shows half of the picture."),
                **fields,
            )
        ]
    if not reader.may_keep(row.committee) or not reader.is_asked(row, row.committee_id, row.end):
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            gettext("Close the assessment of %(period)s") % {"period": row.label},
            then=gettext("Its figures change with every late entry until it is closed."),
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
