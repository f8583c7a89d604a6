"""Recording the two other instruments of a locality: integration in a host plan, and local law (BR6)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused
from core.uploads import CheckedFile
from plans.attachments import keep_file
from plans.models import AttachmentKind, Integration, LawReading, LawState, LocalLaw
from plans.models.instruments import LAW_IN_FORCE
from plans.services.removing import drop_files

# The order of a law's way. A step that was noted late does not turn it back.
LAW_ORDER = tuple(LawState)


@transaction.atomic
def add_instrument(row: Integration | LocalLaw, *, by: User) -> Any:
    """A new integration or law of its locality, with the demo mark of the plan that it carries on."""
    row.updated_by = by
    row.is_demo = row.plan.is_demo if row.plan else False
    row.save()
    record(by, f"recorded {_kind(row)}", row, locality=row.locality.code)
    return row


@transaction.atomic
def save_instrument(row: Integration | LocalLaw, *, opened_version: int, by: User) -> Any:
    """Save what was changed. Raises EditConflict or RowRemoved."""
    save_unless_changed(row, opened_version=opened_version, by=by)
    record(by, f"changed {_kind(row)}", row, locality=row.locality.code)
    return row


@transaction.atomic
def remove_instrument(row: Integration | LocalLaw, *, by: User) -> None:
    record(by, f"removed {_kind(row)}", row, locality=row.locality.code)
    if isinstance(row, LocalLaw):
        drop_files(row.attachments.all())
    row.delete()


def _kind(row: Integration | LocalLaw) -> str:
    return "integration" if isinstance(row, Integration) else "local law"


@transaction.atomic
def add_reading(
    reading: LawReading, *, number: str, body: str, by: User, scan: CheckedFile | None = None
) -> LawReading:
    """Note a step of a law, and move the law there unless it is further already.

    Adopting needs the number (F25). Raises FieldRefused."""
    law = LocalLaw.objects.select_for_update().get(pk=reading.law_id)
    law.number = number or law.number
    law.adopting_body = body or law.adopting_body
    if reading.state in LAW_IN_FORCE and not law.number:
        raise FieldRefused("number", gettext("An adopted act has a number: write it as it stands on it."))
    if reading.state == LawState.ADOPTED or (reading.state in LAW_IN_FORCE and law.adopted_on is None):
        law.adopted_on = reading.held_on
    if reading.state == LawState.REPEALED and law.adopted_on is None:
        raise FieldRefused("state", gettext("Only an act that was adopted can be repealed."))
    if LAW_ORDER.index(LawState(reading.state)) > LAW_ORDER.index(LawState(law.state)):
        law.state = reading.state
    law.row_version += 1
    law.updated_by = by
    law.save()
    reading.is_demo = law.is_demo
    reading.save()
    if scan:
        keep_file(scan, kind=AttachmentKind.LAW, by=by, law=law)
    record(by, "noted step of local law", law, step=str(reading.state))
    return reading
