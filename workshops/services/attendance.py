"""Who was there, half-day by half-day. Nobody's mark is overwritten by somebody who did not touch it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, record
from workshops.models import Attendance, Workshop
from workshops.programme import HalfDay
from workshops.services.refusals import RegistrationClosed, WorkshopRefusal


class HalfDayToCome(WorkshopRefusal):
    """Nobody can have been there yet."""

    def __init__(self) -> None:
        super().__init__(_("This half-day is still to come: attendance can be marked on the day itself."))


class MarkedMeanwhile(WorkshopRefusal):
    """Somebody else marked the half-day since the page was opened: what holds for all is not done."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has marked this half-day in the meantime. Nothing was changed: look again.")
        )


@dataclass(frozen=True)
class Changed:
    """How many people are marked present now who were not, and the other way round."""

    present: int
    absent: int


def mark_attendance(
    workshop: Workshop, *, half: HalfDay, present: Iterable[str], absent: Iterable[str], by: User
) -> Changed:
    """Mark people, given by code, as present or as absent; everybody else's mark stays as it is."""
    with transaction.atomic():
        _open_for_marks(workshop, half)
        gone = marks(workshop, half).filter(participation__person__code__in=list(absent)).delete()[0]
        came = workshop.participations.filter(person__code__in=list(present))
        return _noted(workshop, half, Changed(_mark(came, half, by=by), gone), by=by)


def mark_everybody(workshop: Workshop, *, half: HalfDay, except_for: Iterable[str] = (), by: User) -> Changed:
    """All on the list were there, except a few. Only for a half-day on which nobody is marked yet."""
    with transaction.atomic():
        _open_for_marks(workshop, half)
        if marks(workshop, half).exists():
            raise MarkedMeanwhile
        came = workshop.participations.exclude(person__code__in=list(except_for))
        return _noted(workshop, half, Changed(_mark(came, half, by=by), 0), by=by)


def copy_attendance(workshop: Workshop, *, half: HalfDay, earlier: HalfDay, by: User) -> Changed:
    """Who was there before is there again. Only for a half-day on which nobody is marked yet."""
    with transaction.atomic():
        _open_for_marks(workshop, half)
        if marks(workshop, half).exists():
            raise MarkedMeanwhile
        there = marks(workshop, earlier).values("participation")
        came = workshop.participations.filter(pk__in=there)
        return _noted(workshop, half, Changed(_mark(came, half, by=by), 0), by=by)


def clear_attendance(workshop: Workshop, *, half: HalfDay, by: User) -> Changed:
    """Take all marks of a half-day back."""
    with transaction.atomic():
        _open_for_marks(workshop, half)
        return _noted(workshop, half, Changed(0, marks(workshop, half).delete()[0]), by=by)


def marks(workshop: Workshop, half: HalfDay) -> QuerySet[Attendance]:
    return Attendance.objects.filter(participation__workshop=workshop, day=half.day, half=half.half)


def _open_for_marks(workshop: Workshop, half: HalfDay) -> None:
    """One at a time, and neither before the day nor after the workshop was closed."""
    if connection.features.has_select_for_update:
        Workshop.objects.select_for_update(no_key=True).order_by().values("pk").get(pk=workshop.pk)
    workshop.refresh_from_db(fields=["state"])
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    if half.day > timezone.localdate():
        raise HalfDayToCome


def _mark(came: QuerySet, half: HalfDay, *, by: User) -> int:
    """How many were not marked before."""
    there = Attendance.objects.filter(day=half.day, half=half.half).values("participation")
    new = [
        Attendance(participation_id=key, day=half.day, half=half.half, recorded_by=by)
        for key in came.exclude(pk__in=there).order_by().values_list("pk", flat=True)
    ]
    Attendance.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _noted(workshop: Workshop, half: HalfDay, changed: Changed, *, by: User) -> Changed:
    if changed.present or changed.absent:
        record(
            by,
            "marked attendance",
            workshop,
            half_day=half.key,
            present=changed.present,
            absent=changed.absent,
        )
    return changed
