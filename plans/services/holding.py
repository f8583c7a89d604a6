"""The plan's row, held while it or a part of it is written; and saving a part with its history."""

from collections.abc import Iterable
from typing import Any, TypeVar

from accounts.models import User
from committees.services.seats import position_named
from core.conflicts import save_unless_changed
from core.models import SharedText
from people.models import Position
from people.names import text_key
from plans.models import Activity, LocalActionPlan, Objective
from plans.services.refusals import PlanClosed
from plans.tracking import keep_baseline

Part = TypeVar("Part", bound=SharedText)


def held(plan: LocalActionPlan) -> LocalActionPlan:
    """The plan as it stands now; nobody else writes to it until the transaction ends."""
    return LocalActionPlan.objects.select_for_update().get(pk=plan.pk)


def held_open(plan: LocalActionPlan) -> LocalActionPlan:
    """The same. Raises PlanClosed when its texts may not be changed any more."""
    row = held(plan)
    if not row.is_open:
        raise PlanClosed(row)
    return row


def save_part(part: Part, *, opened_version: int, by: User) -> Part:
    """Save a part whose plan is held, with the version before in its history. Raises EditConflict or
    RowRemoved. Write its lists then, and end with `tracking.keep_revision(part, by=by)`."""
    keep_baseline(part)
    before = type(part)._default_manager.filter(pk=part.pk).first()
    save_unless_changed(part, opened_version=opened_version, by=by)
    if getattr(before, "text", None) == getattr(part, "text", None):
        keep_reviews(part, since=opened_version)
    return part


def touch(part: Any, *, by: User) -> None:
    """Something that belongs to `part` changed (a statement of what it serves): it gets its next
    version, so that a form opened before meets a conflict. End with `tracking.keep_revision`."""
    keep_baseline(part)
    part.row_version += 1
    part.updated_by = by
    part.save(update_fields=["row_version", "updated_by", "updated_at"])
    keep_reviews(part, since=part.row_version - 1)


def keep_reviews(part: Any, *, since: int) -> None:
    """Whoever reviewed what the part serves read its text. While that stays the same, a review of version
    `since` holds for the version that it has now."""
    if isinstance(part, Objective | Activity):
        part.alignments.filter(reviewed_version=since).update(reviewed_version=part.row_version)


def position_typed(
    plan: LocalActionPlan, title: str, organization: str = "", *, kept: Iterable[Position | None] = ()
) -> Position | None:
    """The position of that title in the plan's locality, made if it is new; None without a title. One
    of `kept` that is called so stays, even if it belongs to another place (a governor, a ministry)."""
    if not title.strip():
        return None
    wanted = (text_key(title), text_key(organization))
    for position in kept:
        if position is not None and _called(position) == wanted:
            return position
    return position_named(title, organization=organization, locality=plan.locality, is_demo=plan.is_demo)


def _called(position: Position) -> tuple[str, str]:
    return text_key(position.title), text_key(position.organization.name if position.organization else "")
