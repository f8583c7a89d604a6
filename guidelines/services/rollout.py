"""Noting that guidelines came to some localities, by a workshop or by copies (F31)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import save_unless_changed
from guidelines.models import Guidelines, GuidelinesState, Rollout
from guidelines.services.holding import held
from localities.models import Locality


class RolloutRefused(ValueError):
    """A roll-out that cannot be noted like this. `field` is the one to look at."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def may_be_rolled_out(guidelines: Guidelines) -> bool:
    """An edition is out, and the guidelines are not retired. While the next edition is written the last one
    goes on being handed out."""
    return guidelines.state != GuidelinesState.RETIRED and guidelines.editions.exists()


@transaction.atomic
def add_rollout(rollout: Rollout, *, localities: Iterable[Locality], by: User) -> Rollout:
    """Note it. Raises RolloutRefused."""
    guidelines = held(rollout.guidelines)
    if not may_be_rolled_out(guidelines):
        raise RolloutRefused(
            "edition", gettext("Only a published edition can be rolled out. Publish one first.")
        )
    places = _checked(rollout, localities)
    rollout.updated_by, rollout.is_demo = by, guidelines.is_demo
    rollout.save()
    rollout.localities.set(places)
    record(by, "noted roll-out", rollout, guidelines=guidelines.code, localities=len(places))
    return rollout


@transaction.atomic
def save_rollout(
    rollout: Rollout, *, localities: Iterable[Locality], opened_version: int, by: User
) -> Rollout:
    """Save what was changed. Raises RolloutRefused, EditConflict or RowRemoved."""
    places = _checked(rollout, localities)
    save_unless_changed(rollout, opened_version=opened_version, by=by)
    rollout.localities.set(places)
    record(by, "changed roll-out", rollout, guidelines=rollout.guidelines.code, localities=len(places))
    return rollout


@transaction.atomic
def remove_rollout(rollout: Rollout, *, by: User) -> None:
    record(by, "removed roll-out", rollout, guidelines=rollout.guidelines.code)
    rollout.delete()


def _checked(rollout: Rollout, localities: Iterable[Locality]) -> list[Locality]:
    """What forms check as well, for whoever calls without one."""
    places = list(localities)
    if not places:
        raise RolloutRefused("localities", gettext("Choose at least one locality."))
    if rollout.on < rollout.edition.launched_on:
        raise RolloutRefused("on", gettext("The edition was not launched yet on that day."))
    same = Rollout.objects.filter(guidelines=rollout.guidelines_id, workshop=rollout.workshop_id)
    if rollout.workshop_id and same.exclude(pk=rollout.pk).exists():
        raise RolloutRefused(
            "workshop", gettext("A roll-out of this workshop is noted already. Change that one.")
        )
    return places
