"""Writes of a workshop itself: what it is, who runs it, its state, who looked at names."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEvent, User, record
from workshops.models import Workshop
from workshops.services.refusals import MoveRefused
from workshops.states import WorkshopState, may_move


def save_workshop(workshop: Workshop, *, by: User, facilitators: list[User]) -> Workshop:
    """Save a new or a changed workshop and who runs it; the audit names accounts by code."""
    is_new = workshop.pk is None
    with transaction.atomic():
        workshop.save()
        workshop.facilitators.set(facilitators)
        record(
            by,
            "created workshop" if is_new else "changed workshop",
            workshop,
            facilitators=sorted(user.code for user in facilitators),
        )
    return workshop


def move_workshop(workshop: Workshop, *, to: WorkshopState, by: User) -> Workshop:
    """Take the workshop to another state. Held needs its first day reached and somebody registered."""
    with transaction.atomic():
        row = Workshop.objects.select_for_update().with_turnout().get(pk=workshop.pk)
        if not may_move(row.state, to):
            raise MoveRefused(
                _("This workshop is “%(state)s” now: that is no longer possible.")
                % {"state": row.get_state_display()}
            )
        if to == WorkshopState.HELD and not row.has_begun(timezone.localdate()):
            raise MoveRefused(_("The first day is still to come: correct the dates, or wait until then."))
        if to == WorkshopState.HELD and not row.turnout().total:
            raise MoveRefused(_("Nobody is registered yet: register people, or enter a head-count, first."))
        Workshop.objects.filter(pk=row.pk).update(state=to, updated_at=timezone.now())
        record(by, "moved workshop", workshop, was=row.state, now=to)
    workshop.state = to
    return workshop


def note_names_read(workshop: Workshop, *, by: User) -> None:
    """Somebody looks at names: one audit line for each account, workshop and day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = AuditEvent.objects.filter(by=by, verb="read names", subject=workshop.code, at__gte=today)
    if not seen.exists():
        record(by, "read names", workshop)
