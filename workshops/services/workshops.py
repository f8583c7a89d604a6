"""Writes of a workshop itself: what it is, who runs it, its state, who looked at names."""

import datetime
import hashlib
import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEvent, User, record
from localities.models import Locality
from workshops.models import Workshop
from workshops.services.gates import missing_for
from workshops.services.refusals import MoveRefused, NarrativeChanged
from workshops.states import NEEDS_REASON, WorkshopState, may_move


def save_workshop(
    workshop: Workshop,
    *,
    by: User,
    facilitators: list[User],
    other_localities: list[Locality] | None = None,
) -> Workshop:
    """Save a new or a changed workshop, who runs it and for which further localities it is; the audit
    names accounts by code."""
    is_new = workshop.pk is None
    with transaction.atomic():
        workshop.save()
        workshop.facilitators.set(facilitators)
        if other_localities is not None:
            workshop.other_localities.set(other_localities)
        record(
            by,
            "created workshop" if is_new else "changed workshop",
            workshop,
            facilitators=sorted(user.code for user in facilitators),
        )
    return workshop


def move_workshop(
    workshop: Workshop,
    *,
    to: WorkshopState,
    by: User,
    reason: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> Workshop:
    """Take the workshop to another state: MoveRefused says what is missing for it (domain.md §5).

    Postponed and cancelled keep their `reason`; after postponing, the new days come with the move.
    """
    with transaction.atomic():
        row = Workshop.objects.select_for_update(of=("self",)).with_turnout().get(pk=workshop.pk)
        if not may_move(row.state, to):
            raise MoveRefused(
                _("This workshop is “%(state)s” now: that is no longer possible.")
                % {"state": row.get_state_display()}
            )
        if row.state == WorkshopState.POSTPONED and to == WorkshopState.PLANNED:
            row.starts_on, row.ends_on = _new_days(starts_on, ends_on)
        if missing := missing_for(row, to):
            raise MoveRefused(missing[0].sentence)
        if to == WorkshopState.CLOSED:
            _forget_who_did_not_come(row, by=by)
        was, row.state = row.state, to
        row.state_reason = reason if to in NEEDS_REASON else ""
        row.save(update_fields=["state", "state_reason", "starts_on", "ends_on", "updated_at"])
        record(by, "moved workshop", workshop, was=was, now=to)
    for name in ("state", "state_reason", "starts_on", "ends_on"):
        setattr(workshop, name, getattr(row, name))
    return workshop


def _new_days(
    starts_on: datetime.date | None, ends_on: datetime.date | None
) -> tuple[datetime.date, datetime.date]:
    if starts_on is None or ends_on is None or ends_on < starts_on:
        raise MoveRefused(_("The workshop was postponed: say its new days first."))
    return starts_on, ends_on


def _forget_who_did_not_come(workshop: Workshop, *, by: User) -> None:
    """Names and contacts of people who were asked or who asked to come, and have agreed to nothing,
    are kept no longer than the workshop is open. The numbers stay."""
    nothing = {"phone": "", "email": ""}
    no_name = nothing | {"full_name": "", "key": "", "position": "", "organization": "", "person": None}
    workshop.invitations.update(**nothing)
    forgotten = workshop.invitations.filter(participation=None).update(**no_name)
    waiting, _rows = workshop.self_registrations.all().delete()
    if forgotten or waiting:
        record(by, "forgot who did not come", workshop, invited=forgotten, waiting=waiting)


def write_narrative(workshop: Workshop, *, texts: dict[str, str], opened: str, by: User) -> Workshop:
    """Save the texts of the report if they still are what they were when the form was opened.

    Raises NarrativeChanged with the texts as they stand now, and saves nothing, when somebody else
    wrote in between."""
    with transaction.atomic():
        row = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
        if narrative_version(row) != opened:
            raise NarrativeChanged(row)
        for name in NARRATIVE:
            setattr(row, name, texts[name])
        row.save(update_fields=[*NARRATIVE, "updated_at"])
        record(by, "wrote narrative", workshop)
    return row


NARRATIVE = ("narrative", "good_cycle_notes", "evaluation_note")


def narrative_version(workshop: Workshop) -> str:
    """A short mark of the texts as they stand: two people who write at once are told by it."""
    texts = json.dumps([getattr(workshop, name) for name in NARRATIVE])
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def note_names_read(workshop: Workshop, *, by: User) -> None:
    """Somebody looks at names: one audit line for each account, workshop and day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = AuditEvent.objects.filter(by=by, verb="read names", subject=workshop.code, at__gte=today)
    if not seen.exists():
        record(by, "read names", workshop)
