"""Saving a section's text: how it ended, as the page has to show it."""

from accounts.models import User
from core.conflicts import EditConflict, save_unless_changed
from plans.editing import Attempt, SharedTextForm, conflicting


def attempt(form: SharedTextForm, *, by: User) -> Attempt:
    """Save a sent form unless its row changed since it was opened. What was typed stays in the form.

    Raises RowRemoved when the row is gone."""
    if not form.is_valid():
        return Attempt(status=422)
    try:
        save_unless_changed(form.save(commit=False), opened_version=form.opened_version, by=by)
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True)
