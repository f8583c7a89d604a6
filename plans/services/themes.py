"""The list of themes: one for all countries, kept in the portal (F41, F92)."""

from django.db import transaction

from accounts.models import User, record
from plans.models import Theme


@transaction.atomic
def save_theme(theme: Theme, *, by: User) -> Theme:
    """Add a theme, or change its names, its place and whether it is offered."""
    verb = "added theme" if theme.pk is None else "changed theme"
    theme.save()
    record(by, verb, theme, offered=theme.is_active)
    return theme
