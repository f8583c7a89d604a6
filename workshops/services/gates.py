"""What must be there before a workshop goes on to a state (domain.md §5), each with where it is entered."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from localities.models import Locality
from workshops.models import Attendance, Workshop
from workshops.states import WorkshopKind, WorkshopState


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, in words, and the name of the page where it is entered."""

    sentence: str
    action: str
    url_name: str


def missing_for(workshop: Workshop, to: str, *, today: datetime.date | None = None) -> list[Missing]:
    """All that stands between the workshop and the state; empty when nothing does."""
    gate = GATES.get(WorkshopState(to))
    return list(gate(workshop, today or timezone.localdate())) if gate else []


def _for_held(workshop: Workshop, today: datetime.date) -> Iterator[Missing]:
    if not workshop.has_begun(today):
        yield Missing(
            _("The first day is still to come: correct the dates, or wait until then."),
            _("Correct the dates"),
            "workshop_edit",
        )
    if not workshop.turnout().total:
        yield Missing(
            _("Nobody is registered yet: register people, or enter a head-count, first."),
            _("Register people"),
            "registration",
        )


def _for_reported(workshop: Workshop, today: datetime.date) -> Iterator[Missing]:
    if not workshop.narrative.strip():
        yield Missing(
            _("The report needs a few sentences on what happened."), _("Write them"), "narrative_edit"
        )
    if workshop.kind == WorkshopKind.LOCALIZATION and not workshop.conflict_issues.exists():
        yield Missing(
            _("The conflict analysis is empty: write down at least one issue."),
            _("Write down the results"),
            "results",
        )
    if workshop.kind == WorkshopKind.WRITESHOP and not has_plan_drafts(workshop):
        yield Missing(
            _("A writeshop drafts a Local Action Plan: there is none yet in its localities."),
            _("Go to the committees"),
            "committee_list",
        )


GATES: dict[WorkshopState, Callable[[Workshop, datetime.date], Iterator[Missing]]] = {
    WorkshopState.HELD: _for_held,
    WorkshopState.REPORTED: _for_reported,
}


def has_plan_drafts(workshop: Workshop) -> bool:
    """Whether a plan was begun in one of the workshop's localities or below it."""
    places = [workshop.locality, *workshop.other_localities.all()]
    inside = reduce(or_, (Q(path__startswith=place.path) for place in places))
    return Locality.objects.filter(inside, plans__isnull=False).exists()


def attendance_is_marked(workshop: Workshop) -> bool:
    """Whether somebody was ticked as present, or there is nobody by name to tick."""
    if Attendance.objects.filter(participation__workshop=workshop).exists():
        return True
    return not workshop.participations.exists()
