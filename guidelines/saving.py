"""Saving a text of guidelines that several people write: how it ended, as the page has to show it."""

from collections.abc import Callable
from typing import Any

from core.conflicts import EditConflict
from guidelines.models import Guidelines
from guidelines.services.holding import GuidelinesClosed
from plans.editing import Attempt, SharedTextForm, conflicting

__all__ = ["Attempt", "attempt"]


def attempt(
    form: SharedTextForm,
    guidelines: Guidelines,
    save: Callable[[], object],
    *,
    is_open: bool | None = None,
) -> Attempt:
    """Save a sent form. Whatever comes in between, what was typed stays in the form.

    `is_open` is for what may be changed when the texts may not. Raises RowRemoved when the row is gone."""
    if not (guidelines.is_open if is_open is None else is_open):
        return _closed(form, GuidelinesClosed(guidelines))
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        result: Any = save()
    except GuidelinesClosed as closed:
        return _closed(form, closed)
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True, result=result)


def _closed(form: SharedTextForm, why: GuidelinesClosed) -> Attempt:
    form.make_read_only()
    return Attempt(status=409 if form.is_bound else 200, closed=str(why))
