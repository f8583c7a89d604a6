"""How saving a shared text ended, as the page has to show it."""

from dataclasses import dataclass, field

from accounts.models import User
from core.conflicts import EditConflict, save_unless_changed
from plans.editing import Difference, SharedTextForm


@dataclass(frozen=True)
class Attempt:
    """`status` is the answer's: 422 when the form is wrong, 409 when somebody else saved first."""

    status: int = 200
    saved: bool = False
    conflict: EditConflict | None = None
    differences: list[Difference] = field(default_factory=list)


def attempt(form: SharedTextForm, *, by: User) -> Attempt:
    """Save a sent form unless its row changed since it was opened. What was typed stays in the form."""
    if not form.is_valid():
        return Attempt(status=422)
    row = form.save(commit=False)
    try:
        save_unless_changed(row, opened_version=form.opened_version, by=by)
    except EditConflict as conflict:
        differences = form.differences(conflict.current)
        form.take_version(conflict.current)
        return Attempt(status=409, conflict=conflict, differences=differences)
    return Attempt(saved=True)
